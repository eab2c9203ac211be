"""Runs of shared strings, also where a record ends in the middle of one."""

import struct

import pytest

from tasks.intake.biff_strings import rich

PLAIN = struct.pack("<HB", 2, 0) + b"ab"
RICH = struct.pack("<HBH", 5, 8, 2) + b"X\xe3 M\xfc" + struct.pack("<4H", 0, 6, 3, 7)
LATE = (
    struct.pack("<HBHI", 4, 8 | 4 | 1, 1, 3) + "Mü H".encode("utf-16-le") + struct.pack("<2H", 3, 9) + b"xyz"
)


def table(*strings: bytes) -> bytes:
    return struct.pack("<2I", len(strings), len(strings)) + b"".join(strings)


def test_runs_are_told_with_the_font_and_the_letters_of_each() -> None:
    assert rich([table(PLAIN, RICH, LATE, PLAIN)]) == {1: ((6, 3), (7, 2)), 2: ((None, 3), (9, 1))}


@pytest.mark.parametrize("cut", range(4, 9))
def test_letters_that_go_on_in_the_next_record_begin_with_a_new_flag(cut: int) -> None:
    whole = table(RICH, PLAIN)
    at = 8 + 5 + cut - 4
    wide = whole[at : 8 + 5 + 5].decode("latin-1").encode("utf-16-le")
    in_two = [whole[:at], b"\x01" + wide + whole[8 + 5 + 5 :]] if wide else [whole[:at], whole[at:]]
    assert rich(in_two) == rich([whole])


def test_runs_may_be_cut_too() -> None:
    whole = table(RICH, LATE)
    at = len(table(RICH)) - 3
    assert rich([whole[:at], b"", whole[at:]]) == rich([whole])


@pytest.mark.parametrize("size", [0, 6, 9, 15, 20])
def test_a_table_that_ends_too_soon_is_told(size: int) -> None:
    with pytest.raises((struct.error, IndexError)):
        rich([table(RICH)[:size]])
