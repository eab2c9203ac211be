"""What a line of the debt table is, through the whole judging of a file: what isn't sure is asked, never counted."""

from collections.abc import Sequence
from typing import Any

import pytest

from domain.forms import Part
from domain.rules import judge
from domain.submissions import DebtRowKind, SubmissionState
from tests.tasks.intake.recognise_kit import DEBT, HEADER, campaign, codes, grid, read, understood, workbook

UNIT = ["Đơn vị tính: triệu đồng"]
FIRST = len(HEADER) + 3  # the row of the first project
ROAD = [1, "Đường", "12/QĐ-UBND năm 2021", 900, 600, 0, 100, 200, 200, 500, 100]
CANAL = [2, "Kênh", "13/QĐ-UBND năm 2022", 700, 400, 0, 0, 100, 0, 100, 300]
SUM = [1600, 1000, 0, 100, 300, 200, 600, 400]


def judged(*lines: Sequence[Any]) -> tuple[Any, Any]:
    submission, findings = understood(grid([*HEADER, UNIT, DEBT, *lines]))
    return submission.parts.get(Part.DEBT, ()), judge(submission, findings, campaign())


def asked(verdict: Any) -> list[str]:
    return [finding.place.cell for finding in verdict.findings if finding.code == "TOTAL_OR_PROJECT"]


@pytest.mark.parametrize(
    "named",
    [
        [None, "Tổng số"],
        [None, "TỔNG SỐ:"],
        [None, "Tổng cộng (6 dự án)"],
        [None, "Tổng cộng toàn xã"],
        [None, "Cộng I"],
        ["Cộng lũy kế", None],
        [3, "Tổng cộng - toàn xã", "2 quyết định"],
    ],
)
def test_a_total_is_known_by_the_words_that_it_begins_with(named):
    rows, verdict = judged(ROAD, CANAL, [*named, *[None] * (3 - len(named)), *SUM])
    assert [row.kind for row in rows] == [DebtRowKind.PROJECT, DebtRowKind.PROJECT, DebtRowKind.TOTAL]
    assert verdict.state is SubmissionState.ACCEPTED
    assert codes(verdict.findings) == set()


@pytest.mark.parametrize("name", ["Cộngđồng", "Cộng đồng dân cư thôn 2", "Công trình khác", "Nhà tổng hợp"])
def test_a_name_that_does_not_begin_with_the_whole_word_is_a_projects(name):
    rows, _ = judged(ROAD, [2, name, None, 7, 5])
    assert rows[1].kind is DebtRowKind.PROJECT


def test_a_project_that_is_called_like_a_total_is_one_by_its_decision_and_asked_about_without():
    line = [3, "Tổng kho vật tư", "14/QĐ-UBND", 60, 50, 0, 0, 10, 0, 10, 40]
    rows, verdict = judged(ROAD, CANAL, line)
    assert (rows[2].kind, asked(verdict)) == (DebtRowKind.PROJECT, [])
    _, verdict = judged(ROAD, CANAL, [*line[:2], None, *line[3:]])
    assert (verdict.state, asked(verdict)) == (SubmissionState.RETURNED, [f"B{FIRST + 2}"])


def kinds(rows: Any) -> list[str]:
    """P for a project, T for a total."""
    return [row.kind.value[0].upper() for row in rows]


@pytest.mark.parametrize("ordinal", ["I", "II", "(IV)", "A", "B.", "Đ"])
def test_a_section_that_is_the_sum_of_the_rows_below_is_their_total(ordinal):
    section = [ordinal, "Công trình chuyển tiếp", None, *SUM]
    rows, verdict = judged(section, ROAD, CANAL)
    assert (kinds(rows), verdict.state, codes(verdict.findings)) == (
        ["T", "P", "P"],
        SubmissionState.ACCEPTED,
        set(),
    )


@pytest.mark.parametrize("ordinal", ["(iv)", "b."])
def test_a_small_letter_numbers_the_parts_of_a_project_too_and_is_asked_about(ordinal):
    rows, verdict = judged([ordinal, "Công trình chuyển tiếp", None, *SUM], ROAD, CANAL)
    assert (kinds(rows), asked(verdict)) == (["P", "P", "P"], [f"B{FIRST}"])


@pytest.mark.parametrize("column", range(len(SUM)))
def test_a_section_with_one_sum_that_differs_is_asked_about_once(column):
    sums = [amount + (n == column) for n, amount in enumerate(SUM)]
    _, verdict = judged(["I", "Công trình chuyển tiếp", None, *sums], ROAD, CANAL)
    assert (verdict.state, asked(verdict)) == (SubmissionState.RETURNED, [f"B{FIRST}"])


OTHERS = [[n, f"Cầu {n}", f"{n}/QĐ-UBND năm 2020", 10 * n, 6 * n, 0, 0, n, 0, n, 5 * n] for n in (3, 4, 5)]


def section(ordinal: str, *of: Sequence[Any]) -> list[Any]:
    return [ordinal, f"Mục {ordinal}", None, *(sum(row[n] for row in of) for n in range(3, 11))]


def test_sections_end_where_the_next_of_their_level_begins_and_none_is_summed_twice():
    a, b, c = OTHERS
    lines = [
        section("A", ROAD, CANAL, a),
        section("I", ROAD, CANAL), ROAD, CANAL,
        section("II", a), a,
        section("B", b, c),
        section("I", b), b,
        ["II", "Mục không ghi cộng"], c,
        [None, "Tổng cộng", None, *section("", ROAD, CANAL, *OTHERS)[3:]],
    ]  # fmt: skip
    rows, verdict = judged(*lines)
    assert "".join(kinds(rows)) == "TTPPTPTTPPT"
    assert (verdict.state, codes(verdict.findings)) == (
        SubmissionState.ACCEPTED,
        set(),
    )


def test_a_section_may_say_zero_where_its_rows_leave_a_blank():
    unpaid = [[*row[:9], None, row[10]] for row in OTHERS[:2]]
    zero = [sum(int(row[n] or 0) for row in unpaid) for n in range(3, 11)]
    rows, verdict = judged(section("I", ROAD, CANAL), ROAD, CANAL, ["II", "Mục II", None, *zero], *unpaid)
    assert "".join(kinds(rows)) == "TPPTPP"
    assert codes(verdict.findings) == set()


def test_a_section_that_sums_up_the_next_one_too_is_asked_about():
    (a, *_) = OTHERS
    lines = [section("I", ROAD, CANAL, a), ROAD, CANAL, ["II", "Mục II"], a]
    assert asked(judged(*lines)[1]) == [f"B{FIRST}"]


def test_a_section_may_leave_a_sum_out_and_says_at_least_two():
    partly = ["I", "Mục I", None, 1600, 1000, *[None] * 6]
    assert kinds(judged(partly, ROAD, CANAL)[0]) == ["T", "P", "P"]
    one = ["I", "Mục I", None, 1600, 0, *[None] * 6]
    assert asked(judged(one, ROAD, CANAL)[1]) == [f"B{FIRST}"]


def test_projects_numbered_by_letters_are_no_sections_of_each_other():
    like = [[letter, f"Nhà văn hóa {letter}", None, *ROAD[3:]] for letter in "AB"]
    rows, verdict = judged(*like)
    assert (kinds(rows), asked(verdict)) == (["P", "P"], [f"B{FIRST}", f"B{FIRST + 1}"])


def test_a_section_of_a_single_project_is_asked_about():
    _, verdict = judged(["I", "Công trình chuyển tiếp", None, *ROAD[3:]], ROAD, CANAL)
    assert asked(verdict) == [f"B{FIRST}"]


HOUSE = [2, "Nhà văn hóa thôn 2", None, *CANAL[3:]]
OVER_A_HOUSE = "Nhà văn hóa thôn 1", None, *CANAL[3:]


@pytest.mark.parametrize("ordinal", ["A", "I"])
@pytest.mark.parametrize("beside", [[], [[3, "Chợ", None, 0, 0]], [[3, "Chợ", "15/QĐ-UBND"]]])
def test_a_section_is_no_total_over_one_project_without_a_decision(ordinal, beside):
    rows, verdict = judged([ordinal, *OVER_A_HOUSE], HOUSE, *beside)
    assert set(kinds(rows)) == {"P"}
    assert verdict.state is SubmissionState.RETURNED
    assert f"B{FIRST}" in asked(verdict)


@pytest.mark.parametrize("ordinal", ["A", "I"])
def test_a_section_is_the_total_over_one_project_with_a_decision(ordinal):
    rows, verdict = judged([ordinal, *OVER_A_HOUSE], CANAL)
    assert (kinds(rows), verdict.state, asked(verdict)) == (["T", "P"], SubmissionState.ACCEPTED, [])


def test_a_section_over_two_projects_shows_what_others_of_its_level_are():
    rows, _ = judged(["I", *OVER_A_HOUSE], HOUSE, section("II", ROAD, OTHERS[0]), ROAD, OTHERS[0])
    assert "".join(kinds(rows)) == "TPTPP"
    of_another_level = section("A", ROAD, OTHERS[0])
    rows, verdict = judged(["I", *OVER_A_HOUSE], HOUSE, ["II", "Mục II"], of_another_level, ROAD, OTHERS[0])
    assert "".join(kinds(rows)) == "PPTPP"
    assert f"B{FIRST}" in asked(verdict)
    differs = ["II", "Mục II", None, *[1 + amount for amount in of_another_level[3:]]]
    rows, verdict = judged(["I", *OVER_A_HOUSE], HOUSE, differs, ROAD, OTHERS[0])
    assert "".join(kinds(rows)) == "PPPPP"
    assert {f"B{FIRST}", f"B{FIRST + 2}"} <= set(asked(verdict))


def numbered(numbers: str) -> list[list[Any]]:
    """A section of two projects for each number; "A>" has none of its own, but the sections that follow."""
    lines: list[list[Any]] = []
    for number in numbers.split():
        ordinal, own = number.strip(">"), 0 if number.endswith(">") else 2
        k = len(lines)
        of = [
            [n, f"Cầu {n}", f"{n}/QĐ-UBND", *[n * 10 + c for c in range(8)]]
            for n in range(k + 1, k + 1 + own)
        ]
        lines += [section(ordinal, *of) if own else [ordinal, f"Mục {ordinal}"], *of]
    return lines


@pytest.mark.parametrize(
    "numbers",
    [
        "A B C D E F G H I",
        "A B C D E F G H I K L M",
        "A B C D Đ E G H I K L M N O P Q R S T U Ư V X Y",
        "A B C D I",
        "I> A B C D E F G H I II> A B",
        "A> I II III IV V VI B> I II",
        "H> I II III K> I II L",
        "I II III IV V VI VII VIII IX X XI",
        "IV> A B V> A B VI> A",
        "A> I B> I",
        "I II V",
    ],
)
def test_a_letter_that_is_a_roman_numeral_too_goes_on_where_its_list_does(numbers):
    lines = numbered(numbers)
    rows, verdict = judged(*lines)
    totals = [n for n in numbers.split() if not n.endswith(">")]
    assert "".join(kinds(rows)) == "TPP" * len(totals)
    assert asked(verdict) == []


def test_sections_below_a_letter_are_its_own_even_where_roman_numerals_go_on_after_its_letter():
    parts = [section("I", ROAD, CANAL), ROAD, CANAL, section("II", *OTHERS), *OTHERS]
    eighth = section("H", ROAD, CANAL, *OTHERS)
    assert "".join(kinds(judged(eighth, *parts)[0])) == "TTPPTPPP"
    mixed = [section("B", OTHERS[0], ROAD, CANAL, *OTHERS[1:]), OTHERS[0]]
    parts = [section("I", ROAD, CANAL), ROAD, CANAL, section("II", *OTHERS[1:]), *OTHERS[1:]]
    assert "".join(kinds(judged(*mixed, *parts)[0])) == "TPTPPTPP"


def test_a_section_without_sums_is_a_title_and_no_project():
    rows, verdict = judged(["I", "Công trình chuyển tiếp"], ROAD, ["II", "Công trình mới"], CANAL)
    assert [row.project for row in rows] == ["Đường", "Kênh"]
    assert asked(verdict) == []


def test_a_lettered_project_of_which_nothing_is_stated_does_not_vanish():
    rows, verdict = judged(ROAD, ["a", "Nhà văn hóa thôn 3"])
    assert [row.project for row in rows] == ["Đường", "Nhà văn hóa thôn 3"]
    assert "DEBT_NOT_STATED" in codes(verdict.findings)


@pytest.mark.parametrize("ordinal", [None, "*", 3])
def test_a_group_over_a_single_project_is_asked_about_where_the_total_holds_without_it(ordinal):
    group = [ordinal, "Công trình khởi công mới", None, *CANAL[3:]]
    total = [None, "Tổng cộng", None, *SUM]
    _, verdict = judged(ROAD, group, CANAL, total)
    assert (verdict.state, asked(verdict)) == (SubmissionState.RETURNED, [f"B{FIRST + 1}"])
    counted_twice = [2300, 1400, 0, 100, 400, 200, 700, 700]
    twice = [None, "Tổng cộng", None, *counted_twice]
    # Two like projects that the total counts; but one has no number where the others have (decision 0037).
    assert asked(judged(ROAD, group, CANAL, twice)[1]) == ([] if ordinal == 3 else [f"B{FIRST + 1}"])


@pytest.mark.parametrize("ordinal", ["1", 2, "2.1", "Mới"])
def test_a_project_without_a_decision_is_no_section(ordinal):
    rows, verdict = judged(
        ROAD, [ordinal, "Chợ", None, 70, 50, 0, 0, 10, 0, 10, 40], [ordinal, "Kè", None, 8, 8]
    )
    assert ([row.project for row in rows], asked(verdict)) == (["Đường", "Chợ", "Kè"], [])


def test_a_lettered_project_with_its_decision_is_no_section():
    assert asked(judged(["I", *ROAD[1:]], ["II", *CANAL[1:]])[1]) == []


def test_a_total_that_only_the_sums_betray_returns_the_file():
    _, verdict = judged(ROAD, CANAL, [3, "Toàn xã", None, *SUM])
    assert (verdict.state, asked(verdict)) == (SubmissionState.RETURNED, [f"B{FIRST + 2}"])


# --- merged sums -----


@pytest.mark.parametrize(
    ("cells", "value", "at"),
    [
        (f"E{FIRST}:E{FIRST + 1}", 600, f"E{FIRST}"),
        (f"E{FIRST}:E{FIRST + 1}", 0, f"E{FIRST}"),
        (f"E{FIRST}:E{FIRST + 1}", None, ""),
        (f"E{FIRST + 1}:E{FIRST + 5}", 600, ""),  # nothing but blank lines below
        (f"J{FIRST}:K{FIRST}", 500, f"J{FIRST}"),
        (f"K{FIRST}:M{FIRST}", 500, ""),  # one money column and what lies beside the table
        (f"A{FIRST}:A{FIRST + 1}", 1, ""),
    ],
)
def test_a_sum_merged_over_rows_or_kinds_of_money_is_asked_about(tmp_path, cells, value, at):
    def merge(book):
        book["C"][cells.split(":")[0]].value = value
        book["C"].merge_cells(cells)

    book = workbook({"C": [*HEADER, UNIT, DEBT, ROAD, CANAL]}, merge)
    found = [f for f in understood(read(book, tmp_path))[1] if f.code == "MONEY_MERGED"]
    assert [(f.place.cell, f.severity) for f in found] == ([(at, "error")] if at else [])


@pytest.mark.parametrize(
    "heading", ["II. Công trình do xã làm chủ đầu tư", "A. Chuyển tiếp", "IV) Mới", "Đ - Khác"]
)
def test_a_heading_numbered_in_the_name_of_a_project_that_states_nothing_is_a_title_and_told(heading):
    rows, verdict = judged(ROAD, [None, heading], CANAL)
    assert [row.project for row in rows] == ["Đường", "Kênh"]
    (note,) = [f for f in verdict.findings if f.code == "SECTION_TITLE"]
    assert (note.place.cell, note.severity, note.facts["seen"]) == (f"B{FIRST + 1}", "note", heading)


@pytest.mark.parametrize(
    "line",
    [
        [None, "II. Công trình", None, 5], [None, "II. Công trình", None, 0], [None, "II. Công trình", "15/QĐ"],
        [3, "II. Công trình"], [None, "1. Nhà văn hóa"], [None, "I"], [None, "Nhà văn hóa số II."],
        [None, "a) Nhà văn hóa"],
    ],
)  # fmt: skip
def test_what_states_anything_or_is_numbered_otherwise_is_a_project(line):
    rows, verdict = judged(ROAD, line, CANAL)
    assert len(rows) == 3
    assert "SECTION_TITLE" not in codes(verdict.findings)
