"""What a file says beside what its sender had in force before: in another unit, or word for word the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.findings import Place
from domain.forms import DossierState, Part
from domain.judgement import Judgement
from domain.lineage import CellSource
from domain.rules.against_last_week import (
    a_report_of_no_change_changes_nothing,
    compared_first,
    compared_then,
)
from domain.rules.rule import RuleFacts
from domain.submissions import (
    NOTHING_EARLIER,
    DebtRowKind,
    DossierRow,
    ProgressRow,
    RemarkRow,
    VerificationRow,
)
from tests.domain.rules.kit import CAMPAIGN, LETTERS, W14, before, cells, debt, found, submission
from tests.factories import finding, says
from tests.factories_domain import CATALOGUE

MILLION = 10**6
ROAD: dict[str, Any] = {
    "accepted": 5_000 * MILLION,
    "allotted_district": 3_000 * MILLION,
    "paid": 2_500 * MILLION,
}
STATED = [f"{LETTERS[name]}8" for name in ("accepted", "allotted_district", "paid")]


def times(factor: Decimal | int, **sums: int) -> dict[str, Any]:
    return {name: int(amount * factor) for name, amount in sums.items()}


def slips(now: dict[str, Any], then: dict[str, Any]) -> list[str]:
    """The cells of one project, row 8 now and row 5 then, at which a slip is found."""
    return cells("UNIT_SLIP", debt(8, **now), earlier=before(debt(5, **then)))


@pytest.mark.parametrize("factor", ["1000", "1000000", "0.001", "0.000001"])
def test_a_project_all_of_whose_sums_are_in_another_unit_is_found_at_each_sum(factor):
    assert slips(times(Decimal(factor), **ROAD), ROAD) == STATED


@pytest.mark.parametrize("factor", ["1", "10", "100", "999", "1001", "10000", "1000000000", "0.002", "0.01"])
def test_any_other_growth_is_left_to_the_rules_on_plausible_steps(factor):
    assert slips(times(Decimal(factor), **ROAD), ROAD) == []


@pytest.mark.parametrize("factor", ["1000", "1000000", "0.001", "0.000001"])
@pytest.mark.parametrize("grown", ["0.5", "1.02", "9.9"])
def test_a_sum_that_has_moved_besides_hides_no_slip_of_the_others(factor, grown):
    now = times(Decimal(factor), **ROAD)
    assert slips(now | {"paid": int(now["paid"] * Decimal(grown))}, ROAD) == STATED[:2]


@pytest.mark.parametrize("grown", ["0.1", "10"])
def test_a_sum_that_has_moved_tenfold_besides_clears_the_project(grown):
    now = times(1000, **ROAD)
    assert slips(now | {"paid": int(now["paid"] * Decimal(grown))}, ROAD) == []


def test_one_sum_that_slipped_among_others_that_grew_is_not_the_project():
    now = times(Decimal("1.1"), **ROAD) | {"accepted": 1000 * ROAD["accepted"]}
    assert slips(now, ROAD) == []


def test_one_sum_alone_may_be_a_project_that_has_begun():
    assert slips({"accepted": 5_000_000}, {"accepted": 5_000}) == []
    assert slips({"accepted": 5_000_000, "paid": 10}, {"accepted": 5_000}) == []


def test_two_sums_are_enough():
    then = {"accepted": 5_000, "paid": 7}
    assert slips(times(1000, **then), then) == [f"{LETTERS['accepted']}8", f"{LETTERS['paid']}8"]


def test_two_sums_with_two_of_the_ratios_are_no_slip_of_a_unit():
    assert slips({"accepted": 5_000_000, "paid": 7_000_000}, {"accepted": 5_000, "paid": 7}) == []
    assert slips({"accepted": 5_000_000, "paid": 7}, {"accepted": 5_000, "paid": 7_000}) == []


def test_a_sum_that_stayed_clears_the_project():
    assert slips(times(1000, **ROAD) | {"total_investment": 9}, ROAD | {"total_investment": 9}) == []


@pytest.mark.parametrize("blank_or_zero", [None, 0])
def test_zero_and_blank_take_no_part_on_either_side(blank_or_zero):
    now = times(1000, **ROAD)
    assert slips(now | {"settled": blank_or_zero}, ROAD | {"settled": 6}) == STATED
    assert slips(now | {"settled": 6}, ROAD | {"settled": blank_or_zero}) == STATED
    assert slips(now | {"settled": blank_or_zero}, ROAD | {"settled": blank_or_zero}) == STATED


def test_every_sum_of_the_table_is_looked_at():
    names = [
        "total_investment", "settled", "accepted", "allotted_central", "allotted_province", "allotted_district",
        "allotted_commune", "allotted_other", "allotted_people", "paid", "stated_debt", "debt_before_2015",
    ]  # fmt: skip
    then = dict(zip(names, range(1, 13), strict=True))
    assert slips(times(1000, **then), then) == [f"{LETTERS[name]}8" for name in names]


def test_a_project_that_was_not_listed_and_one_of_another_name_are_new():
    table = before(debt(5, "Kênh N2", **ROAD))
    assert cells("UNIT_SLIP", debt(8, "Đường trục xã", **times(1000, **ROAD)), earlier=table) == []


def test_a_project_is_known_by_its_decision_under_another_name_and_in_another_place():
    table = before(debt(5, "Kênh N2", **ROAD), debt(6, "Đường", decision="12/QĐ-UBND ngày 3/4/2022", **ROAD))
    row = debt(8, "Đường trục", decision="Số 12/QĐ-UBND (3/4/2022)", **times(1000, **ROAD))
    assert cells("UNIT_SLIP", row, earlier=table) == STATED


def test_without_an_earlier_table_there_is_nothing_to_compare_with():
    assert cells("UNIT_SLIP", debt(8, **ROAD)) == []


@pytest.mark.parametrize("kind", [DebtRowKind.TOTAL, DebtRowKind.NO_DEBT])
def test_only_projects_are_compared(kind):
    now, then = debt(8, **times(1000, **ROAD)), debt(5, **ROAD)
    assert cells("UNIT_SLIP", now, earlier=before(replace(then, kind=kind))) == []
    assert cells("UNIT_SLIP", replace(now, kind=kind), earlier=before(then)) == []


@pytest.mark.parametrize(
    ("now", "unit", "says_so"),
    [
        (5_000 * 10**3, 10**3, "5.000 nghìn đồng bằng đúng 1/1.000 số"),
        (5_000 * 10**9, 10**9, "5.000 tỷ đồng gấp đúng 1.000 lần số"),
    ],
)
def test_the_officer_reads_both_sums_the_ratio_and_the_week(now, unit, says_so):
    then = debt(5, accepted=5_000 * MILLION, paid=MILLION, unit=MILLION)
    row = debt(8, accepted=now, paid=now // 5_000, unit=unit)
    first, _ = found("UNIT_SLIP", row, earlier=before(then))
    then_said = "của báo cáo tuần thứ Tư 5/4/2023 (5.000 triệu đồng)."
    assert says(first).startswith(
        f"Số tiền {says_so} {then_said} Đề nghị kiểm tra lại đơn vị tính, sửa và gửi lại"
    )


# --- an unchanged copy --------------------------------------------------------------------------------------


def said(row: int, indicator: str, **fields: Any) -> ProgressRow:
    facts: dict[str, Any] = {"judgement": Judgement.NEARLY_MET, "result": Decimal("85.5"), **fields}
    return ProgressRow(sheet="A", row=row, columns={"judgement": "G"}, indicator=indicator, **facts)


def document(row: int, name: str = "Báo cáo") -> DossierRow:
    return DossierRow(sheet="B", row=row, indicator="1.1", document=name, state=DossierState.SENT)


def checked(row: int, **fields: Any) -> VerificationRow:
    facts: dict[str, Any] = {"indicator": "1.1", "judgement": Judgement.MET, **fields}
    return VerificationRow(sheet="Thẩm tra", row=row, commune="my_ha", **facts)


REPORT = (said(5, "1.1"), said(6, "1.2"), document(4), debt(8, accepted=5))
SAME_ELSEWHERE = (
    replace(said(15, "1.2"), raw={"judgement": "CƠ BẢN ĐẠT"}, columns={"judgement": "H"}, sheet="Tiến độ"),
    said(25, "1.1", result=Decimal("85.50")),
    document(7),
    debt(80, accepted=5),
)


def is_copy(*rows: Any, of: Any, **about: Any) -> bool:
    return len(found("UNCHANGED_COPY", *rows, earlier=before(*of), **about)) == 1


def test_a_report_that_says_the_same_in_every_field_is_told_wherever_its_rows_stand():
    assert is_copy(*REPORT, of=REPORT)
    assert is_copy(*SAME_ELSEWHERE, of=REPORT)


def test_a_copy_is_told_of_the_file_and_names_the_week():
    (only,) = found("UNCHANGED_COPY", *REPORT, earlier=before(*REPORT))
    assert (only.place.sheet, only.place.cell) == ("", "")
    assert says(only).startswith("Số liệu giống hệt báo cáo tuần thứ Tư 5/4/2023. ")
    assert "'Không phát sinh" in says(only)


@pytest.mark.parametrize(
    "changed",
    [
        (said(5, "1.1", note="đang làm"), *REPORT[1:]),
        (said(5, "1.1", planned_on=date(2023, 5, 9)), *REPORT[1:]),
        (*REPORT[:2], document(4, "Quyết định"), REPORT[3]),
        (*REPORT[:3], debt(8, accepted=6)),
        (*REPORT, said(7, "1.3")),
        REPORT[1:],
    ],
    ids=["a note", "a date", "a document", "a sum", "one row more", "one row less"],
)
def test_one_change_in_any_part_is_a_report(changed):
    assert not is_copy(*changed, of=REPORT)


def test_one_row_said_twice_is_not_the_same_as_two_rows():
    one, other = said(5, "1.1"), said(6, "1.2")
    assert not is_copy(one, one, other, of=(one, other, other))


def test_a_part_that_was_never_in_force_is_new():
    assert not is_copy(*REPORT, of=REPORT[:3])


def test_a_part_that_the_file_does_not_bring_is_not_missed():
    assert is_copy(*REPORT[:3], of=REPORT)


def test_an_agencys_verification_is_looked_at():
    remark = RemarkRow(sheet="D", row=4, subject="proposals", text="Đề nghị bố trí vốn")
    assert is_copy(checked(5), remark, of=(checked(5), remark), reporter="pktht")
    assert not is_copy(
        checked(5, checked_on=date(2023, 4, 11)), remark, of=(checked(5), remark), reporter="pktht"
    )


def test_a_file_of_debt_dossiers_or_remarks_alone_may_repeat_itself():
    assert not is_copy(*REPORT[2:], of=REPORT)


def test_a_nil_report_is_how_a_week_without_news_is_told():
    assert not is_copy(*REPORT, of=REPORT, nil=True)


def nil_with_news(*rows, of, nil=True):
    """Where it is told, and of which tables."""
    source = CellSource("sha", "Thông tin chung", "B9", "x")
    file = replace(submission(*rows, nil=nil), nil_source=source if nil else None)
    told = a_report_of_no_change_changes_nothing.check(file, RuleFacts(CAMPAIGN, before(*of)))
    return [(each.place, each.facts) for each in told]


def test_no_change_is_asked_about_beside_tables_that_changed():
    changed = (REPORT[0], replace(REPORT[1], judgement=Judgement.NOT_MET), *REPORT[2:])
    told = nil_with_news(*changed, of=REPORT)
    assert told == [(Place("Thông tin chung", "B9"), {"part": Part.PROGRESS.vi})]
    assert not nil_with_news(*REPORT, of=REPORT)
    assert not nil_with_news(*changed, of=REPORT, nil=False)
    assert not nil_with_news(*changed, of=())  # told as an error: there is nothing to refer to
    remark = RemarkRow(sheet="D", row=4, subject="proposals", text="Đề nghị bố trí vốn")
    assert not nil_with_news(*REPORT, remark, of=REPORT)


def test_an_agency_that_quotes_another_word_of_the_commune_has_no_news():
    then = checked(5, commune_said="Chưa đạt", dossier_state="hoàn thiện")
    now = replace(then, commune_said="Đạt", state=DossierState.COMPLETE)  # not read in earlier versions
    assert not nil_with_news(now, of=(then,))
    assert nil_with_news(replace(now, lacking="biên bản"), of=(then,))


def test_a_first_report_is_no_copy():
    assert found("UNCHANGED_COPY", *REPORT) == ()


def test_parts_that_come_from_two_weeks_name_both():
    older = W14.shifted(-1)
    (only,) = found("UNCHANGED_COPY", *REPORT, earlier=before(*REPORT[:3]) | before(REPORT[3], week=older))
    assert only.facts == {"week": "thứ Tư 29/3/2023, thứ Tư 5/4/2023"}


def test_a_unit_without_published_words_still_reads_which_week():
    told = finding("UNCHANGED_COPY", week="thứ Tư 5/4/2023").without_quotes()
    assert "thứ Tư 5/4/2023" in says(told)


def test_the_table_of_debt_is_compared_with_its_own_part_only():
    assert cells("UNIT_SLIP", debt(8, **times(1000, **ROAD)), earlier=before(document(4))) == []


def test_everything_but_free_text_is_looked_up_in_any_case():
    file = submission(*REPORT, carrying=(Part.VERIFICATION, Part.DEBT, Part.REMARKS))
    assert compared_first(file, CATALOGUE) == {Part.PROGRESS, Part.VERIFICATION, Part.DOSSIERS, Part.DEBT}
    assert compared_then(file, before(*REPORT)) == compared_then(file, NOTHING_EARLIER) == frozenset()


def test_free_text_is_looked_up_where_the_rest_repeats():
    assert compared_then(submission(*REPORT, carrying=(Part.REMARKS,)), before(*REPORT)) == {Part.REMARKS}
