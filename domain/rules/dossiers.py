"""Rules over evidence documents."""

from collections.abc import Iterable, Iterator

from domain.findings import Finding
from domain.forms import Part
from domain.rules.rule import RuleFacts, rule, where
from domain.submissions import DossierRow, Submission
from domain.vietnamese import match_key, vi_date


def dossier_rows(submission: Submission) -> Iterator[DossierRow]:
    return (row for row in submission.parts.get(Part.DOSSIERS, ()) if isinstance(row, DossierRow))


@rule("DOCUMENT_REPEATED", source="SEMANTICS, Judgement: a document is (indicator, normalised name)")
def a_document_is_listed_once(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """The same name under two indicators is two documents."""
    seen: dict[tuple[str, str], DossierRow] = {}
    for row in dossier_rows(submission):
        first = seen.setdefault((row.indicator, match_key(row.document)), row)
        if first is not row:
            yield facts.found("DOCUMENT_REPEATED", row, "document", seen=row.document, first=where(first))


@rule("DATES_RUN_BACKWARDS", source="the notice, item 1: the dossier goes to the department and comes back")
def an_answer_follows_the_sending(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """The same day is possible."""
    for row in dossier_rows(submission):
        if row.sent_on and row.answered_on and row.answered_on < row.sent_on:
            told = {"seen": vi_date(row.answered_on), "first": vi_date(row.sent_on)}
            yield facts.found("DATES_RUN_BACKWARDS", row, "answered_on", **told)
