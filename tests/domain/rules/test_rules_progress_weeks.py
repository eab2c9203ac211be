"""What a commune says of an indicator beside what it had said before."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.criteria import Unit
from domain.judgement import Judgement
from domain.rules import judge
from domain.submissions import ProgressRow
from tests.domain.rules.kit import CAMPAIGN, before, cells, debt, found, submission
from tests.factories import says
from tests.factories_domain import CATALOGUE

COLUMNS = {"indicator": "C", "result": "F", "judgement": "G", "planned_on": "I", "note": "J"}


def said(row: int, indicator: str, judgement: str = "met", **fields: Any) -> ProgressRow:
    word = Judgement(judgement)
    return ProgressRow(
        sheet="A. Tiến độ", row=row, columns=COLUMNS, indicator=indicator, judgement=word, **fields
    )


# --- a judgement that is taken back -------------------------------------------------------------------------


def withdrawn(now: ProgressRow, then: ProgressRow) -> list[str]:
    return cells("JUDGEMENT_WITHDRAWN", now, earlier=before(then))


@pytest.mark.parametrize(
    ("then", "now", "is_told"),
    [
        ("met", "nearly_met", True),
        ("met", "not_met", True),
        ("met", "not_stated", True),
        ("met", "met", False),
        ("nearly_met", "not_met", False),
        ("not_met", "not_stated", False),
        ("not_stated", "not_met", False),
    ],
)
def test_only_met_is_taken_back(then: str, now: str, is_told: bool) -> None:
    assert withdrawn(said(9, "1.1", now), said(5, "1.1", then)) == (["G9"] if is_told else [])


@pytest.mark.parametrize(
    ("note", "is_told"),
    [("", True), ("  ", True), ("-", True), ("...", True), ("đổ", False), ("Đường hỏng sau mưa", False)],
)
def test_a_reason_in_the_note_is_enough(note: str, is_told: bool) -> None:
    assert withdrawn(said(9, "1.1", "not_met", note=note), said(5, "1.1")) == (["G9"] if is_told else [])


def test_another_indicator_and_one_without_a_row_before_take_nothing_back() -> None:
    both = said(9, "17.10", "not_met"), said(10, "17.1")
    assert cells("JUDGEMENT_WITHDRAWN", *both, earlier=before(said(5, "17.1"))) == []
    assert cells("JUDGEMENT_WITHDRAWN", said(9, "1.1", "not_met")) == []


def test_a_condition_is_looked_at_and_a_row_of_a_whole_criterion_is_left_to_its_indicators() -> None:
    assert withdrawn(said(9, "KM-4-ANTT-1", "not_met"), said(5, "KM-4-ANTT-1")) == ["G9"]
    assert withdrawn(said(9, "1", "not_met"), said(5, "1")) == []


@pytest.mark.parametrize(
    ("raw", "is_told"),
    [("", True), (" ", True), ("chưa ĐÁNH GIÁ.", True), ("Đạt 100%", False), ("#N/A", False)],
)
def test_a_word_that_could_not_be_read_takes_nothing_back(raw: str, is_told: bool) -> None:
    """The reading asked about it: what the sender meant is not known."""
    spellings = replace(CAMPAIGN.spellings, judgement={"chưa đánh giá": Judgement.NOT_STATED})
    row, campaign = (
        said(9, "1.1", "not_stated", raw={"judgement": raw}),
        replace(CAMPAIGN, spellings=spellings),
    )
    findings = judge(submission(row), (), campaign, before(said(5, "1.1"))).findings
    assert ("JUDGEMENT_WITHDRAWN" in {finding.code for finding in findings}) is is_told


def gone(
    *now: ProgressRow, then: tuple[ProgressRow, ...], reporter: str = "my_ha"
) -> list[tuple[str, str, str]]:
    told = found("JUDGEMENT_WITHDRAWN", *now, earlier=before(*then), reporter=reporter)
    return [(one.place.sheet, one.place.cell, one.facts["indicator"]) for one in told]


def test_rows_that_were_met_and_are_gone_are_told_once_of_the_table() -> None:
    then = said(5, "1.1"), said(6, "1.2"), said(7, "1.3"), said(8, "2.1", "not_met"), said(9, "KM-4-ANTT-1")
    told = gone(said(5, "1.2"), then=then, reporter="my_thinh")
    assert told == [("A. Tiến độ", "", "1.1, 1.3, KM-4-ANTT-1")]
    assert gone(*then, then=then) == []


def test_of_very_many_rows_that_are_gone_twenty_are_named_and_the_others_counted() -> None:
    codes = [each.code for each in CATALOGUE.indicators()][:25]
    then = tuple(said(5 + n, code) for n, code in enumerate(codes))
    ((_, _, named),) = gone(said(5, "19.1"), then=then)
    assert named == ", ".join(codes[:20]) + " và 5 chỉ tiêu khác"


def test_a_condition_that_is_gone_is_asked_for_only_where_it_is_followed() -> None:
    """A commune may leave the list of those that it is followed in: nobody asks it then."""
    then = said(5, "1.2"), said(9, "KM-4-ANTT-1")
    assert gone(said(5, "1.2"), then=then, reporter="my_ha") == []
    assert gone(said(5, "1.2"), then=then, reporter="my_thinh") == [("A. Tiến độ", "", "KM-4-ANTT-1")]


def test_a_row_that_is_gone_was_met_and_is_none_of_a_whole_criterion() -> None:
    assert gone(said(5, "1.2"), then=(said(5, "1.2"), said(6, "1.1", "nearly_met"), said(7, "1"))) == []


def test_a_report_that_brings_no_progress_takes_nothing_back() -> None:
    assert found("JUDGEMENT_WITHDRAWN", debt(8), earlier=before(said(5, "1.1"))) == ()


def test_of_rows_that_are_gone_the_officer_reads_which() -> None:
    (only,) = found("JUDGEMENT_WITHDRAWN", said(9, "1.1"), earlier=before(said(5, "1.1"), said(6, "1.2")))
    assert says(only).startswith(
        'Chỉ tiêu 1.2 đã báo "Đạt" ở tuần thứ Tư 5/4/2023, nay ghi "Chưa có số liệu" nhưng chưa nêu lý do.'
    )


def test_the_officer_reads_the_week_and_both_words() -> None:
    (only,) = found("JUDGEMENT_WITHDRAWN", said(9, "1.1", "nearly_met"), earlier=before(said(5, "1.1")))
    assert says(only).startswith(
        'Chỉ tiêu 1.1 đã báo "Đạt" ở tuần thứ Tư 5/4/2023, nay ghi "Cơ bản đạt" nhưng chưa nêu lý do. '
    )


# --- a plan that is put off ---------------------------------------------------------------------------------


def slipped(now: ProgressRow, then: ProgressRow) -> list[str]:
    return cells("PLAN_SLIPPED", now, earlier=before(then))


@pytest.mark.parametrize(
    ("day", "judgement", "is_told"),
    [
        (19, "not_met", False),
        (20, "not_met", False),
        (21, "not_met", True),
        (21, "nearly_met", True),
        (21, "not_stated", True),
        (21, "met", False),
    ],
)
def test_a_later_date_than_before_is_told_while_the_indicator_is_not_met(
    day: int, judgement: str, is_told: bool
) -> None:
    then = said(5, "1.1", "not_met", planned_on=date(2023, 5, 20))
    now = said(9, "1.1", judgement, planned_on=date(2023, 5, day))
    assert slipped(now, then) == (["I9"] if is_told else [])


def test_without_a_date_on_either_side_nothing_is_put_off() -> None:
    dated = {"planned_on": date(2023, 5, 21)}
    assert slipped(said(9, "1.1", "not_met", **dated), said(5, "1.1", "not_met")) == []
    assert slipped(said(9, "1.1", "not_met"), said(5, "1.1", "not_met", **dated)) == []
    assert cells("PLAN_SLIPPED", said(9, "1.1", "not_met", **dated)) == []


def test_a_criterion_has_a_plan_of_its_own() -> None:
    then = said(5, "1", "not_met", planned_on=date(2023, 5, 20))
    assert slipped(said(9, "1", "not_met", planned_on=date(2023, 5, 21)), then) == ["I9"]
    assert slipped(said(9, "NC-01", "not_met", planned_on=date(2023, 5, 21)), then) == ["I9"]


def test_the_officer_reads_both_dates_and_the_days_between() -> None:
    then = said(5, "1.1", "not_met", planned_on=date(2023, 4, 28))
    now = said(9, "1.1", "not_met", planned_on=date(2023, 5, 9))
    (only,) = found("PLAN_SLIPPED", now, earlier=before(then))
    assert says(only).startswith(
        "Ngày dự kiến hoàn thành chỉ tiêu 1.1 là 9/5/2023, muộn hơn 11 ngày so với báo cáo tuần "
        "thứ Tư 5/4/2023 (28/4/2023). "
    )
    assert only.without_quotes().facts["days"] == "11"


# --- a value that jumps or falls ----------------------------------------------------------------------------


def catalogue(code: str, **stated: Any) -> Any:
    """The campaign with this stated of one indicator."""
    criteria = tuple(
        replace(c, indicators=tuple(replace(i, **stated) if i.code == code else i for i in c.indicators))
        for c in CATALOGUE.criteria
    )
    return replace(CAMPAIGN, catalogue=replace(CATALOGUE, criteria=criteria))


def moved(code: str, now: str | None, then: str | None, **stated: Any) -> list[str]:
    """The cells at which a code is found when indicator 2.1 goes from `then` to `now`."""
    row, old = said(9, "2.1", result=amount(now)), said(5, "2.1", result=amount(then))
    findings = judge(submission(row), (), catalogue("2.1", **stated), before(old)).findings
    assert "RULE_FAILED" not in {finding.code for finding in findings}
    return [finding.place.cell for finding in findings if finding.code == code]


def amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("now", "then", "is_told"),
    [
        ("64.9", "60", False),
        ("65", "60", False),
        ("65.1", "60", True),
        ("55.1", "60", False),
        ("55", "60", False),
        ("54.9", "60", True),
        ("60", "60", False),
        ("0", "60", True),
        (None, "60", False),
        ("60", None, False),
    ],
)
def test_a_value_that_moves_more_than_its_plausible_step_is_told_either_way(
    now: str | None, then: str | None, is_told: bool
) -> None:
    assert moved("VALUE_JUMPED", now, then, plausible_step=Decimal(5)) == (["F9"] if is_told else [])


def test_an_indicator_without_a_plausible_step_may_move_as_it_likes() -> None:
    assert moved("VALUE_JUMPED", "0", "100") == moved("VALUE_FELL", "0", "100") == []


@pytest.mark.parametrize(
    ("now", "is_told"), [("59.9", True), ("60", False), ("60.1", False), ("0", True), (None, False)]
)
def test_a_value_counted_from_the_beginning_never_falls(now: str | None, is_told: bool) -> None:
    assert moved("VALUE_FELL", now, "60", cumulative=True) == (["F9"] if is_told else [])


def test_a_fall_of_what_only_grows_is_told_once_and_its_jump_too() -> None:
    stated = {"cumulative": True, "plausible_step": Decimal(5)}
    assert (moved("VALUE_FELL", "10", "60", **stated), moved("VALUE_JUMPED", "10", "60", **stated)) == (
        ["F9"],
        [],
    )
    assert (moved("VALUE_FELL", "70", "60", **stated), moved("VALUE_JUMPED", "70", "60", **stated)) == (
        [],
        ["F9"],
    )


def test_rows_of_criteria_and_without_a_week_before_are_left_alone() -> None:
    campaign = catalogue("2.1", cumulative=True, plausible_step=Decimal(5))
    for rows, earlier in [
        ([said(9, "2", result=Decimal(1))], before(said(5, "2", result=Decimal(90)))),
        ([said(9, "2.1", result=Decimal(1))], {}),
        ([said(9, "2.1", result=Decimal(1))], before(said(5, "2.3", result=Decimal(90)))),
    ]:
        codes = {f.code for f in judge(submission(*rows), (), campaign, earlier).findings}
        assert not codes & {"VALUE_FELL", "VALUE_JUMPED"}


def test_a_count_is_told_without_a_sign() -> None:
    campaign = catalogue("2.1", unit=Unit.COUNT, plausible_step=Decimal(2))
    earlier = before(said(5, "2.1", result=Decimal(3)))
    rows = submission(said(9, "2.1", result=Decimal(6), note="đang làm"))
    (only,) = judge(rows, (), campaign, earlier).findings
    assert says(only).startswith(
        "Chỉ tiêu 2.1: kết quả 6 thay đổi quá 2 so với báo cáo tuần thứ Tư 5/4/2023 (3)."
    )


def test_the_officer_reads_both_values_and_what_a_week_can_bring() -> None:
    campaign = catalogue("2.1", cumulative=True, plausible_step=Decimal("2.5"))

    def sentence(now: str, then: str) -> str:
        earlier = before(said(5, "2.1", result=Decimal(then)))
        rows = submission(said(9, "2.1", result=Decimal(now), note="đang làm"))
        (only,) = judge(rows, (), campaign, earlier).findings
        return says(only)

    assert sentence("90", "60.5").startswith(
        "Chỉ tiêu 2.1: kết quả 90% thay đổi quá 2,5 điểm % so với báo cáo tuần thứ Tư 5/4/2023 (60,5%). "
    )
    assert sentence("3", "60.5").startswith(
        "Chỉ tiêu 2.1 là số lũy kế nhưng kết quả 3% thấp hơn báo cáo tuần thứ Tư 5/4/2023 (60,5%). "
    )
