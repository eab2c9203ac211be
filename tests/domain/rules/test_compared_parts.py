"""Which parts of a file are looked up among the earlier ones: as few as its verdict needs."""

from domain.forms import Part
from domain.judgement import Judgement
from domain.rules.against_last_week import compared_first, compared_then
from domain.submissions import DossierRow, ProgressRow, RemarkRow
from tests.domain.rules.kit import before, debt, submission

SAID = ProgressRow(sheet="A", row=5, indicator="1.1", judgement=Judgement.MET)
REMARK = RemarkRow(sheet="D", row=4, subject="request", text="Bố trí vốn")
DOCUMENT = DossierRow(sheet="B", row=5, indicator="1.1", document="Báo cáo", state=None)


def test_what_rules_compare_is_looked_up_in_any_case_and_remarks_are_not():
    file = submission(SAID, DOCUMENT, debt(6), REMARK)
    assert compared_first(file) == {Part.PROGRESS, Part.DOSSIERS, Part.DEBT}


def test_the_rest_is_looked_up_only_where_what_was_looked_up_is_repeated():
    file = submission(SAID, REMARK)
    assert compared_then(file, before(SAID)) == {Part.REMARKS}
    other = ProgressRow(sheet="A", row=5, indicator="1.1", judgement=Judgement.NOT_MET)
    assert compared_then(file, before(other)) == frozenset()


def test_a_nil_report_and_a_file_of_debt_alone_owe_no_news():
    assert compared_then(submission(nil=True), before(SAID)) == frozenset()
    assert compared_then(submission(debt(6), REMARK), before(debt(6))) == frozenset()
