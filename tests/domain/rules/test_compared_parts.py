"""Which parts of a file are looked up among the earlier ones: as few as its verdict needs."""

from dataclasses import replace

from domain.criteria import ConditionKind
from domain.forms import Part
from domain.judgement import Judgement
from domain.rules.against_last_week import compared_first, compared_then
from domain.submissions import DossierRow, ProgressRow, RemarkRow
from tests.domain.rules.kit import before, debt, submission
from tests.factories_domain import CATALOGUE

SAID = ProgressRow(sheet="A", row=5, indicator="1.1", judgement=Judgement.MET)
REMARK = RemarkRow(sheet="D", row=4, subject="request", text="Bố trí vốn")
DOCUMENT = DossierRow(sheet="B", row=5, indicator="1.1", document="Báo cáo", state=None)


def test_what_rules_compare_is_looked_up_in_any_case_and_remarks_are_not():
    file = submission(SAID, DOCUMENT, debt(6), REMARK)
    assert compared_first(file, CATALOGUE) == {Part.PROGRESS, Part.DOSSIERS, Part.DEBT}


def test_the_rest_is_looked_up_only_where_what_was_looked_up_is_repeated():
    file = submission(SAID, REMARK)
    assert compared_then(file, before(SAID)) == {Part.REMARKS}
    other = ProgressRow(sheet="A", row=5, indicator="1.1", judgement=Judgement.NOT_MET)
    assert compared_then(file, before(other)) == frozenset()


def test_the_last_debt_is_looked_up_where_a_file_without_debt_says_that_there_is_none():
    gate = replace(CATALOGUE.conditions[1], kind=ConditionKind.NO_DEBT)
    catalogue = replace(CATALOGUE, conditions=(gate,))
    claimed = replace(SAID, indicator=gate.id)
    assert compared_first(submission(claimed), catalogue) == {Part.PROGRESS, Part.DEBT}
    assert compared_first(submission(claimed), CATALOGUE) == {Part.PROGRESS}
    for said in (SAID, replace(claimed, judgement=Judgement.NOT_MET)):
        assert compared_first(submission(said), catalogue) == {Part.PROGRESS}
    assert compared_then(submission(claimed, REMARK), before(claimed, debt(6))) == {Part.REMARKS}


def test_a_nil_report_and_a_file_of_debt_alone_owe_no_news():
    assert compared_then(submission(nil=True), before(SAID)) == frozenset()
    assert compared_then(submission(debt(6), REMARK), before(debt(6))) == frozenset()
