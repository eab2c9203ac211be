"""The shared strings of an .xls that are written in more than one font: which, and how many letters each.

Source: MS-XLS 2.4.265 (SST) and 2.5.293 (XLUnicodeRichExtendedString). The letters themselves are calamine's. A string
that runs over the end of a record goes on in the next one, where its letters begin with a new flag.
"""

import struct
from collections.abc import Mapping, Sequence

Rich = tuple[tuple[int | None, int], ...]  # index of the font, None for the cell's own; letters
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08


def rich(payloads: Sequence[bytes]) -> Mapping[int, Rich]:
    """By the index of the string. `payloads`: of the SST record and of those that continue it.

    Raises struct.error or IndexError where they end too soon.
    """
    stream = _Stream(payloads)
    stream.take(4)
    (count,) = struct.unpack("<I", stream.take(4))
    found: dict[int, Rich] = {}
    for index in range(count):
        if runs := _string(stream):
            found[index] = runs
    return found


class _Stream:
    """The payloads, one after the other."""

    def __init__(self, payloads: Sequence[bytes]) -> None:
        self._payloads = payloads
        self._record = self._at = 0

    def take(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size:
            self._go_on()
            piece = self._payloads[self._record][self._at : self._at + size - len(taken)]
            self._at += len(piece)
            taken += piece
        return taken

    def skip_letters(self, count: int, flags: int) -> None:
        """So many letters of one or two bytes; where a record ends among them the next one says anew which."""
        while count:
            if self._at == len(self._payloads[self._record]):
                self._go_on()
                flags = self.take(1)[0]
            width = 1 + (flags & _WIDE)
            here = min(count, (len(self._payloads[self._record]) - self._at) // width)
            self._at += here * width
            count -= here
            if not here:
                raise struct.error("a letter is cut in two")

    def _go_on(self) -> None:
        while self._at == len(self._payloads[self._record]):
            self._record, self._at = self._record + 1, 0


def _string(stream: _Stream) -> Rich:
    length, flags = struct.unpack("<HB", stream.take(3))
    runs = struct.unpack("<H", stream.take(2))[0] if flags & _RICH else 0
    extra = struct.unpack("<I", stream.take(4))[0] if flags & _EXTENDED else 0
    stream.skip_letters(length, flags)
    changes = [struct.unpack("<2H", stream.take(4)) for _ in range(runs)]
    stream.take(extra)
    if not changes:
        return ()
    starts = [(0, None), *changes]
    ends = [start for start, _ in starts[1:]] + [length]
    return tuple((font, end - start) for (start, font), end in zip(starts, ends, strict=True) if end > start)
