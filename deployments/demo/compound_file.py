"""A compound file (the container of old Office files and of VBA projects) of small streams, byte by byte.

Written after [MS-CFB] version 3: sectors of 512 bytes, every stream below 4096 bytes and so in the mini
stream. Without clocks: the same streams give the same bytes.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT_SECTOR, _NOBODY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT, _BLACK = 1, 2, 5, 1

Tree = Mapping[str, "bytes | Tree"]


@dataclass
class _Entry:
    """One line of the directory. Siblings hang in a search tree by left and right; `child` is its top."""

    name: str
    kind: int
    content: bytes = b""
    left: int = _NOBODY
    right: int = _NOBODY
    child: int = _NOBODY
    start: int = 0
    size: int = field(default=0)


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file with these storages (mappings) and streams (bytes)."""
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _add_children(entries, tree)
    mini_stream, mini_fat = _laid_in_mini_stream(entries)
    directory = _sectors(-(-len(entries) // 4) * 4 * 128)
    mini_fat_sectors, mini_sectors = _sectors(len(mini_fat) * 4), _sectors(len(mini_stream))
    first_mini_fat = 1 + directory
    first_mini = first_mini_fat + mini_fat_sectors
    entries[0].start, entries[0].size = first_mini, len(mini_stream)
    fat = [_FAT_SECTOR]
    for length in (directory, mini_fat_sectors, mini_sectors):
        fat += _chain(len(fat), length)
    if len(fat) > _SECTOR // 4:
        raise ValueError("more than one sector of FAT: this writer is for small files")
    header = _header(first_mini_fat, mini_fat_sectors)
    return b"".join(
        [
            header,
            _words(fat, _SECTOR),
            b"".join(map(_directory_line, entries)).ljust(directory * _SECTOR, b"\0"),
            _words(mini_fat, mini_fat_sectors * _SECTOR),
            mini_stream.ljust(mini_sectors * _SECTOR, b"\0"),
        ]
    )


def _add_children(entries: list[_Entry], tree: Tree) -> int:
    """Append the entries of a storage; the number of the one at the top of their search tree."""
    numbered = []
    for name, content in sorted(tree.items(), key=lambda item: (len(item[0]), item[0].upper())):
        number = len(entries)
        numbered.append(number)
        if isinstance(content, bytes):
            entries.append(_Entry(name, _STREAM, content, size=len(content)))
        else:
            entries.append(_Entry(name, _STORAGE))
            entries[number].child = _add_children(entries, content)
    return _balanced(entries, numbered)


def _balanced(entries: list[_Entry], numbers: Sequence[int]) -> int:
    if not numbers:
        return _NOBODY
    middle = len(numbers) // 2
    top = entries[numbers[middle]]
    top.left = _balanced(entries, numbers[:middle])
    top.right = _balanced(entries, numbers[middle + 1 :])
    return numbers[middle]


def _laid_in_mini_stream(entries: Sequence[_Entry]) -> tuple[bytes, list[int]]:
    stream, fat = b"", list[int]()
    for entry in entries:
        if entry.kind == _STREAM:
            if len(entry.content) >= _CUTOFF:
                raise ValueError(f"stream {entry.name} is too large for the mini stream")
            entry.start = len(fat)
            length = -(-len(entry.content) // _MINI)
            fat += _chain(len(fat), length)
            stream += entry.content.ljust(length * _MINI, b"\0")
    return stream, fat


def _chain(first: int, length: int) -> Iterator[int]:
    """The allocation words of a run of sectors: each names the next, the last ends."""
    yield from (after for _, after in pairwise(range(first, first + length)))
    yield _END


def _header(first_mini_fat: int, mini_fat_sectors: int) -> bytes:
    fat_sector, first_directory, fat_sectors = 0, 1, 1
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIII", 0, fat_sectors, first_directory, 0)
    head += struct.pack("<IIIII", _CUTOFF, first_mini_fat, mini_fat_sectors, _END, 0)
    return head + _words([fat_sector], _SECTOR - len(head))


def _directory_line(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    line = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), entry.kind, _BLACK)
    line += struct.pack("<III", entry.left, entry.right, entry.child) + bytes(16 + 4 + 8 + 8)
    return line + struct.pack("<IQ", entry.start, entry.size)


def _words(words: Sequence[int], length: int) -> bytes:
    return struct.pack(f"<{len(words)}I", *words).ljust(length, b"\xff")


def _sectors(length: int) -> int:
    return -(-length // _SECTOR)
