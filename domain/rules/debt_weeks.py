"""Rules over a debt table beside the last one that its sender had in force. Blank is not stated, never zero.

Source: docs/decisions/0028.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter

from domain.debt import allotted, is_unread, knows_its_capital, legal_debt, owed
from domain.findings import Finding, Place
from domain.forms import Part
from domain.rules.against_last_week import nearly_slipped, slipped, slipped_alone
from domain.rules.debt import debt_rows, written
from domain.rules.debt_pairs import Pair, beside_the_last_table
from domain.rules.debt_sums import SUMMED, sums_of
from domain.rules.rule import RuleFacts, rule
from domain.submissions import DebtRow, Submission
from domain.telling import finding


@rule("ACCEPTED_FELL", source="decision 0028: what is accepted is a running total")
def accepted_volume_does_not_fall(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Volume that was settled lower falls rightly: the sender is asked, the file is not returned."""
    yield from _fallen("ACCEPTED_FELL", "accepted", submission, facts)


@rule("PAID_FELL", source='form C, "Đã thanh toán lũy kế": a running total; decision 0028')
def what_is_paid_does_not_fall(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """An advance that is paid back falls rightly: the sender is asked."""
    yield from _fallen("PAID_FELL", "paid", submission, facts)


@rule("DEBT_VANISHED", source="Luật Đầu tư công 39/2019/QH14, Điều 4.20; decision 0028")
def a_debt_ends_by_payment_or_allotment(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Not by less volume, and not by writing 0. Of sums in another unit only the unit is told."""
    tables = facts.once(beside_the_last_table, submission)
    for pair in tables.known:
        debt = owed(pair.then)
        if not debt or not (name := _where_it_ended(pair)) or not _knows_all_capital(pair):
            continue
        if not _is_settled(pair) and not _has_slipped(pair):
            told = {"expected": written(debt, pair.then), "week": tables.week}
            yield facts.found("DEBT_VANISHED", pair.now, name, **told)


@rule("ZERO_OR_BLANK", source="SEMANTICS, Money: numeric 0 is zero, blank is not stated")
def a_sum_that_was_stated_stays_stated(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Told once of a column that the table has no longer: it would be said of every project."""
    tables = facts.once(beside_the_last_table, submission)
    missing: set[tuple[str, str]] = set()
    for pair in tables.known:
        for name in _left_blank(pair):
            column = pair.now.sheet, name
            if column not in missing:
                was = written(getattr(pair.then, name), pair.then)
                told = {"heading": _heading(name, facts), "expected": was, "week": tables.week}
                yield facts.found("ZERO_OR_BLANK", pair.now, name, **told)
            if name not in pair.now.columns:
                missing.add(column)


@rule(
    "PROGRAMME_LEFT",
    source='SEMANTICS, Money: column "thuộc CT MTQG NTM", the gate concerns only those; decision 0032',
)
def a_project_that_owes_stays_in_the_programme(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Its debt would leave that of the programme without being paid. Of a blank GATE_DEBT_UNCLEAR asks."""
    tables = facts.once(beside_the_last_table, submission)
    for pair in tables.known:
        has_left = pair.then.in_programme and pair.now.in_programme is False
        debt = (owed(pair.now) or owed(pair.then)) if has_left else 0
        if debt:
            told = {"expected": written(debt, pair.now), "week": tables.week}
            yield facts.found("PROGRAMME_LEFT", pair.now, "in_programme", **told)


@rule(
    "PROJECT_GONE", source="SEMANTICS, Money: a project is its decision number, else its name; decision 0028"
)
def a_project_that_owes_stays_listed(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Told of the table: there is no row to point at. One whose debt is known to be zero may leave."""
    tables = facts.once(beside_the_last_table, submission)
    place = Place(next((row.sheet for row in debt_rows(submission)), ""))
    for row in tables.gone:
        debts = legal_debt(row), row.stated_debt
        if any(debts) or debts == (None, None):
            told = {"seen": _named(row), "expected": _debt_in_words(row), "week": tables.week}
            yield finding(facts.campaign, "PROJECT_GONE", place, **told)


@rule(
    "PROJECT_RENAMED",
    source="SEMANTICS, Money: a project is its decision number, else its name; decision 0028",
)
def a_project_keeps_its_name(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """Told instead of one project that has gone and another that is new."""
    tables = facts.once(beside_the_last_table, submission)
    under_another_name = (pair for pair in tables.known if not pair.has_one_name)
    for pair in (*under_another_name, *tables.renamed):
        told = {"seen": _named(pair.now), "first": _named(pair.then), "week": tables.week}
        yield facts.found("PROJECT_RENAMED", pair.now, "project", **told)


def _named(row: DebtRow) -> str:
    return f"{row.project} ({row.decision})" if row.decision else row.project


def _debt_in_words(row: DebtRow) -> str:
    debt = legal_debt(row) or row.stated_debt
    return f"còn nợ đọng {written(debt, row)}" if debt else "chưa có số liệu nợ đọng"


def _left_blank(pair: Pair) -> list[str]:
    """What can't be read is told at its cell."""
    both = zip(SUMMED, sums_of(pair.now), sums_of(pair.then), strict=True)
    gone = [name for name, now, then in both if now is None and then is not None]
    return [name for name in gone if not is_unread(pair.now, name)]


def _heading(name: str, facts: RuleFacts) -> str:
    """As the form prints it."""
    parts = (part for form in facts.campaign.forms for part in form.parts if part.part is Part.DEBT)
    columns = (column for part in parts for column in part.columns)
    return next((column.headings[0] for column in columns if column.id == name), name)


def _where_it_ended(pair: Pair) -> str:
    """The field that says so; "" where neither debt has become zero. A zero that was stated before is no news."""
    if pair.now.stated_debt == 0 and pair.then.stated_debt != 0:
        return "stated_debt"
    return "accepted" if legal_debt(pair.now) == 0 and legal_debt(pair.then) else ""


def _knows_all_capital(pair: Pair) -> bool:
    return knows_its_capital(pair.now) and knows_its_capital(pair.then)


def _is_settled(pair: Pair) -> bool:
    """Whether payments or capital can have grown by the debt: the smaller one, where two were stated."""
    least = min(filter(None, (legal_debt(pair.then), pair.then.stated_debt)))
    # Half a last digit for the debt, for what it is compared with, and for what that was.
    slack = 2 * pair.then.last_digit + pair.now.last_digit
    grown = (_may_have_grown(of(pair.now), of(pair.then)) for of in (attrgetter("paid"), allotted))
    return any(by is None or 2 * (least - by) <= slack for by in grown)


def _may_have_grown(now: int | None, was: int | None) -> int | None:
    """At most, as a sum that was blank may have been nothing. None: a sum left blank now may hold anything, and is
    asked about by its own rule."""
    if now is None:
        return 0 if was is None else None
    return now - (was or 0)


def _fallen(code: str, name: str, submission: Submission, facts: RuleFacts) -> Iterator[Finding]:
    tables = facts.once(beside_the_last_table, submission)
    for pair in tables.known:
        was, now = getattr(pair.then, name), getattr(pair.now, name)
        if was is None or now is None or 2 * (was - now) <= _coarser_digit(pair):
            continue
        if not _is_of_another_unit(pair, name):  # of that the unit is told
            told = {"seen": written(now, pair.now), "expected": written(was, pair.then)}
            yield facts.found(code, pair.now, name, **told, week=tables.week)


def _is_of_another_unit(pair: Pair, name: str) -> bool:
    """Zero is of none."""
    has_slipped = bool(getattr(pair.now, name)) and _has_slipped(pair)
    return has_slipped or name in dict(slipped_alone(pair.now, pair.then))


def _has_slipped(pair: Pair) -> bool:
    """As a whole."""
    return bool(slipped(pair.now, pair.then) or nearly_slipped(pair.now, pair.then))


def _coarser_digit(pair: Pair) -> int:
    return max(pair.now.last_digit, pair.then.last_digit)
