"""Rules over evidence documents beside the week of the file, and beside what its sender said of them last."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import cast

from domain.calendar import Milestone
from domain.dossiers import MOVES, may_become, short_of
from domain.findings import Finding, Place
from domain.forms import DossierState, Part
from domain.rules.dossiers import dossier_rows
from domain.rules.parameters import WEEKS_OF_A_REQUEST
from domain.rules.rule import RuleFacts, after_the_week, rule
from domain.submissions import DossierRow, Submission
from domain.telling import finding
from domain.vietnamese import match_key, vi_date
from domain.weeks import WeekName

# Named once, as they are asked of every row.
_DRAFTING, _MORE_REQUESTED = DossierState.DRAFTING, DossierState.MORE_REQUESTED
_BEFORE_SENDING = frozenset({DossierState.NOT_STARTED, _DRAFTING})
# In these a document is with the commune, which may send it, or send it anew.
_TO_BE_SENT = _BEFORE_SENDING | {_MORE_REQUESTED}
_NAMED = 5  # of more documents their number is told: a sentence is read


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
    weeks = _weeks_between(earlier.week, submission.week)
    for row, then in facts.once(_beside_last_week, submission):
        if then is None or row.state is then.state or row.state is None or then.state is None:
            continue
        if row.state not in may_become(then.state, weeks):
            told = {"seen": row.state.vi, "first": then.state.vi, "expected": _in_words(MOVES[then.state])}
            yield facts.found("DOSSIER_STEP_SKIPPED", row, "state", week=earlier.week.vi, **told)


@rule(
    "DATE_AFTER_WEEK", source="SEMANTICS, Time: a week has its cut-off and its deadline", is_over_weeks=True
)
def a_document_was_sent_and_answered_by_the_deadline_day(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Both dates state what was done; what is planned has no column here."""
    return after_the_week(dossier_rows(submission), ("sent_on", "answered_on"), submission, facts)


@rule("SENT_ON_NOT_STATED", source="docs/decisions/0015, In time: a sending date that is blank is believed")
def a_document_that_was_sent_says_when(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """A note, as the column may be left blank: but only the date shows whether it was in time."""
    for row in dossier_rows(submission):
        if row.state and row.sent_on is None and row.state not in _BEFORE_SENDING:
            yield facts.found("SENT_ON_NOT_STATED", row, "sent_on", expected=row.state.vi)


@rule("STATE_BEFORE_SENDING", source="the notice, item 1: the dossier goes to the department and comes back")
def a_document_with_a_sending_date_is_not_before_its_sending(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """A warning: one of two words is wrong, and the state is what milestones count. What the department has answered
    may be drafted again."""
    for row in dossier_rows(submission):
        is_drafted_again = row.state is _DRAFTING and row.answered_on
        if row.sent_on and row.state in _BEFORE_SENDING and not is_drafted_again:
            told = {"seen": vi_date(row.sent_on), "expected": row.state.vi}
            yield facts.found("STATE_BEFORE_SENDING", row, "state", **told)


@rule(
    "SENT_ON_CHANGED",
    source="docs/decisions/0015, In time: the sending date says whether a document was in time",
    is_over_weeks=True,
)
def a_sending_date_stays_unless_the_document_is_sent_anew(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Sent anew: on a later day, after it was with the commune again, or may have been in weeks without a report."""
    earlier = facts.earlier.get(Part.DOSSIERS)
    if earlier is None:
        return
    unseen = _weeks_between(earlier.week, submission.week) - 1
    for row, then in facts.once(_beside_last_week, submission):
        if then is None or not row.sent_on or not then.sent_on or row.sent_on == then.sent_on:
            continue
        was_with_commune = then.state is None or not _TO_BE_SENT.isdisjoint(may_become(then.state, unseen))
        if row.sent_on < then.sent_on or not was_with_commune:
            told = {"seen": vi_date(row.sent_on), "first": vi_date(then.sent_on), "week": earlier.week.vi}
            yield facts.found("SENT_ON_CHANGED", row, "sent_on", **told)


@rule(
    "MILESTONE_PASSED",
    source="the notice, item 1: dossiers before 25/4/2023, opinions of the province before 10/5/2023",
    is_over_weeks=True,
)
def a_document_has_reached_the_state_of_a_milestone_that_is_past(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Of documents that milestones count: those of an indicator. Where several have passed, the first still open."""
    passed = list(_passed_milestones(submission, facts))
    for row in dossier_rows(submission) if passed else ():
        if row.state is None or facts.campaign.catalogue.indicator(row.indicator) is None:
            continue
        missed = next((each for each, short in passed if row.state in short), None)
        if missed:
            yield facts.found("MILESTONE_PASSED", row, "state", seen=row.state.vi, **_in_notice(missed))


def _passed_milestones(
    submission: Submission, facts: RuleFacts
) -> Iterator[tuple[Milestone, frozenset[DossierState]]]:
    """The longest past first, each with the states that have not reached it. Source: SEMANTICS, Time."""
    for each in sorted(facts.campaign.calendar.milestones, key=lambda milestone: milestone.last_good_day):
        if each.dossier_state and each.last_good_day < submission.week.wednesday:
            yield each, short_of(DossierState(each.dossier_state))


def _in_notice(milestone: Milestone) -> dict[str, str]:
    wanted = DossierState(milestone.dossier_state or "").vi
    return {"name": milestone.name, "expected": milestone.wording, "target": wanted}


@rule(
    "REQUEST_STANDS",
    source="the notice, item 1: communes complete what the departments ask for",
    is_over_weeks=True,
)
def a_request_of_the_department_is_answered_within_some_weeks(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """It stands since its date; of one without a date nobody knows how long, so it is told from the second report
    on."""
    earlier, allowed = facts.earlier.get(Part.DOSSIERS), timedelta(weeks=facts.number(WEEKS_OF_A_REQUEST))
    for row, then in facts.once(_beside_last_week, submission):
        if row.state is not _MORE_REQUESTED:
            continue
        asked_on = _answered_after_sending(row)
        if asked_on and submission.week.wednesday - asked_on >= allowed:
            yield facts.found("REQUEST_STANDS", row, "state", first=vi_date(asked_on))
        elif asked_on is None and earlier and then and then.state is row.state:
            yield facts.found("REQUEST_STANDS", row, "state", first=vi_date(earlier.week.wednesday))


@rule(
    "DOCUMENT_GONE",
    source="SEMANTICS, Judgement: a milestone counts indicators all of whose listed documents are there; decision 0036",
    is_over_weeks=True,
)
def a_document_that_was_listed_stays_listed(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Told at the indicator, which fewer documents make ready. Of indicators that aren't listed at all any more once,
    of the table: a file may bring a few rows alone."""
    gone, rows = _gone(submission, facts), dossier_rows(submission)
    first_rows = {row.indicator: row for row in reversed(rows)} if gone else {}
    for indicator in [each for each in gone if each in first_rows]:
        told = _left_out(facts, [indicator], gone.pop(indicator))
        yield facts.found("DOCUMENT_GONE", first_rows[indicator], "indicator", **told)
    if gone:
        told = _left_out(facts, gone, [row for each in gone.values() for row in each])
        yield finding(facts.campaign, "DOCUMENT_GONE", Place(rows[0].sheet), **told)


def _gone(submission: Submission, facts: RuleFacts) -> dict[str, list[DossierRow]]:
    """By indicator, of those that are asked for this week; nothing where the file brings no table."""
    pairs = facts.once(_beside_last_week, submission)
    found_again = {id(then) for _, then in pairs}
    left = [row for row in _rows_before(facts) if id(row) not in found_again] if pairs else []
    listed = {(row.indicator, match_key(row.document)) for row, _ in pairs} if left else set()
    gone: dict[str, list[DossierRow]] = {}
    for row in left:
        is_listed = (row.indicator, match_key(row.document)) in listed  # it stood there twice
        if not is_listed and facts.campaign.catalogue.knows(row.indicator):
            gone.setdefault(row.indicator, []).append(row)
    return gone


def _left_out(facts: RuleFacts, indicators: Iterable[str], rows: Sequence[DossierRow]) -> dict[str, str]:
    named = ", ".join(f'"{row.document}"' for row in rows[:_NAMED])
    others = f" và {len(rows) - _NAMED} tài liệu khác" if len(rows) > _NAMED else ""
    week = facts.earlier[Part.DOSSIERS].week.vi
    return {"indicator": ", ".join(indicators), "seen": named + others, "week": week}


def _answered_after_sending(row: DossierRow) -> date | None:
    """The day of the department's last word on what was sent last; None where it isn't stated."""
    is_older = row.answered_on and row.sent_on and row.answered_on < row.sent_on
    return None if is_older else row.answered_on


def _weeks_between(earlier: WeekName, week: WeekName) -> int:
    return (week.wednesday - earlier.wednesday).days // 7


def _beside_last_week(
    submission: Submission, facts: RuleFacts
) -> Sequence[tuple[DossierRow, DossierRow | None]]:
    """Each document with its row in the sender's last report. Most stand where they stood."""
    before, rows = _rows_before(facts), dossier_rows(submission)
    pairs: list[tuple[DossierRow, DossierRow | None]] = []
    for row, same_line in zip_longest(rows, before[: len(rows)]):
        if same_line and row.document == same_line.document and row.indicator == same_line.indicator:
            pairs.append((row, same_line))
        else:
            pairs.append((row, _of_its_name(row, facts.once(_before_by_indicator, submission))))
    return pairs


def _before_by_indicator(_: Submission, facts: RuleFacts) -> Mapping[str, Sequence[DossierRow]]:
    found: dict[str, list[DossierRow]] = {}
    for row in _rows_before(facts):
        found.setdefault(row.indicator, []).append(row)
    return found


def _rows_before(facts: RuleFacts) -> Sequence[DossierRow]:
    earlier = facts.earlier.get(Part.DOSSIERS)
    return cast(Sequence[DossierRow], earlier.rows) if earlier else ()


def _of_its_name(row: DossierRow, listed: Mapping[str, Sequence[DossierRow]]) -> DossierRow | None:
    """The last of these documents that has its name. Keys are dear: only those under its indicator are asked."""
    alike, name = listed.get(row.indicator, ()), match_key(row.document)
    return next((each for each in reversed(alike) if match_key(each.document) == name), None)


def _in_words(states: Iterable[DossierState]) -> str:
    """In the order of the way."""
    return ", ".join(state.vi for state in DossierState if state in states)
