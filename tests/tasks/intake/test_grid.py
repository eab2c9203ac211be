"""Names of cells, against the reader that everybody uses."""

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import coordinate_to_tuple, get_column_letter

from tasks.intake.grid import cell_name, column_index, column_letter

COLUMNS = st.integers(0, 16_383)


@given(COLUMNS)
def test_a_column_letter_is_that_of_the_sheet_and_leads_back(index: int) -> None:
    assert column_letter(index) == get_column_letter(index + 1)
    assert column_index(column_letter(index)) == index


@given(st.integers(0, 1_048_575), COLUMNS)
def test_a_cell_name_leads_back_to_its_row_and_column(row: int, column: int) -> None:
    assert coordinate_to_tuple(cell_name(row, column)) == (row + 1, column + 1)


def test_the_ends_of_the_alphabet() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
