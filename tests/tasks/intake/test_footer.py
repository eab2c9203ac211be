"""What stands below a table is told and left out, and nothing that may be a row ever is."""

from collections.abc import Sequence

import pytest

from domain.forms import Part
from tests.tasks.intake.recognise_kit import DEBT, HEADER, PROGRESS, REMARKS, grid, understood

ROW = ["1", "Quy hoạch", "1.1", "", "", "Đạt", "Đạt"]
FOOTER = [
    [],
    ["", "Mỹ Hà, ngày 12 tháng 4 năm 2023"],
    ["Người lập biểu", "", "", "", "TM. ỦY BAN NHÂN DÂN XÃ"],
    ["", "", "", "", "Chủ tịch"],
]
FOLLOWING = [
    ROW,
    ["", "", "1.2"],
    ["", "", "", "", "", "", "Chưa đạt"],
    ["", "", "", "", "", 5],
    ["", "95,5%"],
]


def rows_and_places(
    *lines: Sequence[object], heading: Sequence[str] = PROGRESS
) -> tuple[int, list[str], list[str]]:
    """How many rows were read, where footers were told, and what else was asked about below the heading."""
    submission, findings = understood(grid([*HEADER, list(heading), *map(list, lines)]))
    footers = [f.place.cell for f in findings if f.code == "FOOTER_NOT_READ"]
    others = [f.code for f in findings if f.severity in ("error", "warning") and f.code != "FOOTER_NOT_READ"]
    return sum(map(len, submission.parts.values())), footers, others


def test_who_made_and_signs_it_is_told_and_left_out() -> None:
    assert rows_and_places(ROW, *FOOTER) == (1, ["B9"], [])


@pytest.mark.parametrize(
    "words",
    ["Nơi nhận:", "NGƯỜI LẬP BIỂU", "Chủ tịch UBND xã", "KT. CHỦ TỊCH", "Mỹ Hà, ngày … tháng 4 năm 2023"],
)
def test_each_of_the_words_begins_a_footer(words: str) -> None:
    assert rows_and_places(ROW, [words]) == (1, ["A8"], [])


@pytest.mark.parametrize(
    "words", ["Chủ tịchđoàn", "Quy hoạch do Chủ tịch duyệt", "ngày 12 tháng 4 năm 2023 họp"]
)
def test_words_within_others_begin_none(words: str) -> None:
    assert rows_and_places(ROW, ["", words])[1] == []


@pytest.mark.parametrize("row", FOLLOWING)
def test_where_a_row_follows_nothing_is_cut_off(row: list[object]) -> None:
    assert rows_and_places(ROW, ["", "Chủ tịch"], row)[1] == []


def test_a_remark_that_begins_with_an_office_is_a_remark() -> None:
    remarks = [["Nguyên nhân", "Chủ tịch xã mới nhận việc"], ["Khó khăn, vướng mắc", "Trưởng phòng vắng"]]
    submission, _ = understood(grid([*HEADER, REMARKS, *remarks]))
    assert [row.text for row in submission.parts[Part.REMARKS]] == [line[1] for line in remarks]


def test_a_footer_below_projects_makes_no_project_of_a_role() -> None:
    project = ["1", "Đường trục xã", "12/QĐ-UBND năm 2022", 5, 5, 0, 0, 0, 5, 5, 0]
    read, footers, _ = rows_and_places(project, [], ["", "Kế toán", "", "Chủ tịch UBND xã"], heading=DEBT)
    assert (read, footers) == (1, ["B9"])


def test_a_sheet_without_a_table_of_ours_is_told_and_a_hidden_one_is_not() -> None:
    book = grid(
        [*HEADER, PROGRESS, ROW], [[], ["", "Danh sách"], ["1", "2"]], [[None]], names=["A", "Khác", "Trống"]
    )
    _, findings = understood(book)
    assert [(f.place.sheet, f.place.cell) for f in findings if f.code == "SHEET_NOT_READ"] == [("Khác", "B2")]
