"""Dossier states and results of both witnesses, by hand, after docs/decisions/0033."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.criteria import Assignment, Assignments, Condition, Indicator, Tolerance, Unit
from domain.forms import DossierState
from tests.factories_domain import (
    ASSIGNMENTS,
    CATALOGUE,
    campaign,
    cells,
    document,
    judged,
    summary,
    values,
    verified,
)

S = DossierState
STATES, RESULTS = "difference/my_ha/1.1/dossiers", "difference/my_ha/2.1/result"


def found(state, agency="pktht", code="1.1"):
    """What an agency says of the dossier of an indicator in my_ha."""
    return verified(agency, "my_ha", code, "met", state=state)


def listed(state, name="Báo cáo", code="1.1"):
    return document("my_ha", code, name, state)


def test_a_state_that_contradicts_the_documents_is_shown_with_both_cells():
    figure = summary(found(S.CONFIRMED), listed(S.DRAFTING)).figures[STATES]
    assert figure.value == "đang lập / phòng xác nhận"
    assert [(cell.sha256, cell.cell, cell.raw) for cell in cells(figure)] == [
        ("sha-my_ha", "D5", "đang lập"),
        ("sha-pktht", "F7", "phòng xác nhận"),
    ]


def test_of_several_documents_every_state_is_counted():
    rows = [listed(state, str(n)) for n, state in enumerate([S.CONFIRMED, S.DRAFTING, S.CONFIRMED, None])]
    assert values(found(S.CONFIRMED), *rows)[STATES] == (
        "phòng xác nhận (2), đang lập (1), không ghi (1) / phòng xác nhận"
    )


SILENT = {
    "they go together": [found(S.CONFIRMED), listed(S.SENT)],
    "the agency says no state": [found(None), listed(S.DRAFTING)],
    "the commune lists no document": [found(S.CONFIRMED)],
    "the commune states no state": [found(S.CONFIRMED), listed(None)],
    "a document of another indicator": [found(S.CONFIRMED), listed(S.DRAFTING, code="1.2")],
    "an agency that isn't in charge": [found(S.CONFIRMED, agency="pgd"), listed(S.DRAFTING)],
    "nobody in charge": [found(S.CONFIRMED, code="6.1"), listed(S.DRAFTING, code="6.1")],
    "what the catalogue doesn't have": [found(S.CONFIRMED, "ca", "KM-9"), listed(S.DRAFTING, code="KM-9")],
}


@pytest.mark.parametrize("rows", SILENT.values(), ids=SILENT)
def test_no_difference_is_made_of_silence_or_of_what_goes_together(rows):
    assert not [figure_id for figure_id in values(*rows) if figure_id.startswith("difference/")]


def test_the_dossier_of_a_condition_is_looked_at_as_that_of_an_indicator():
    rows = found(S.CONFIRMED, "ca", "GATE-NO-DONG"), listed(S.DRAFTING, code="GATE-NO-DONG")
    assert values(*rows)["difference/my_ha/GATE-NO-DONG/dossiers"] == "đang lập / phòng xác nhận"


def test_the_number_of_a_condition_is_compared_as_that_of_an_indicator():
    income = Indicator("KM-2", "Thu nhập", Unit.INCOME)
    conditions = (*CATALOGUE.conditions, Condition("KM-2", "Thu nhập", measured=income))
    leads = Assignments((*ASSIGNMENTS.rows, Assignment("KM-2", "pnn")))
    asked = campaign(catalogue=replace(CATALOGUE, conditions=conditions), assignments=leads)
    rows = (
        judged("my_ha", "KM-2", "met", result=Decimal("72.5")),
        verified("pnn", "my_ha", "KM-2", "met", result=Decimal(70)),
    )
    assert values(*rows, of=asked)["difference/my_ha/KM-2/result"] == "72,5 / 70"


@pytest.mark.parametrize(
    ("own", "agency", "said"),
    [
        ("met", "not_met", "Đạt / Chưa đạt"),
        ("met", "met", None),
        ("not_stated", "met", None),
        ("met", "not_stated", None),
    ],
)
def test_two_words_on_a_condition_are_a_difference_as_on_an_indicator(own, agency, said):
    rows = judged("my_thinh", "KM-4-ANTT-1", own), verified("ca", "my_thinh", "KM-4-ANTT-1", agency)
    assert values(*rows).get("difference/my_thinh/KM-4-ANTT-1") == said


def both(own, agency, **said):
    """The results of both for 2.1, a percent."""
    return (
        judged("my_ha", "2.1", "met", result=own and Decimal(own)),
        verified("pktht", "my_ha", "2.1", "met", result=agency and Decimal(agency), **said),
    )


def within(tolerance):
    """The campaign with this tolerance of 2.1."""
    criteria = tuple(
        replace(
            each,
            indicators=tuple(
                replace(i, tolerance=tolerance) if i.code == "2.1" else i for i in each.indicators
            ),
        )
        for each in CATALOGUE.criteria
    )
    return campaign(catalogue=replace(CATALOGUE, criteria=criteria))


def test_two_numbers_are_shown_with_both_cells():
    figure = summary(*both("98.5", "95")).figures[RESULTS]
    assert figure.value == "98,5% / 95%"
    assert [(cell.sha256, cell.cell, cell.raw) for cell in cells(figure)] == [
        ("sha-my_ha", "F9", "98.5"),
        ("sha-pktht", "L7", "95"),
    ]


def test_a_number_of_another_unit_has_no_percent_sign():
    rows = (
        judged("my_ha", "1.1", "met", result=Decimal(3)),
        verified("pktht", "my_ha", "1.1", "met", result=Decimal(2)),
    )
    assert values(*rows)["difference/my_ha/1.1/result"] == "3 / 2"


@pytest.mark.parametrize(("own", "agency"), [("95", "95"), ("95.0", "95"), (None, "95"), ("95", None)])
def test_the_same_number_or_silence_of_one_is_no_difference(own, agency):
    assert RESULTS not in values(*both(own, agency))


def test_a_commune_without_a_row_states_no_number():
    assert RESULTS not in values(both("95", "90")[1])


@pytest.mark.parametrize(
    ("own", "differs"), [("95.4", False), ("95.5", False), ("95.6", True), ("94.4", True)]
)
def test_a_confirmed_tolerance_settles_what_lies_within_it(own, differs):
    of = within(Tolerance(Decimal("0.5"), confirmed=True))
    assert values(*both(own, "95"), of=of).get(RESULTS) == (
        f"{own.replace('.', ',')}% / 95%" if differs else None
    )


@pytest.mark.parametrize(("own", "informed"), [("95.4", True), ("95.5", True), ("95.6", False)])
def test_an_unconfirmed_tolerance_informs_and_settles_nothing(own, informed):
    told = values(*both(own, "95"), of=within(Tolerance(Decimal("0.5"))))[RESULTS]
    assert told == f"{own.replace('.', ',')}% / 95%" + (
        " (trong sai số 0,5% chưa xác nhận)" if informed else ""
    )
