"""A debt table beside the sender's last one: sums that fall, debts that end, blanks, projects that leave."""

from dataclasses import replace
from typing import Any

import pytest

from domain.forms import CellKind, Column
from domain.rules import judge
from domain.rules.debt_weeks import a_project_that_owes_stays_listed
from domain.rules.rule import RuleFacts
from domain.submissions import DebtRow, DebtRowKind
from tests.domain.rules.kit import CAMPAIGN, LETTERS, W14, before, cells, debt, found, submission
from tests.factories import finding, says

MILLION = 10**6
BILLION = 10**9
FELL = {"accepted": "ACCEPTED_FELL", "paid": "PAID_FELL"}
ROAD: dict[str, Any] = {"decision": "12/QĐ-UBND ngày 3/4/2022"}


def stating(row: int, name: str, amount: int | None, last_digit: int = 1) -> DebtRow:
    """A project that states nothing but this."""
    sums: dict[str, Any] = {name: amount}
    return debt(row, last_digit=last_digit, **sums)


# --- accepted volume and payments are running totals ----------------------------------------------------------


def falls(name: str, now: DebtRow, *then: DebtRow) -> list[str]:
    return cells(FELL[name], now, earlier=before(*then))


@pytest.mark.parametrize("name", FELL)
@pytest.mark.parametrize(("now", "is_found"), [(999, True), (1000, False), (1001, False), (0, True)])
def test_a_sum_below_that_of_the_last_report_is_found_at_its_cell(name, now, is_found):
    assert falls(name, stating(8, name, now), stating(5, name, 1000)) == (
        [f"{LETTERS[name]}8"] if is_found else []
    )


@pytest.mark.parametrize("name", FELL)
@pytest.mark.parametrize("digits", [(10, 1), (1, 10), (10, 10)])
@pytest.mark.parametrize(("now", "is_found"), [(996, False), (995, False), (994, True)])
def test_a_fall_within_half_a_last_digit_of_the_coarser_writing_is_none(name, digits, now, is_found):
    row, then = stating(8, name, now, digits[0]), stating(5, name, 1000, digits[1])
    assert bool(falls(name, row, then)) is is_found


@pytest.mark.parametrize("name", FELL)
@pytest.mark.parametrize(("was", "now"), [(None, 5), (5, None), (None, None), (0, 0), (0, 5)])
def test_what_either_week_did_not_state_has_not_fallen(name, was, now):
    assert falls(name, stating(8, name, now), stating(5, name, was)) == []


def test_only_accepted_volume_and_payments_are_expected_to_grow():
    sums = ("total_investment", "settled", "allotted_commune", "stated_debt", "debt_before_2015")
    now: dict[str, Any] = dict.fromkeys(sums, 5)
    was: dict[str, Any] = dict.fromkeys(sums, 50)
    row, then = debt(8, **now), debt(5, **was)
    assert falls("accepted", row, then) == falls("paid", row, then) == []


def test_the_officer_reads_both_sums_in_their_units_and_the_week():
    row = debt(8, accepted=5_250 * MILLION, unit=MILLION, last_digit=MILLION)
    then = debt(5, accepted=53 * BILLION // 10, unit=BILLION, last_digit=BILLION // 100)
    (told,) = found("ACCEPTED_FELL", row, earlier=before(then))
    assert told.facts == {"seen": "5.250 triệu đồng", "expected": "5,3 tỷ đồng", "week": W14.vi}
    assert says(told).startswith(
        "Khối lượng nghiệm thu 5.250 triệu đồng thấp hơn báo cáo tuần thứ Tư 5/4/2023 (5,3 tỷ đồng)."
    )


def test_the_officer_reads_of_payments_that_fell():
    (told,) = found("PAID_FELL", debt(8, paid=4), earlier=before(debt(5, paid=5)))
    assert says(told).startswith("Đã thanh toán 4 đồng thấp hơn báo cáo tuần thứ Tư 5/4/2023 (5 đồng).")


def test_what_the_unit_explains_is_not_said_twice():
    then = debt(5, accepted=5_000 * MILLION, paid=2_000 * MILLION, settled=6_000 * MILLION)
    slipped = debt(8, accepted=5 * MILLION, paid=2 * MILLION, settled=6 * MILLION)
    assert len(cells("UNIT_SLIP", slipped, earlier=before(then))) == 3
    assert falls("accepted", slipped, then) == falls("paid", slipped, then) == []
    assert falls("paid", replace(slipped, paid=0), then) == [f"{LETTERS['paid']}8"]


def test_a_project_is_compared_with_itself_wherever_it_stands():
    table = debt(5, "Kênh N2", paid=9), debt(6, "Đường", paid=1, **ROAD)
    row = debt(8, "Đường trục", paid=1, decision="Số 12/QĐ-UBND (3/4/2022)")
    assert falls("paid", row, *table) == []
    assert falls("paid", replace(row, paid=0), *table) == [f"{LETTERS['paid']}8"]


@pytest.mark.parametrize("kind", [DebtRowKind.TOTAL, DebtRowKind.NO_DEBT])
def test_only_projects_are_compared(kind):
    now, then = debt(8, accepted=4), debt(5, accepted=5)
    assert falls("accepted", now, replace(then, kind=kind)) == []
    assert falls("accepted", replace(now, kind=kind), then) == []


def test_without_an_earlier_table_nothing_has_fallen():
    assert cells("ACCEPTED_FELL", debt(8, accepted=4)) == []


# --- which project is which -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ({"decision": "12/QĐ-UBND"}, ROAD),
        (ROAD, {"decision": "12/QĐ-UBND"}),
        ({"decision": "12/QĐ-UBND", "project": "Tên khác"}, ROAD),
        (ROAD, {}),
        ({}, ROAD),
    ],
    ids=["year left out", "year added", "no year and renamed", "decision added", "decision left out"],
)
def test_a_project_whose_decision_is_written_more_or_less_fully_is_the_same(now, then):
    row, was = debt(8, **{"paid": 4, **now}), debt(5, **{"paid": 5, **then})
    assert falls("paid", row, was) == [f"{LETTERS['paid']}8"]


def test_decisions_of_two_years_are_two_projects():
    row, was = (
        debt(8, "A", decision="12/QĐ-UBND 2019", paid=4),
        debt(5, "B", decision="12/QĐ-UBND 2022", paid=5),
    )
    assert falls("paid", row, was) == []


def test_a_number_without_its_year_that_fits_two_projects_is_neither():
    table = debt(5, "A", decision="12/QĐ-UBND 2019", paid=5), debt(6, "B", decision="12/QĐ-UBND 2022", paid=5)
    assert falls("paid", debt(8, "C", decision="12/QĐ-UBND", paid=4), *table) == []


def test_a_project_listed_twice_is_compared_with_nothing():
    twice = debt(5, paid=5), debt(6, paid=7)
    assert falls("paid", debt(8, paid=4), *twice) == []
    assert cells("PAID_FELL", debt(8, paid=4), debt(9, paid=4), earlier=before(debt(5, paid=5))) == []


# --- a debt ends by payment or allotment ----------------------------------------------------------------------

OWING: dict[str, Any] = {"accepted": 1000, "allotted_commune": 700, "paid": 600, "stated_debt": 300}


def vanished(now: dict[str, Any], then: dict[str, Any] = OWING) -> list[str]:
    return cells("DEBT_VANISHED", debt(8, **now), earlier=before(debt(5, **then)))


def test_a_debt_stated_as_zero_over_the_same_sums_is_found_where_it_is_stated():
    assert vanished(OWING | {"stated_debt": 0}) == [f"{LETTERS['stated_debt']}8"]


def test_a_debt_that_ends_because_less_is_accepted_is_found():
    assert vanished(OWING | {"accepted": 700, "stated_debt": 0}) == [f"{LETTERS['stated_debt']}8"]
    assert vanished(OWING | {"accepted": 700, "stated_debt": None}) == [f"{LETTERS['accepted']}8"]
    assert vanished(OWING | {"accepted": 701, "stated_debt": 1}) == []


@pytest.mark.parametrize(
    ("grown", "is_found"), [(297, True), (298, True), (299, False), (300, False), (301, False)]
)
@pytest.mark.parametrize("by", ["paid", "allotted_commune", "allotted_people"])
def test_a_debt_that_as_much_was_paid_or_allotted_for_is_settled(by, grown, is_found):
    """Half a last digit for each of the three sums that are compared: up to one đồng here."""
    now = OWING | {"stated_debt": 0, by: OWING.get(by, 0) + grown}
    assert bool(vanished(now)) is is_found


@pytest.mark.parametrize(("digits", "slack"), [((100, 1), 100), ((1, 100), 51), ((100, 100), 150)])
@pytest.mark.parametrize("beyond", [0, 1])
def test_what_the_writing_leaves_out_is_no_missing_payment(digits, slack, beyond):
    then = debt(5, **OWING, last_digit=digits[0])
    paid = OWING["paid"] + 300 - slack - beyond
    now = debt(8, **OWING | {"stated_debt": 0, "paid": paid}, last_digit=digits[1])
    assert bool(cells("DEBT_VANISHED", now, earlier=before(then))) is bool(beyond)


def test_what_was_stated_above_the_legal_debt_needs_no_more_than_the_legal_debt():
    """Stated was what is unpaid; then all of the volume is allotted."""
    then = OWING | {"stated_debt": 400}
    assert vanished(then | {"stated_debt": 0, "allotted_commune": 1000}, then) == []
    assert vanished(then | {"stated_debt": 0}, then) != []


def test_a_stated_debt_that_was_none_by_law_is_put_right_and_has_not_vanished():
    then = OWING | {"allotted_commune": 1000}
    assert vanished(then | {"stated_debt": 0}, then) == []


def test_a_debt_that_was_stated_beside_unknown_capital_is_a_debt():
    then = {"accepted": 1000, "paid": 600, "stated_debt": 400}
    assert vanished(then | {"stated_debt": 0}, then) == [f"{LETTERS['stated_debt']}8"]
    assert vanished(then | {"stated_debt": 0, "paid": 1000}, then) == []
    assert vanished(then | {"stated_debt": 0, "allotted_commune": 1000}, then) == []


def test_where_no_debt_was_known_or_it_was_zero_none_vanishes():
    assert vanished({"stated_debt": 0}, {"accepted": 1000}) == []
    assert vanished({"stated_debt": 0}, {"stated_debt": 0}) == []
    assert vanished(OWING | {"stated_debt": 0}, OWING | {"allotted_commune": 1000, "stated_debt": 0}) == []


def test_a_debt_that_goes_on_being_stated_as_zero_is_told_by_its_own_rule_each_week():
    then = OWING | {"stated_debt": 0}
    assert vanished(then, then) == []


def test_a_debt_first_stated_as_zero_has_vanished_where_the_law_knew_one():
    assert vanished(OWING | {"stated_debt": 0}, OWING | {"stated_debt": None}) == [
        f"{LETTERS['stated_debt']}8"
    ]


@pytest.mark.parametrize("left_blank", ["accepted", "stated_debt", "allotted_commune", "paid"])
def test_a_blank_is_not_zero_and_asked_about_by_its_own_rule(left_blank):
    assert vanished(OWING | {left_blank: None}) == []


def test_a_sum_left_blank_may_hold_the_payment():
    assert vanished(OWING | {"stated_debt": 0, "paid": None}) == []


def test_a_payment_first_stated_now_may_have_settled_the_debt():
    then = OWING | {"paid": None}
    assert vanished(then | {"stated_debt": 0, "paid": 300}, then) == []
    assert vanished(then | {"stated_debt": 0, "paid": 298}, then) != []


@pytest.mark.parametrize("week", ["now", "then"])
def test_of_a_project_with_a_source_that_could_not_be_read_nothing_is_said(week):
    unread = {"raw": {"allotted_province": "-"}}
    now, then = OWING | {"stated_debt": 0}, OWING
    assert vanished(now | unread if week == "now" else now, then | unread if week == "then" else then) == []


def test_in_another_unit_nothing_can_be_said_of_a_debt():
    then = debt(5, **{name: amount * 1000 for name, amount in OWING.items()})
    now = debt(8, **OWING | {"stated_debt": 0})
    assert cells("DEBT_VANISHED", now, earlier=before(then)) == []
    assert cells("UNIT_SLIP", now, earlier=before(then)) != []


def test_a_debt_by_law_that_was_not_known_before_cannot_have_vanished():
    then, now = {"stated_debt": 400}, {"accepted": 100, "allotted_commune": 100, "stated_debt": 400}
    assert vanished(now, then) == []


def test_the_officer_reads_which_debt_has_vanished():
    (told,) = found("DEBT_VANISHED", debt(8, **OWING | {"stated_debt": 0}), earlier=before(debt(5, **OWING)))
    assert told.facts == {"expected": "300 đồng", "week": W14.vi}
    assert says(told).startswith(
        "Nợ đọng của dự án ở báo cáo tuần thứ Tư 5/4/2023 là 300 đồng, nay không còn "
        "nhưng vốn đã bố trí và số đã thanh toán không tăng tương ứng."
    )


# --- explicit zero against blank ------------------------------------------------------------------------------

SUMS = [
    "total_investment", "settled", "accepted", "allotted_central", "allotted_province", "allotted_district",
    "allotted_commune", "allotted_other", "allotted_people", "paid", "stated_debt", "debt_before_2015",
]  # fmt: skip


def blanked(now: DebtRow, then: DebtRow) -> list[str]:
    return cells("ZERO_OR_BLANK", now, earlier=before(then))


@pytest.mark.parametrize("name", SUMS)
@pytest.mark.parametrize("was", [0, 1, 1000])
def test_a_sum_that_was_stated_and_is_blank_now_is_asked_about_at_its_cell(name, was):
    assert blanked(debt(8), stating(5, name, was)) == [f"{LETTERS[name]}8"]


@pytest.mark.parametrize("name", SUMS)
def test_a_zero_is_stated_and_what_was_blank_before_may_stay_blank(name):
    assert blanked(stating(8, name, 0), stating(5, name, 1000)) == []
    assert blanked(debt(8), debt(5)) == []
    assert blanked(stating(8, name, 0), debt(5)) == []


def test_what_could_not_be_read_was_told_already_and_spaces_are_a_blank():
    then = debt(5, paid=7)
    assert blanked(debt(8, raw={"paid": "-"}), then) == []
    assert blanked(debt(8, raw={"paid": " "}), then) == [f"{LETTERS['paid']}8"]


def test_a_column_that_the_table_has_no_longer_is_told_once():
    rows = [replace(debt(n, f"Dự án {n}", decision=f"{n}/QĐ-UBND"), columns={"project": "B"}) for n in (8, 9)]
    then = [debt(n, decision=f"{n}/QĐ-UBND", paid=7, settled=0) for n in (8, 9)]
    findings = found("ZERO_OR_BLANK", *rows, earlier=before(*then))
    assert [(each.place.sheet, each.place.cell) for each in findings] == [("C. Nợ XDCB", "")] * 2
    assert [each.facts["heading"] for each in findings] == ["settled", "paid"]


def test_a_column_is_told_for_each_sheet_that_has_lost_it():
    rows = [replace(debt(8, f"Dự án {of}"), sheet=of, columns={"project": "B"}) for of in ("C1", "C2")]
    then = [debt(n, f"Dự án C{n}", paid=7) for n in (1, 2)]
    findings = found("ZERO_OR_BLANK", *rows, earlier=before(*then))
    assert [each.place.sheet for each in findings] == ["C1", "C2"]


def test_the_officer_reads_what_was_stated_and_that_zero_is_a_number():
    row, then = debt(8, unit=MILLION), debt(5, paid=53 * 10**8, unit=BILLION)
    (told,) = found("ZERO_OR_BLANK", row, earlier=before(then))
    assert told.facts == {"heading": "paid", "expected": "5,3 tỷ đồng", "week": W14.vi}
    assert says(told) == (
        'Cột "paid": báo cáo tuần thứ Tư 5/4/2023 ghi 5,3 tỷ đồng, nay để trống. '
        "Đề nghị ghi số liệu (ghi 0 nếu không có)."
    )


def test_a_column_is_called_as_on_the_form():
    columns = (Column("paid", ("Đã thanh toán lũy kế", "Đã trả"), CellKind.MONEY),)
    (form,) = CAMPAIGN.forms
    of_form = replace(form, parts=(replace(form.parts[0], columns=columns),))
    campaign = replace(CAMPAIGN, forms=(of_form,))
    verdict = judge(submission(debt(8)), (), campaign, before(debt(5, paid=0)))
    (told,) = (each for each in verdict.findings if each.code == "ZERO_OR_BLANK")
    assert told.facts["heading"] == "Đã thanh toán lũy kế"


def test_a_project_without_earlier_sums_and_rows_that_are_no_projects_are_not_asked():
    then = debt(5, paid=7)
    assert blanked(debt(8, "Dự án khác"), then) == []
    assert cells("ZERO_OR_BLANK", debt(8)) == []
    for kind in (DebtRowKind.TOTAL, DebtRowKind.NO_DEBT):
        assert blanked(debt(8, kind=kind), replace(then, kind=kind)) == []


# --- projects that leave, and that change their name ----------------------------------------------------------

KEPT = debt(5, "Đường trục xã", accepted=9, allotted_commune=9, paid=9)
CANAL = debt(
    6, "Kênh N2", decision="13/QĐ-UBND", accepted=1000, allotted_commune=700, paid=600, stated_debt=300
)


def left(*now: DebtRow, then: DebtRow = CANAL) -> list[str]:
    """The projects that are told to be gone."""
    return [each.facts["seen"] for each in found("PROJECT_GONE", *now, earlier=before(KEPT, then))]


def renamed(*now: DebtRow, then: tuple[DebtRow, ...] = (KEPT, CANAL)) -> list[str]:
    """The cells at which a project is told to be renamed; then none of those is told to be gone."""
    assert found("PROJECT_GONE", *now, earlier=before(*then)) == ()
    return cells("PROJECT_RENAMED", *now, earlier=before(*then))


def test_a_project_with_debt_that_the_table_lists_no_more_is_told_at_the_table():
    (told,) = found("PROJECT_GONE", KEPT, earlier=before(KEPT, CANAL))
    assert (told.place.sheet, told.place.cell) == ("C. Nợ XDCB", "")
    assert told.facts == {"seen": "Kênh N2 (13/QĐ-UBND)", "expected": "còn nợ đọng 300 đồng", "week": W14.vi}
    assert says(told).startswith(
        'Dự án "Kênh N2 (13/QĐ-UBND)" ở báo cáo tuần thứ Tư 5/4/2023 còn nợ đọng 300 đồng, nay không có trong bảng.'
    )


@pytest.mark.parametrize(
    ("sums", "is_told"),
    [
        ({"accepted": 1000, "allotted_commune": 999}, True),
        ({"accepted": 1000, "allotted_commune": 1000}, False),
        ({"accepted": 1000, "allotted_commune": 1001}, False),
        ({"accepted": 1000, "allotted_commune": 1000, "stated_debt": 1}, True),
        ({"accepted": 1000, "allotted_commune": 999, "stated_debt": 0}, True),
        ({"accepted": 1000, "allotted_commune": 1000, "stated_debt": 0}, False),
        ({"stated_debt": 0}, False),
        ({"stated_debt": 1}, True),
    ],
)
def test_a_project_without_debt_may_leave(sums, is_told):
    assert bool(left(KEPT, then=debt(6, "Kênh N2", **sums))) is is_told


def test_of_two_debts_the_legal_one_is_named():
    (told,) = found("PROJECT_GONE", KEPT, earlier=before(KEPT, replace(CANAL, stated_debt=400)))
    assert told.facts["expected"] == "còn nợ đọng 300 đồng"


def test_a_debt_that_nobody_stated_is_not_zero():
    (told,) = found("PROJECT_GONE", KEPT, earlier=before(KEPT, debt(6, "Kênh N2", accepted=1000)))
    assert says(told).startswith(
        'Dự án "Kênh N2" ở báo cáo tuần thứ Tư 5/4/2023 chưa có số liệu nợ đọng, nay không có trong bảng.'
    )


def test_a_statement_of_no_debt_does_not_settle_what_was_owed():
    assert left(debt(8, "Không có nợ đọng", kind=DebtRowKind.NO_DEBT)) == ["Kênh N2 (13/QĐ-UBND)"]


def test_each_project_that_is_gone_is_named():
    table = before(KEPT, CANAL, debt(7, "Trường", stated_debt=5))
    assert [each.facts["seen"] for each in found("PROJECT_GONE", KEPT, earlier=table)] == [
        "Kênh N2 (13/QĐ-UBND)",
        "Trường",
    ]


def test_a_file_without_a_debt_table_has_lost_no_project():
    assert found("PROJECT_GONE", earlier=before(KEPT, CANAL)) == ()
    assert found("PROJECT_GONE", KEPT) == ()


def test_a_total_that_is_gone_is_no_project():
    assert left(KEPT, then=replace(CANAL, kind=DebtRowKind.TOTAL)) == []


@pytest.mark.parametrize("name", ["kênh  N2", "KÊNH N2", "Kênh N2."])
def test_a_project_that_stays_is_neither_gone_nor_renamed(name):
    assert renamed(KEPT, replace(CANAL, project=name)) == []


def test_a_project_listed_twice_now_or_then_is_not_gone():
    assert left(KEPT, CANAL, CANAL) == []
    assert found("PROJECT_GONE", KEPT, CANAL, earlier=before(KEPT, CANAL, CANAL)) == ()


def test_another_name_under_the_same_decision_is_told_at_the_name_with_both():
    (told,) = found(
        "PROJECT_RENAMED", KEPT, replace(CANAL, row=8, project="Kênh N3"), earlier=before(KEPT, CANAL)
    )
    assert told.place.cell == f"{LETTERS['project']}8"
    assert told.facts == {"seen": "Kênh N3 (13/QĐ-UBND)", "first": "Kênh N2 (13/QĐ-UBND)", "week": W14.vi}
    assert says(told).startswith(
        'Dự án "Kênh N3 (13/QĐ-UBND)" ở báo cáo tuần thứ Tư 5/4/2023 là "Kênh N2 (13/QĐ-UBND)".'
    )


@pytest.mark.parametrize("decision", ["13/QĐ-UBND năm 2022", "Số 013/QĐ-UBND"])
def test_a_decision_written_otherwise_is_no_change_of_name(decision):
    assert renamed(KEPT, replace(CANAL, decision=decision)) == []
    assert renamed(KEPT, replace(CANAL, decision=decision, project="Kênh N3")) == [f"{LETTERS['project']}6"]


@pytest.mark.parametrize("decision", ["31/QĐ-UBND", "13/QĐ-SNN"])
def test_the_same_name_under_another_decision_is_renamed_whatever_its_sums(decision):
    assert renamed(KEPT, replace(CANAL, decision=decision)) == [f"{LETTERS['project']}6"]
    assert renamed(KEPT, replace(CANAL, decision=decision, paid=601)) == [f"{LETTERS['project']}6"]


def test_a_decision_added_or_left_out_under_the_same_name_is_no_change():
    assert renamed(KEPT, replace(CANAL, decision="")) == []
    assert renamed(KEPT, CANAL, then=(KEPT, replace(CANAL, decision="chưa có"))) == []


@pytest.mark.parametrize("decision", ["", "31/QĐ-UBND"])
def test_the_same_sums_under_another_name_are_one_project(decision):
    assert renamed(KEPT, replace(CANAL, project="Kênh N3", decision=decision)) == [f"{LETTERS['project']}6"]


@pytest.mark.parametrize("name", ["accepted", "allotted_commune", "paid"])
@pytest.mark.parametrize("off", [-1, 1])
def test_a_sum_that_differs_by_a_dong_makes_them_two(name, off):
    other = replace(CANAL, project="Kênh N3", decision="31/QĐ-UBND", **{name: getattr(CANAL, name) + off})
    assert left(KEPT, other) == ["Kênh N2 (13/QĐ-UBND)"]
    assert cells("PROJECT_RENAMED", KEPT, other, earlier=before(KEPT, CANAL)) == []


def test_another_term_makes_them_two_and_another_writing_of_it_does_not():
    then, other = replace(CANAL, term="2021 - 2022"), replace(CANAL, project="Kênh N3", decision="")
    assert left(KEPT, replace(other, term="2022-2023"), then=then) == ["Kênh N2 (13/QĐ-UBND)"]
    assert renamed(KEPT, replace(other, term="2021-2022"), then=(KEPT, then)) == [f"{LETTERS['project']}6"]


@pytest.mark.parametrize(
    ("sums", "is_one"), [({"paid": 0}, True), ({"paid": 0, "allotted_commune": 0}, False)]
)
def test_two_sums_beside_zero_are_needed_as_zero_agrees_with_too_much(sums, is_one):
    then = replace(CANAL, **sums)
    other = replace(then, project="Kênh N3", decision="")
    assert bool(left(KEPT, other, then=then)) is not is_one


def test_of_two_that_are_gone_or_new_with_the_same_sums_nobody_knows_which_is_which():
    new = [replace(CANAL, row=n, project=f"Trường {n}", decision="") for n in (8, 9)]
    assert left(KEPT, *new) == ["Kênh N2 (13/QĐ-UBND)"]
    twins = before(KEPT, CANAL, replace(CANAL, row=7, project="Kênh N5", decision="14/QĐ-UBND"))
    assert len(found("PROJECT_GONE", KEPT, new[0], earlier=twins)) == 2
    assert found("PROJECT_RENAMED", KEPT, new[0], earlier=twins) == ()


def test_years_that_differ_are_two_decisions_under_another_name():
    then = replace(CANAL, decision="13/QĐ-UBND 2021")
    other = replace(CANAL, project="Trường", decision="13/QĐ-UBND 2022", paid=1)
    assert left(KEPT, other, then=then) == ["Kênh N2 (13/QĐ-UBND 2021)"]


def test_a_renamed_project_is_still_compared_under_its_decision():
    now = replace(CANAL, project="Kênh N3", paid=599)
    assert cells("PAID_FELL", KEPT, now, earlier=before(KEPT, CANAL)) == [f"{LETTERS['paid']}6"]


def test_the_others_are_compared_beside_a_project_that_was_renamed():
    now = replace(KEPT, paid=8), replace(CANAL, project="Kênh N3", decision="")
    assert cells("PAID_FELL", *now, earlier=before(KEPT, CANAL)) == [f"{LETTERS['paid']}5"]


def test_what_is_found_of_one_file_is_not_said_of_another():
    facts = RuleFacts(CAMPAIGN, before(KEPT, CANAL))
    lost, whole = (
        list(a_project_that_owes_stays_listed.check(submission(*rows), facts))
        for rows in ((KEPT,), (KEPT, CANAL))
    )
    assert (len(lost), whole) == (1, [])


# --- a file that may be another unit's ------------------------------------------------------------------------


@pytest.mark.parametrize(("severity", "is_compared"), [("quarantine", False), ("warning", True)])
def test_the_table_of_another_unit_is_not_held_against_this_senders(severity, is_compared):
    """Unless somebody answers for it: then the difference is a warning."""
    whose = finding("REPORTER_DIFFERS", severity=severity)
    verdict = judge(submission(KEPT), (whose,), CAMPAIGN, before(KEPT, CANAL))
    assert [each.code for each in verdict.findings] == ["REPORTER_DIFFERS", "PROJECT_GONE"][: 1 + is_compared]


def test_the_file_of_another_week_is_not_compared_until_somebody_answers_for_it():
    week = finding("WEEK_DIFFERS", severity="quarantine")
    verdict = judge(submission(KEPT), (week,), CAMPAIGN, before(KEPT, CANAL))
    assert [each.code for each in verdict.findings] == ["WEEK_DIFFERS"]


# --- the programme -----


@pytest.mark.parametrize(
    ("then", "now", "is_asked"),
    [(True, False, True), (True, None, False), (True, True, False), (None, False, False)],
)
def test_a_project_that_owes_and_is_the_programmes_no_longer_is_asked_about(then, now, is_asked):
    sums: dict[str, Any] = {"accepted": 500, "allotted_commune": 300}
    row, last = debt(8, in_programme=now, **sums), debt(5, in_programme=then, **sums)
    place = f"{LETTERS['in_programme']}8"
    assert cells("PROGRAMME_LEFT", row, earlier=before(last)) == ([place] if is_asked else [])
    paid = replace(row, allotted_commune=500)
    assert cells("PROGRAMME_LEFT", paid, earlier=before(last)) == ([place] if is_asked else [])
    assert cells("PROGRAMME_LEFT", paid, earlier=before(replace(last, allotted_commune=500))) == []
