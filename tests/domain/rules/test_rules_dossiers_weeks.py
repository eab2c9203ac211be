"""What a commune says of its documents beside the week, and beside what it said last."""

from datetime import date
from typing import Any

import pytest

from domain.forms import DossierState, Part
from domain.submissions import DossierRow, EarlierPart
from tests.domain.rules.kit import W14, before, cells, found
from tests.factories import says

S = DossierState
COLUMNS = {"document": "C", "state": "D", "sent_on": "F", "answered_on": "G"}


def document(
    state: DossierState | None, row: int = 5, indicator: str = "1.1", name: str = "Báo cáo", **said: Any
) -> DossierRow:
    about: dict[str, Any] = {"indicator": indicator, "document": name, "state": state}
    return DossierRow(sheet="B. Hồ sơ", row=row, columns=COLUMNS, **about, **said)


# --- the order of states -----


def moved(then: DossierState | None, now: DossierState | None, weeks: int = 1) -> list[str]:
    earlier = before(document(then), week=W14.shifted(1 - weeks))
    return cells("DOSSIER_STEP_SKIPPED", document(now), earlier=earlier)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (S.COMPLETE, S.NOT_STARTED),
        (S.COMPLETE, S.PROVINCE_REPLIED),
        (S.CONFIRMED, S.SENT),
        (S.DRAFTING, S.NOT_STARTED),
        (S.NOT_STARTED, S.CONFIRMED),
        (S.DRAFTING, S.COMPLETE),
    ],
)
def test_a_move_that_no_week_allows_is_found_at_the_state(then, now):
    assert moved(then, now) == ["D5"]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (S.SENT, S.SENT),
        (S.SENT, S.MORE_REQUESTED),
        (S.MORE_REQUESTED, S.DRAFTING),
        (S.MORE_REQUESTED, S.SENT),
        (S.COMPLETE, S.MORE_REQUESTED),
        (S.NOT_STARTED, S.SENT),
        (S.DRAFTING, S.CONFIRMED),
    ],
)
def test_a_move_of_the_table_is_not_found(then, now):
    assert moved(then, now) == []


@pytest.mark.parametrize(("weeks", "is_found"), [(1, True), (2, False), (3, False)])
def test_after_weeks_without_a_report_more_may_have_happened(weeks, is_found):
    assert moved(S.NOT_STARTED, S.CONFIRMED, weeks) == (["D5"] if is_found else [])


@pytest.mark.parametrize(("then", "now"), [(None, S.COMPLETE), (S.COMPLETE, None), (None, None)])
def test_a_state_left_blank_moved_nowhere(then, now):
    assert moved(then, now) == []


def test_a_new_document_and_one_that_is_gone_moved_nowhere():
    earlier = before(document(S.COMPLETE, name="Kế hoạch"), document(S.COMPLETE, indicator="1.2"))
    assert cells("DOSSIER_STEP_SKIPPED", document(S.NOT_STARTED), earlier=earlier) == []
    assert cells("DOSSIER_STEP_SKIPPED", document(S.NOT_STARTED)) == []


def test_the_same_document_is_known_in_another_line_and_spelling():
    then = before(document(S.CONFIRMED, name="Kế hoạch"), document(S.COMPLETE, 6, name="Biên bản hoà giải"))
    now = document(S.NOT_STARTED, 5, name="biên bản hòa giải."), document(S.CONFIRMED, 6, name="Kế hoạch")
    assert cells("DOSSIER_STEP_SKIPPED", *now, earlier=then) == ["D5"]


def test_a_list_that_has_grown_or_shrunk_is_compared_row_by_row():
    two = document(S.COMPLETE), document(S.COMPLETE, 6, name="Kế hoạch")
    fell = document(S.DRAFTING), document(S.DRAFTING, 6, name="Kế hoạch")
    assert cells("DOSSIER_STEP_SKIPPED", *fell, earlier=before(two[0])) == ["D5"]
    assert cells("DOSSIER_STEP_SKIPPED", fell[1], earlier=before(*two)) == ["D6"]


def test_the_sentence_names_both_states_the_week_and_what_may_follow():
    (only,) = found("DOSSIER_STEP_SKIPPED", document(S.DRAFTING), earlier=before(document(S.COMPLETE)))
    assert says(only) == (
        'Hồ sơ ghi "đang lập", trong khi báo cáo tuần thứ Tư 5/4/2023 ghi "hoàn thiện": chưa đúng trình tự. '
        'Đề nghị kiểm tra lại; sau "hoàn thiện" có thể là: phòng yêu cầu bổ sung.'
    )


def test_rows_of_another_kind_are_no_documents():
    assert before(document(S.SENT)).keys() == {Part.DOSSIERS}
    earlier = {Part.DOSSIERS: EarlierPart(W14, ())}
    assert cells("DOSSIER_STEP_SKIPPED", document(S.NOT_STARTED, sent_on=date(2023, 4, 3)), earlier=earlier) == []
