"""The one family of errors.

Bad input of an office is never an exception, it is a Verdict with findings. These are raised only when *we*
cannot go on; every message ends with what to do next. The command line turns each into an exit code
(deployments/cli).
"""


class NtmError(Exception):
    """Anything this engine raises on purpose. `can_pass`: whether trying the same again can help."""

    can_pass = False


class UserError(NtmError):
    """The caller asked for something that cannot be done; shown without a traceback."""


class ConfigError(NtmError):
    """The configuration is wrong. The message lists every mistake, each with file and line."""


class IntakeError(NtmError):
    """A file or an inbox could not be read at all,
    for a reason that is ours (not a finding about the file)."""


class StoreError(NtmError):
    """The database or the archive refused; retried where it can pass."""


class DeliveryError(NtmError):
    """The office could not be reached or did not confirm; the outbox keeps the delivery."""

    def __init__(self, message: str, *, can_pass: bool = True) -> None:
        super().__init__(message)
        self.can_pass = can_pass
