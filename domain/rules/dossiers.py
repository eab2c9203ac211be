"""Rules over evidence documents."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import cast

from domain.findings import Finding
from domain.forms import Part
from domain.rules.rule import RuleFacts, rule, where
from domain.submissions import DossierRow, Submission
from domain.vietnamese import match_key, vi_date


def dossier_rows(submission: Submission) -> Sequence[DossierRow]:
    """Cast, not looked at one by one: nothing else stands in this part."""
    return cast(Sequence[DossierRow], submission.parts.get(Part.DOSSIERS, ()))


@rule("DOCUMENT_REPEATED", source="SEMANTICS, Judgement: a document is (indicator, normalised name)")
def a_document_is_listed_once(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """The same name under two indicators is two documents."""
    listed = Counter(row.indicator for row in dossier_rows(submission))
    several = (row for row in dossier_rows(submission) if listed[row.indicator] > 1)  # a key is dear
    seen: dict[tuple[str, str], DossierRow] = {}
    for row in several:
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
