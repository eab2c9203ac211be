"""Files at a door, before anything of them is kept: what is hashed and what is archived are the same bytes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from tasks.intake.preflight import LIMITS

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Unkept:
    """One file. `data` is None where it is larger than any file that is opened: only its hash is known then."""

    file_name: str
    sha256: str
    size: int
    data: bytes | None


def load(path: Path, file_name: str, most: int = LIMITS.file_bytes) -> Unkept:
    """Its bytes, never more than `most` of them in memory. Raises OSError."""
    with path.open("rb") as file:
        data = file.read(most + 1)
        hashed, size = hashlib.sha256(data), len(data)
        if size <= most:
            return Unkept(file_name, hashed.hexdigest(), size, data)
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
            size += len(chunk)
    return Unkept(file_name, hashed.hexdigest(), size, None)
