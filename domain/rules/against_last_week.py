"""Rules over a file beside what its sender had in force in earlier weeks. Knows no ledger: the rows come in.

The file's own week is never an earlier one, so the order in which the files of one week are judged changes nothing.
Source: docs/decisions/0015.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from operator import attrgetter

from domain.criteria import Catalogue
from domain.findings import Finding, Place
from domain.forms import Part
from domain.rules.conditions import denies_debt
from domain.rules.debt import written
from domain.rules.debt_pairs import beside_the_last_table
from domain.rules.debt_sums import SUMMED, sums_of
from domain.rules.rule import RuleFacts, rule
from domain.submissions import TYPED_FIELDS, DebtRow, Earlier, Row, Submission
from domain.telling import finding

_SLIPS: Mapping[Fraction, str] = {
    Fraction(10**3): "gấp đúng 1.000 lần",
    Fraction(10**6): "gấp đúng 1.000.000 lần",
    Fraction(1, 10**3): "bằng đúng 1/1.000",
    Fraction(1, 10**6): "bằng đúng 1/1.000.000",
}
_NEARLY = (
    (10**3, 1, "gấp khoảng 1.000 lần"),
    (10**6, 1, "gấp khoảng 1.000.000 lần"),
    (1, 10**3, "bằng khoảng 1/1.000"),
    (1, 10**6, "bằng khoảng 1/1.000.000"),
)
_Said = tuple[object, ...]
FindSlips = Callable[[DebtRow, DebtRow], Sequence[tuple[str, str]]]
_SAID = {part: attrgetter(*names) for part, names in TYPED_FIELDS.items()}
# What is quoted of somebody else is no news, nor what of the same words was not read before (decision 0033).
_NO_NEWS = frozenset({"commune_said", "state"})
_OWN_SAID = _SAID | {
    Part.VERIFICATION: attrgetter(*(n for n in TYPED_FIELDS[Part.VERIFICATION] if n not in _NO_NEWS))
}
_FIRST_FIELD = {part: attrgetter(names[0]) for part, names in TYPED_FIELDS.items()}
_FEWEST = 2  # sums: one alone may be a project that has begun
_MOST_MOVED = 10  # times, within a week; a unit moves a sum a thousand times
# Parts that a week without news states again.
_REPORTED_WEEKLY = frozenset({Part.PROGRESS, Part.VERIFICATION})
_COMPARED_FIRST = _REPORTED_WEEKLY | {Part.DOSSIERS, Part.DEBT}


def compared_first(submission: Submission, catalogue: Catalogue) -> frozenset[Part]:
    """The parts to look up in any case: of this file, and the debt of which it says that there is none."""
    return _own_first(submission) | ({Part.DEBT} if denies_debt(submission, catalogue) else frozenset())


def _own_first(submission: Submission) -> frozenset[Part]:
    return frozenset(submission.parts.keys() & _COMPARED_FIRST)


def compared_then(submission: Submission, earlier: Earlier) -> frozenset[Part]:
    """The others, where the file has repeated those: of most files they need never be read."""
    first = {part: submission.parts[part] for part in _own_first(submission)}
    is_copy_so_far = _owes_news(submission) and all(_is_repeated(*each, earlier) for each in first.items())
    return frozenset(submission.parts.keys() - first.keys()) if is_copy_so_far else frozenset()


@rule("UNIT_SLIP", source="SEMANTICS, Money: a slip of 10^3 or 10^6 against last week is a finding")
def sums_are_not_those_of_last_week_in_another_unit(
    submission: Submission, facts: RuleFacts
) -> Iterable[Finding]:
    """Exactly so in two sums of a project at least: a plain growth hits no such ratio twice. The others may have moved
    besides; of one alone, and of what is only nearly so: debt_units.py."""
    return told_of_slips("UNIT_SLIP", slipped, submission, facts)


def told_of_slips(code: str, find: FindSlips, submission: Submission, facts: RuleFacts) -> Iterator[Finding]:
    """At each sum that `find` gives of a project now and in the last table, with its ratio in words."""
    tables = facts.once(beside_the_last_table, submission)
    for pair in tables.known:
        for name, ratio in find(pair.now, pair.then):
            was, now = getattr(pair.then, name), getattr(pair.now, name)
            told = {"seen": written(now, pair.now), "expected": written(was, pair.then), "ratio": ratio}
            yield facts.found(code, pair.now, name, **told, week=tables.week)


@rule("UNCHANGED_COPY", source="SEMANTICS, Submissions: a stale copy is flagged")
def a_report_says_something_new(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """A week without news is told by "không phát sinh". The weeks are named: parts may come from several."""
    if not _owes_news(submission):
        return
    if all(_is_repeated(part, rows, facts.earlier) for part, rows in submission.parts.items()):
        weeks = {facts.earlier[part].week for part in submission.parts}
        named = ", ".join(week.vi for week in sorted(weeks))
        yield finding(facts.campaign, "UNCHANGED_COPY", Place(), week=named)


@rule(
    "NIL_WITH_NEWS",
    source="SEMANTICS, Submissions: nil says that nothing has changed since the last accepted report",
    is_over_weeks=True,
)
def a_report_of_no_change_changes_nothing(submission: Submission, facts: RuleFacts) -> Iterable[Finding]:
    """What its tables say counts (decision 0004), so one of the two is wrong. Words may come with a nil report; one
    without anything to refer to is an error already."""
    if not submission.nil or not facts.earlier:
        return
    compared = {part: rows for part, rows in submission.parts.items() if part in _COMPARED_FIRST}
    new = [part for part, rows in compared.items() if not _is_repeated(part, rows, facts.earlier, _OWN_SAID)]
    if new:
        source = submission.nil_source
        place = Place(source.sheet, source.cell) if source else Place()
        yield finding(facts.campaign, "NIL_WITH_NEWS", place, part=", ".join(part.vi for part in new))


def _owes_news(submission: Submission) -> bool:
    return not submission.nil and bool(_REPORTED_WEEKLY & submission.parts.keys())


def slipped(now: DebtRow, then: DebtRow) -> Sequence[tuple[str, str]]:
    """The sums with one such ratio, in words, where two have it and all the others, too, give or take tenfold. Zero is
    zero in any unit."""
    sums = list(zip(SUMMED, sums_of(now), sums_of(then), strict=True))
    for _, stated, was in sums:
        if stated and stated == was:  # of most projects the first, and a fraction is dear
            return ()
    ratios = {name: Fraction(stated, was) for name, stated, was in sums if stated and was}
    exact = Counter(ratio for ratio in ratios.values() if ratio in _SLIPS)
    ratio, sums_with_it = next(iter(exact.most_common(1)), (Fraction(1), 0))
    if sums_with_it < _FEWEST or any(not _is_near(each, ratio) for each in ratios.values()):
        return ()
    return [(name, _SLIPS[ratio]) for name, each in ratios.items() if each == ratio]


def nearly_slipped(now: DebtRow, then: DebtRow) -> Sequence[tuple[str, str]]:
    """All the sums beside zero, two at least, with what their ratio is near to, in words, where that is one ratio and
    isn't exactly so: a slip beside the week's growth and rounding."""
    found: list[tuple[str, str]] = []
    for name, stated, was in zip(SUMMED, sums_of(now), sums_of(then), strict=True):
        if not stated or not was:
            continue
        ratio = _nearly(stated, was)
        if not ratio or (found and found[0][1] != ratio):  # of most projects at the first
            return ()
        found.append((name, ratio))
    return found if len(found) >= _FEWEST and not slipped(now, then) else ()


def _nearly(stated: int, was: int) -> str:
    """ "" where it is near to none. From half to double: a small sum moves so in a week."""
    near = (told for up, down, told in _NEARLY if up * was <= 2 * down * stated <= 4 * up * was)
    return next(near, "")


def slipped_alone(now: DebtRow, then: DebtRow) -> Sequence[tuple[str, str]]:
    """The sums with such a ratio, in words, of a project whose others say that its unit is the same."""
    said, before = sums_of(now), sums_of(then)
    if said == before:
        return ()
    # Asked first in whole numbers: a fraction is dear.
    found = [
        (name, Fraction(stated, was))
        for name, stated, was in zip(SUMMED, said, before, strict=True)
        if stated != was and stated and was and _may_slip(stated, was)
    ]
    is_alone = found and not slipped(now, then) and not nearly_slipped(now, then)
    return [(name, _SLIPS[ratio]) for name, ratio in found] if is_alone else ()


def _may_slip(stated: int, was: int) -> bool:
    return max(stated, was) in (min(stated, was) * 10**3, min(stated, was) * 10**6)


def _is_near(ratio: Fraction, other: Fraction) -> bool:
    """A sum moves less in a week."""
    return Fraction(1, _MOST_MOVED) < ratio / other < _MOST_MOVED


def _is_repeated(
    part: Part, rows: Sequence[Row], earlier: Earlier, fields: Mapping[Part, Callable[[Row], _Said]] = _SAID
) -> bool:
    """In every one of these fields, in whatever order."""
    before = earlier.get(part)
    if before is None or len(before.rows) != len(rows):
        return False
    said = fields[part]
    moved: list[tuple[_Said, _Said]] = []
    for now, then in zip(map(said, rows), map(said, before.rows), strict=True):
        if now == then:
            continue
        if _is_news(
            now, said, _FIRST_FIELD[part], before.rows
        ):  # in most files the first row that differs is
            return False
        moved.append((now, then))
    return Counter(now for now, _ in moved) == Counter(then for _, then in moved)


def _is_news(
    now: _Said, said: Callable[[Row], _Said], begins: Callable[[Row], object], before: Sequence[Row]
) -> bool:
    return all(said(row) != now for row in before if begins(row) == now[0])
