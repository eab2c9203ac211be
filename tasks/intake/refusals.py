"""Why a file is not read: a FILE_* code and a Vietnamese reason, and the finding that they make. Also where the
reason is ours.

Knows no format. The sentences around the reason stand in config/messages.vi.yaml.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from domain.errors import NtmError
from domain.findings import Finding, Severity
from domain.telling import failure_facts

_log = logging.getLogger("ntm.intake")
T = TypeVar("T")


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


def unless_we_fail(step: Callable[[], T], file_name: str) -> T | Finding:
    """What the step gives; a finding where our own code fails over the file: it must not cost the others their week.

    An error of ours with a name passes: the store or the configuration failed, not the file.
    """
    try:
        return step()
    except NtmError:
        raise
    except Exception as error:  # noqa: BLE001 - one file that we fail over rejects only itself
        _log.exception("failed on %(file)s", {"file": file_name})
        facts = {"name": file_name, **failure_facts(error)}
        return Finding("FILE_STOPPED_US", Severity.QUARANTINE, facts=facts)
