"""The bytes of a summary.json in parts: its figures in pieces of a megabyte, and what stands around them.

Canonical bytes have one field a line and no line end inside a text, so a line end tells where a figure ends. As one
tree of JSON the summary of 2,000 reporters takes two gigabytes. Knows lines; knows no figure.
"""

from collections.abc import Generator, Iterator
from functools import partial
from typing import BinaryIO

OPENS, CLOSES = b'\n"figures": {\n', b"\n}\n}"
NONE = b'\n"figures": {}'
_BETWEEN = b'\n},\n"'
_PIECE = 1 << 20


def pieces(file: BinaryIO, around: bytearray, size: int = _PIECE) -> Iterator[bytes]:
    """Each a whole JSON object of some figures. `around` is filled with the document without any; it is whole when the
    pieces have ended. Of bytes in another layout no piece comes, and all of them are `around`."""
    chunks, rest = iter(partial(file.read, size), b""), b""
    for chunk in chunks:
        rest = bytes(around[1 - len(OPENS) :]) + chunk
        del around[1 - len(OPENS) :]
        before, opens, rest = rest.partition(OPENS)
        around += before
        if opens:
            around += NONE
            rest = yield from _figures(rest, chunks)
            around += rest
            break
    for chunk in chunks:
        around += chunk


def _figures(rest: bytes, chunks: Iterator[bytes]) -> Generator[bytes, None, bytes]:
    """Returns what comes after the figures."""
    closed = rest.find(CLOSES)
    while closed < 0 and (chunk := next(chunks, b"")):
        cut = rest.rfind(_BETWEEN)
        if cut >= 0:
            yield b"{" + rest[: cut + 2] + b"}"
            rest = rest[cut + 4 :]
        rest += chunk
        closed = rest.find(CLOSES)
    if closed < 0:
        raise ValueError("the figures have no end")
    yield b"{" + rest[: closed + 2] + b"}"
    return rest[closed + len(CLOSES) :]
