"""Why a file is not read: a FILE_* code and a Vietnamese reason, and the finding that they make.

Knows no format. The sentences around the reason stand in config/messages.vi.yaml.
"""

from domain.errors import NtmError
from domain.findings import Finding, Severity


class Refused(NtmError):
    """Stops the examination or the reading of one file. Caught inside intake; it never crosses a room."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why


def damaged(why: str) -> Refused:
    return Refused("FILE_DAMAGED", why)


def too_large(why: str) -> Refused:
    return Refused("FILE_TOO_LARGE", why)


def quarantine(code: str, *, name: str, why: str) -> Finding:
    """Every FILE_* finding quarantines: the container check is never overridden."""
    return Finding(code, Severity.QUARANTINE, facts={"name": name, "why": why})
