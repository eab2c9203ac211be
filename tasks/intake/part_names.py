"""Which part of an OPC package a relationship names: relative to the folder of its source, whatever capitals either is
written in (ECMA-376 part 2, 6.2.2 and 6.4). Knows names only.
"""

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote


def part_at(target: str, folder: str) -> str:
    """In small letters. `folder` is that of the part whose relationship it is, "" for the package's own."""
    path = posixpath.join("/" + folder, unquote(target).replace("\\", "/"))
    return posixpath.normpath(path).lstrip("/").casefold()


def by_small_letters(names: Iterable[str]) -> Mapping[str, str]:
    """Each part as it is written; no two differ in capitals alone (container.py)."""
    return {name.casefold(): name for name in names}
