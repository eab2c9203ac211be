"""Figures that stay on the disk: the part of a summary.json that holds them, looked up by id.

They stand there in the order of their ids, so the file is its own index: one id of every block is remembered, and the
blocks that were looked at last. What is asked for together, the figures of one commune, stands together. Knows bytes
and where a figure ends; figure_json.py knows what a figure is.
"""

import json
import os
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import BinaryIO, Self
from weakref import finalize

from domain.figures.by_id import FiguresById
from domain.summary import Figure
from tasks.publication.figure_json import DAMAGE, damaged, figure_of

# Canonical bytes have one field a line and no line end inside a text, so line ends tell where a figure ends.
_NAMED, _BETWEEN, _CLOSES = b'": {\n', b'\n},\n"', b"\n}"
_BLOCK = 16_384  # bytes; a commune's indicators take some 100,000
_REMEMBERED = 256  # blocks: what is said of a commune stands in forty places, and often in two weeks
_PIECE = 1 << 20

ReadAt = Callable[[int, int], bytes]  # (size, offset) -> so many bytes from there on, fewer at the end


class FigureFile(FiguresById):
    """The figures from `start`, the quote of the first id, to `end`, behind the last bracket; none where both are one.

    Bytes that no summary.json has are told as a StoreError, at the latest when they are looked up.
    """

    def __init__(self, read_at: ReadAt, start: int, end: int) -> None:
        self._read_at, self._start, self._end = read_at, start, end
        blocks = list(_blocks(read_at, start, end))
        self._first_ids = [first_id for first_id, _, _ in blocks]
        self._texts = partial(_text, read_at, [(begin, size) for _, begin, size in blocks])
        # No method of ours: what remembers itself keeps its file until somebody collects the garbage.
        self._block = lru_cache(_REMEMBERED)(partial(_block, self._texts))

    @classmethod
    def of(cls, file: BinaryIO, start: int, end: int) -> Self:
        """Of a file on the disk, which stays open for it: whatever becomes of the name, these bytes are read."""
        held = _Held(os.dup(file.fileno()))
        return cls(held.read_at, start, end)

    def __getitem__(self, figure_id: str) -> Figure:
        block = self._block(self._number(figure_id))
        figure = block[figure_id]
        if isinstance(figure, bytes):
            figure = block[figure_id] = _figure(figure_id, figure)
        return figure

    def __contains__(self, figure_id: object) -> bool:
        return isinstance(figure_id, str) and figure_id in self._block(self._number(figure_id))

    def __iter__(self) -> Iterator[str]:
        for number in range(len(self._first_ids)):
            yield from self._block(number)

    def __len__(self) -> int:
        return sum(1 + self._texts(number).count(_BETWEEN) for number in range(len(self._first_ids)))

    def __bool__(self) -> bool:
        return self._end > self._start

    def under(self, prefix: str) -> Iterator[str]:
        for number in range(max(self._number(prefix), 0), len(self._first_ids)):
            for figure_id in self._block(number):
                if figure_id.startswith(prefix):
                    yield figure_id
                elif figure_id > prefix:
                    return

    def told(self) -> Iterator[tuple[str, object]]:
        """Without parsing a figure: two files of one week are mostly the same bytes."""
        for number in range(len(self._first_ids)):
            yield from self._block(number).items()

    def pieces(self) -> Iterator[bytes]:
        """All of them as they stand in the file."""
        for offset in range(self._start, self._end, _PIECE):
            yield self._read_at(min(_PIECE, self._end - offset), offset)

    def _number(self, figure_id: str) -> int:
        """Of the block where it stands or would stand; -1 before the first."""
        return bisect_right(self._first_ids, figure_id) - 1


class _Held:
    """An open file, closed with the last who reads it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        finalize(self, os.close, descriptor)

    def read_at(self, size: int, offset: int) -> bytes:
        return os.pread(self._descriptor, size, offset)


def _blocks(read_at: ReadAt, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Of each the first id, and the place and size of its text: from behind the first quote up to the line of the last
    bracket, so that what stands between two figures alone parts it."""
    while start < end:
        between = found_at(read_at, _BETWEEN, start + _BLOCK, end)
        stop = end - len(_CLOSES) if between < 0 else between
        named = found_at(read_at, _NAMED, start, stop)
        if named < 0:
            raise damaged(ValueError(f"no figure at {start}"))
        yield _id(read_at(named - start - 1, start + 1)), start + 1, stop - start - 1
        start = end if between < 0 else between + len(_BETWEEN) - 1


def _figure(figure_id: str, text: bytes) -> Figure:
    try:
        return figure_of(figure_id, json.loads(text))
    except DAMAGE as error:
        raise damaged(error) from error


def _text(read_at: ReadAt, places: Sequence[tuple[int, int]], number: int) -> bytes:
    start, size = places[number]
    return read_at(size, start)


def _block(texts: Callable[[int], bytes], number: int) -> dict[str, Figure | bytes]:
    """Id -> the JSON of its figure, which gives way to the figure when it is asked for. Empty before the first."""
    if number < 0:
        return {}
    parts = (part.partition(_NAMED) for part in texts(number).split(_BETWEEN))
    try:
        return {_id(name): b"{" + fields + b"}" for name, _, fields in parts}
    except DAMAGE as error:
        raise damaged(error) from error


def found_at(read_at: ReadAt, sought: bytes, offset: int, end: int = sys.maxsize, size: int = 4096) -> int:
    """Where these bytes stand first between `offset` and `end`, looking at `size` at a time; -1 where they do not."""
    rest = b""
    while read := read_at(max(min(size, end - offset), 0), offset):
        looked_at = rest + read
        found = looked_at.find(sought)
        if found >= 0:
            return offset - len(rest) + found
        rest = looked_at[1 - len(sought) :]
        offset += len(read)
    return -1


def _id(quoted: bytes) -> str:
    """Without its quotes."""
    return str(json.loads(b'"' + quoted + b'"')) if b"\\" in quoted else quoted.decode()
