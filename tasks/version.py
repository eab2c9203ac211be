"""The version of the code that runs. Every revision names the release; every verdict the very rules that gave it."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

ROOMS = Path(__file__).parents[1]
JUDGING = ("domain", "tasks/intake")  # what a verdict depends on, beside the configuration


def code_version() -> str:
    """As installed: `0.1.0`."""
    return version("ntm-weekly")


@lru_cache
def rules_hash() -> str:
    """SHA-256, hexadecimal, over the source of all that reads and judges: it changes with a rule, without a release."""
    digest = hashlib.sha256()
    for room in JUDGING:
        for path in sorted((ROOMS / room).rglob("*.py")):
            digest.update(path.relative_to(ROOMS).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
