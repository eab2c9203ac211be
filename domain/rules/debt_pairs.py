"""Which project of the sender's last debt table is which of this file's. Knows no finding.

Source: docs/decisions/0010 and 0028.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.debt import allotted, may_be_one_project, names_a_decision, project_key, undated_key
from domain.forms import Part
from domain.rules.debt import projects, projects_among
from domain.rules.rule import RuleFacts
from domain.submissions import DebtRow, Submission
from domain.vietnamese import match_key


@dataclass(frozen=True, slots=True)
class Pair:
    """A project as it is stated now, and as it was."""

    now: DebtRow
    then: DebtRow

    @property
    def has_one_name(self) -> bool:
        return self.now.project == self.then.project or _name(self.now) == _name(self.then)


@dataclass(frozen=True)
class TwoTables:
    """`known`: projects that stand in both. `renamed`: nearly certainly one, under another name or decision.
    `gone`: those that only the earlier table lists. `week`: of the earlier table, as people read it."""

    week: str = ""
    known: Sequence[Pair] = ()
    renamed: Sequence[Pair] = ()
    gone: Sequence[DebtRow] = ()


_Rows = Sequence[DebtRow]
_Key = Callable[[DebtRow], Hashable | None]


def beside_the_last_table(submission: Submission, facts: RuleFacts) -> TwoTables:
    """Without a project where the file brings no debt table, or its sender never had one in force."""
    before = facts.earlier.get(Part.DEBT)
    if before is None or Part.DEBT not in submission.parts:
        return TwoTables()
    now, then = _by(project_key, projects(submission)), _by(project_key, projects_among(before.rows))
    known = [Pair(rows[0], then[key][0]) for key, rows in now.items() if _is_one_of_each(key, now, then)]
    new = [row for key, rows in now.items() if key not in then for row in rows]
    gone = [row for key, rows in then.items() if key not in now for row in rows]
    tables = TwoTables(before.week.vi, known, (), gone)
    return _with_others(tables, new) if new and gone else tables


def _with_others(tables: TwoTables, new: _Rows) -> TwoTables:
    """The projects that have no key in common: by number without its year, by name, by what they state."""
    undated, new, gone = _paired(undated_key, new, tables.gone, may_be_one_project)
    written_fuller, new, gone = _paired(_name, new, gone, _has_one_decision_at_most)
    another_decision, new, gone = _paired(_name, new, gone)
    another_name, _, gone = _paired(_sums_and_term, new, gone)
    known = (*tables.known, *undated, *written_fuller)
    return TwoTables(tables.week, known, (*another_decision, *another_name), gone)


def _paired(
    key: _Key, new: _Rows, gone: _Rows, fits: Callable[[DebtRow, DebtRow], bool] = lambda _, __: True
) -> tuple[list[Pair], _Rows, _Rows]:
    """Those of one key that stands once on each side; and the others."""
    of_new, of_gone = _by(key, new), _by(key, gone)
    pairs = {
        each: Pair(rows[0], of_gone[each][0])
        for each, rows in of_new.items()
        if each is not None and _is_one_of_each(each, of_new, of_gone) and fits(rows[0], of_gone[each][0])
    }
    others = [
        [row for each, rows in side.items() if each not in pairs for row in rows]
        for side in (of_new, of_gone)
    ]
    return list(pairs.values()), others[0], others[1]


def _by(key: _Key, rows: Iterable[DebtRow]) -> Mapping[Hashable | None, _Rows]:
    found: dict[Hashable | None, list[DebtRow]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)


def _is_one_of_each(
    key: Hashable | None, now: Mapping[Hashable | None, _Rows], then: Mapping[Hashable | None, _Rows]
) -> bool:
    """Of a key that is repeated nobody knows which row is which."""
    return len(now.get(key, ())) == 1 == len(then.get(key, ()))


def _name(row: DebtRow) -> str:
    return match_key(row.project)


def _has_one_decision_at_most(row: DebtRow, other: DebtRow) -> bool:
    return not (names_a_decision(row.decision) and names_a_decision(other.decision))


def _sums_and_term(row: DebtRow) -> Hashable | None:
    """None where fewer than two of the sums are stated beside zero: zero agrees with too much."""
    sums = row.accepted, allotted(row), row.paid
    return (*sums, match_key(row.term)) if sum(map(bool, sums)) >= 2 else None
