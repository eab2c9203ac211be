"""What an agency says of its checks: row by row, beside the week, and beside what it said last."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from config.facts import load_campaign
from domain.findings import Finding
from domain.judgement import Judgement
from domain.rules import judge
from domain.submissions import NOTHING_EARLIER, Earlier, VerificationRow
from tests.domain.rules.kit import CAMPAIGN, W14, before, submission
from tests.factories import says
from tests.factories_domain import W15

J = Judgement
COLUMNS = {"judgement": "E", "lacking": "G", "checked_on": "H"}
SPELLINGS = replace(CAMPAIGN.spellings, nothing=frozenset({"không", "-"}))


def verified(
    judgement: Judgement = J.MET, row: int = 5, commune: str = "my_ha", indicator: str = "1.1", **said: Any
) -> VerificationRow:
    about: dict[str, Any] = {"commune": commune, "indicator": indicator, "judgement": judgement}
    return VerificationRow(sheet="Thẩm tra", row=row, columns=COLUMNS, **about, **said)


def found(code: str, *rows: VerificationRow, earlier: Earlier = NOTHING_EARLIER) -> list[Finding]:
    campaign = replace(CAMPAIGN, spellings=SPELLINGS)
    verdict = judge(submission(*rows, reporter="pktht"), (), campaign, earlier)
    assert "RULE_FAILED" not in {finding.code for finding in verdict.findings}
    return [finding for finding in verdict.findings if finding.code == code]


def cells(code: str, *rows: VerificationRow, earlier: Earlier = NOTHING_EARLIER) -> list[str]:
    return [finding.place.cell for finding in found(code, *rows, earlier=earlier)]


# --- a judgement and what is lacking -----


@pytest.mark.parametrize("judgement", J)
def test_what_is_met_lacks_nothing(judgement):
    row = verified(judgement, lacking="Biên bản nghiệm thu", proposal="Hoàn thiện")
    assert cells("MET_BUT_LACKING", row) == (["G5"] if judgement is J.MET else [])


@pytest.mark.parametrize("lacking", ["", "Không", "không.", "-", " – "])
def test_the_ways_of_writing_nothing_are_nothing(lacking):
    assert cells("MET_BUT_LACKING", verified(lacking=lacking)) == []
    assert cells("NOT_MET_UNEXPLAINED", verified(J.NOT_MET, lacking=lacking)) == ["G5"]


@pytest.mark.parametrize("judgement", J)
def test_what_is_not_met_says_what_is_lacking(judgement):
    is_found = judgement is J.NOT_MET
    assert cells("NOT_MET_UNEXPLAINED", verified(judgement)) == (["G5"] if is_found else [])


@pytest.mark.parametrize(("without", "cell"), [({"lacking"}, "J5"), ({"lacking", "proposal"}, "E5")])
def test_a_table_without_a_column_for_what_is_lacking_is_told_at_the_next_best_cell(without, cell):
    columns = {name: at for name, at in (COLUMNS | {"proposal": "J"}).items() if name not in without}
    assert cells("NOT_MET_UNEXPLAINED", replace(verified(J.NOT_MET), columns=columns)) == [cell]


@pytest.mark.parametrize("said", [{"lacking": "Biên bản"}, {"proposal": "Bố trí vốn"}])
def test_a_lacking_or_a_proposal_explains(said):
    assert cells("NOT_MET_UNEXPLAINED", verified(J.NOT_MET, **said)) == []


def test_the_sentences_quote_what_is_lacking():
    (only,) = found("MET_BUT_LACKING", verified(lacking="Biên bản nghiệm thu"))
    assert says(only).startswith('Đánh giá "Đạt" nhưng còn ghi nội dung thiếu: "Biên bản nghiệm thu". ')


def test_the_shipped_lists_know_how_nothing_is_written():
    assert {"không", "-", "không thiếu"} <= load_campaign("my-loc-2023").spellings.nothing


# --- check dates -----


@pytest.mark.parametrize(("day", "is_found"), [(11, False), (12, False), (13, True)])
def test_a_check_was_made_by_the_deadline_day(day, is_found):
    row = verified(checked_on=date(2023, 4, day))
    assert cells("DATE_AFTER_WEEK", row) == (["H5"] if is_found else [])


def checked(day: int | None, row: int = 5, **said: Any) -> VerificationRow:
    return verified(row=row, checked_on=day and date(2023, 4, day), **said)


@pytest.mark.parametrize(("day", "is_found"), [(3, True), (4, False), (5, False), (None, False)])
def test_a_check_date_never_runs_backwards(day, is_found):
    found_at = cells("CHECK_RUNS_BACKWARDS", checked(day), earlier=before(checked(4)))
    assert found_at == (["H5"] if is_found else [])


def test_a_first_check_runs_nowhere():
    assert cells("CHECK_RUNS_BACKWARDS", checked(3), earlier=before(checked(None))) == []
    assert cells("CHECK_RUNS_BACKWARDS", checked(3)) == []


@pytest.mark.parametrize("other", [checked(4, commune="my_thinh"), checked(4, indicator="1.2")])
def test_only_the_same_indicator_of_the_same_commune_is_compared(other):
    assert cells("CHECK_RUNS_BACKWARDS", checked(3), earlier=before(other)) == []


def test_a_row_is_known_in_another_line():
    then = before(checked(4), checked(6, 6, commune="my_thinh"))
    now = checked(5, 5, commune="my_thinh"), checked(4, 6), checked(1, 7, indicator="1.2")
    assert cells("CHECK_RUNS_BACKWARDS", *now, earlier=then) == ["H5"]


def test_the_sentence_names_both_dates_and_the_week():
    (only,) = found("CHECK_RUNS_BACKWARDS", checked(3), earlier=before(checked(4)))
    assert says(only).startswith(
        "Ngày kiểm tra 3/4/2023 trước ngày 4/4/2023 ghi trong báo cáo tuần thứ Tư 5/4/2023. "
    )


# --- what stays lacking -----


def lacking(text: str, judgement: Judgement = J.NOT_MET, row: int = 5, **said: Any) -> VerificationRow:
    return verified(judgement, row, lacking=text, **said)


@pytest.mark.parametrize("judgement", J)
def test_what_was_lacking_last_time_and_still_is_is_noted(judgement):
    then = before(lacking("Biên bản họp thôn"))
    still = cells("STILL_LACKING", lacking("Biên bản họp thôn", judgement), earlier=then)
    assert still == ([] if judgement is J.MET else ["G5"])


@pytest.mark.parametrize(
    ("then", "now", "is_found"),
    [
        ("Biên bản hoà giải", "biên bản hòa giải.", True),
        ("Biên bản, ảnh", "Ảnh", False),
        ("", "", False),
        ("Không", "Không", False),
        ("", "Ảnh", False),
        ("Ảnh", "", False),
    ],
)
def test_only_the_same_words_stand_unchanged(then, now, is_found):
    assert cells("STILL_LACKING", lacking(now), earlier=before(lacking(then))) == (["G5"] if is_found else [])


def test_a_first_report_and_another_commune_have_nothing_standing():
    assert cells("STILL_LACKING", lacking("Ảnh")) == []
    assert cells("STILL_LACKING", lacking("Ảnh"), earlier=before(lacking("Ảnh", commune="my_thinh"))) == []


def test_the_note_names_the_week_of_the_last_report_and_the_commune():
    (only,) = found("STILL_LACKING", lacking("Ảnh"), earlier=before(lacking("Ảnh"), week=W14))
    assert W14 < W15
    assert says(only).startswith(
        'Xã Mỹ Hà: báo cáo tuần thứ Tư 5/4/2023 đã nêu còn thiếu "Ảnh", đến nay chưa có.'
    )
