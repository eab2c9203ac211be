"""The bytes of a summary.json in two parts: its figures, and what stands around them.

As one tree of JSON the summary of 2,000 reporters takes two gigabytes. Knows lines; knows no figure.
"""

from tasks.publication.figure_file import ReadAt, found_at

OPENS, CLOSES = b'\n"figures": {\n', b"\n}\n}"
NONE = b'\n"figures": {}'
PIECE = 1 << 20


def parts(read_at: ReadAt) -> tuple[bytes, int, int]:
    """The document without any figure, and between which offsets they stand. Bytes in another layout than ours are all
    returned as the document, and nothing stands between."""
    opens = found_at(read_at, OPENS, 0, size=PIECE)
    if opens < 0:
        return _from(read_at, 0), 0, 0
    start = opens + len(OPENS)
    closes = found_at(read_at, CLOSES, start, size=PIECE)
    if closes < 0:
        raise ValueError("the figures have no end")
    around = read_at(opens, 0) + NONE + _from(read_at, closes + len(CLOSES))
    return around, start, closes + 2


def _from(read_at: ReadAt, offset: int) -> bytes:
    found = bytearray()
    while read := read_at(PIECE, offset + len(found)):
        found += read
    return bytes(found)
