"""Rules over evidence documents beside the week of the file, and beside what its sender said of them last."""

from collections.abc import Iterable, Iterator

from domain.dossiers import MOVES, may_become
from domain.findings import Finding
from domain.forms import DossierState, Part
from domain.rules.dossiers import dossier_rows
from domain.rules.rule import RuleFacts, rule
from domain.submissions import DossierRow, Submission
from domain.vietnamese import match_key


@rule(
    "DOSSIER_STEP_SKIPPED",
    source="SEMANTICS, Judgement: allowed moves between states are a table (domain/dossiers.py)",
    is_over_weeks=True,
)
def a_document_moves_as_the_table_of_moves_allows(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Since the sender's last report: after weeks without one, more may have happened to it."""
    earlier = facts.earlier.get(Part.DOSSIERS)
    if earlier is None:
        return
    weeks = (submission.week.wednesday - earlier.week.wednesday).days // 7
    for row, then in _with_last_week(submission, facts):
        if row.state is then.state or row.state is None or then.state is None:
            continue
        if row.state not in may_become(then.state, weeks):
            told = {"seen": row.state.vi, "first": then.state.vi, "expected": _in_words(MOVES[then.state])}
            yield facts.found("DOSSIER_STEP_SKIPPED", row, "state", week=earlier.week.vi, **told)


def _with_last_week(submission: Submission, facts: RuleFacts) -> Iterator[tuple[DossierRow, DossierRow]]:
    """Each document with its row in the sender's last report. Most stand where they stood: keys cost ten times that."""
    earlier = facts.earlier.get(Part.DOSSIERS)
    before = [row for row in earlier.rows if isinstance(row, DossierRow)] if earlier else []
    by_key: dict[tuple[str, str], DossierRow] = {}
    for n, row in enumerate(dossier_rows(submission) if before else ()):
        same_line = before[n] if n < len(before) else None
        if same_line and row.document == same_line.document and row.indicator == same_line.indicator:
            yield row, same_line
            continue
        by_key = by_key or {_key(each): each for each in before}
        then = by_key.get(_key(row))
        if then:
            yield row, then


def _key(row: DossierRow) -> tuple[str, str]:
    return row.indicator, match_key(row.document)


def _in_words(states: Iterable[DossierState]) -> str:
    """In the order of the way."""
    return ", ".join(state.vi for state in DossierState if state in states)
