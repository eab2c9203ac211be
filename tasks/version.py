"""The version of the code that runs: every verdict and every revision names the very source that made it."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

ROOMS = Path(__file__).parents[1]
# What a verdict depends on, and what a revision: beside the configuration.
JUDGING = ("domain", "tasks/intake")
WRITING = ("domain", "tasks")
_SOURCE = frozenset({".py", ".j2", ".css"})


def code_version() -> str:
    """The release as installed and the source that computes and writes a revision: `0.1.0+3f9c0a7be215`."""
    return f"{version('ntm-weekly')}+{_hash_of(WRITING)[:12]}"


def rules_hash() -> str:
    """SHA-256, hexadecimal, over the source of all that reads and judges: it changes with a rule, without a release."""
    return _hash_of(JUDGING)


@lru_cache
def _hash_of(rooms: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for room in rooms:
        for path in sorted(path for path in (ROOMS / room).rglob("*") if path.suffix in _SOURCE):
            digest.update(path.relative_to(ROOMS).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
