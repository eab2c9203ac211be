"""The catalogue of criteria and indicators, and who is in charge of each. Codes are text:
17.1 and 17.10 are two."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from domain.dated import holds


class Unit(StrEnum):
    """What a stated result is measured in."""

    YES_NO = "yes_no"
    PERCENT = "percent"
    COUNT = "count"
    GRADE = "grade"
    LEVEL = "level"
    LITRE = "litre"
    M2_PER_PERSON = "m2_per_person"
    INCOME = "trieu_dong_per_person_year"

    @property
    def sign(self) -> str:
        """What stands behind a number of it in a sentence."""
        return "%" if self is Unit.PERCENT else ""


@dataclass(frozen=True)
class Target:
    """A threshold. Unless `confirmed` it may inform and never decides.
    `value` is a Decimal or a grade's name."""

    op: str  # ">=", "<=", ">" or "is"
    value: Decimal | str
    confirmed: bool = False


@dataclass(frozen=True)
class Tolerance:
    """By how much the results of two witnesses may lie apart, in the indicator's unit. Unless `confirmed` it may inform
    and never settles."""

    value: Decimal
    confirmed: bool = False


@dataclass(frozen=True)
class Indicator:
    """One row of the catalogue. `row_of` joins rows that are one indicator (2.2a and 2.2b are rows of 2.2).

    `plausible_step`: the most by which a result can move from one report to the next, in the indicator's unit; None:
    nobody has said. `cumulative`: counted from the beginning, so it never falls. `group_targets`: group of communes ->
    the target that holds there instead of `target`. `tolerance`: None = nobody has said, so any two
    numbers are apart. `unit_words`: what may stand behind the number of a result ("lít/người/ngày đêm").
    """

    code: str
    name: str
    unit: Unit
    target: Target | None = None
    split_by_sex: bool = False
    row_of: str | None = None
    plausible_step: Decimal | None = None
    cumulative: bool = False
    group_targets: tuple[tuple[str, Target], ...] = ()
    tolerance: Tolerance | None = None
    unit_words: tuple[str, ...] = ()

    def target_of(self, group: str | None) -> Target | None:
        """What communes of this group are to reach; without one of its own, what all are."""
        return next((target for of, target in self.group_targets if of == group), self.target)

    @property
    def counted_as(self) -> str:
        """The code under which this row is counted."""
        return self.row_of or self.code


class NumberToReach(NamedTuple):
    """An indicator whose target is a number that results are above or below, and that number."""

    indicator: Indicator
    target: Target
    value: Decimal


@dataclass(frozen=True)
class Criterion:
    id: str  # NC-01
    number: int
    name: str
    indicators: tuple[Indicator, ...]


class ConditionKind(StrEnum):
    """What a claim that a condition is met is held against."""

    NO_DEBT = "no_debt"  # the debt table: no legal debt of the programme's projects
    ALL_CRITERIA = "all_criteria"  # what the commune says of every indicator
    DOSSIERS = "dossiers"  # its evidence documents, as of an indicator


@dataclass(frozen=True)
class Condition:
    """A condition of kiểu mẫu or a gate of recognition, judged by witnesses like an indicator,
    outside the criteria. `measured`: of one that is a number, its unit and target."""

    id: str  # KM-4-ANTT-1, GATE-NO-DONG
    name: str
    communes: frozenset[str] = frozenset()  # the communes it is followed in; empty = none confirmed
    kind: ConditionKind | None = None
    measured: Indicator | None = None


@dataclass(frozen=True)
class Choice:
    """A condition that can be met in one of several fields: all conditions of at least so many of them."""

    id: str  # KM-4
    name: str
    at_least: int
    fields: Mapping[str, tuple[str, ...]]  # name of the field -> ids of its conditions


@dataclass(frozen=True)
class Group:
    """Communes that have targets of their own (nhóm xã)."""

    id: str
    name: str
    communes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Catalogue:
    """What is asked, as it holds on one day: what is dated in configuration makes a catalogue for each period."""

    id: str
    name: str
    confirmed: bool
    criteria: tuple[Criterion, ...]
    conditions: tuple[Condition, ...] = ()
    choices: tuple[Choice, ...] = ()
    groups: tuple[Group, ...] = ()
    _by_code: Mapping[str, Indicator] = field(init=False, repr=False, compare=False, default_factory=dict)
    _aims: dict[str | None, Mapping[str, NumberToReach]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {i.code: i for c in self.criteria for i in c.indicators})

    def indicators(self) -> tuple[Indicator, ...]:
        """All rows in the order of print."""
        return tuple(self._by_code.values())

    @cached_property
    def rows_of(self) -> Mapping[str, tuple[str, ...]]:
        """Code of each indicator -> its rows: 2.2 has two, 2.2a and 2.2b."""
        rows: dict[str, tuple[str, ...]] = {}
        for each in self.indicators():
            rows[each.counted_as] = (*rows.get(each.counted_as, ()), each.code)
        return rows

    @cached_property
    def split_by_sex(self) -> Mapping[str, Indicator]:
        """Code -> each that must hold for men and for women."""
        return {code: each for code, each in self._by_code.items() if each.split_by_sex}

    @cached_property
    def group_of(self) -> Mapping[str, str]:
        """Commune -> its group."""
        return {commune: group.id for group in self.groups for commune in group.communes}

    def numbers_to_reach(self, commune: str) -> Mapping[str, NumberToReach]:
        """Code -> each whose target is a number for this commune."""
        group = self.group_of.get(commune)
        if group not in self._aims:
            self._aims[group] = dict(self._numbers_of(group))
        return self._aims[group]

    def _numbers_of(self, group: str | None) -> Iterator[tuple[str, NumberToReach]]:
        of_conditions = (each.measured for each in self.conditions if each.measured)
        for each in (*self.indicators(), *of_conditions):
            target = each.target_of(group)
            if target and target.op != "is" and isinstance(target.value, Decimal):
                yield each.code, NumberToReach(each, target, target.value)

    @cached_property
    def watched(self) -> Mapping[str, Indicator]:
        """Code -> each of which it is said how its results can move from report to report."""
        return {
            code: each
            for code, each in self._by_code.items()
            if each.cumulative or each.plausible_step is not None
        }

    @cached_property
    def criteria_by_row(self) -> Mapping[str, Criterion]:
        """Number and id -> the criterion, where no indicator has that code."""
        found: dict[str, Criterion] = {}
        for criterion in self.criteria:
            for code in (str(criterion.number), criterion.id):
                if code not in self._by_code:
                    found.setdefault(code, criterion)
        return found

    def one_codes(self, codes: Iterable[str]) -> list[str]:
        """Of each indicator its own; "2" and "NC-02" are one."""
        ids = self._criterion_ids
        return [ids.get(code, code) for code in codes]

    @cached_property
    def _criterion_ids(self) -> Mapping[str, str]:
        return {code: criterion.id for code, criterion in self.criteria_by_row.items()}

    def indicator(self, code: str) -> Indicator | None:
        return self._by_code.get(code)

    def criterion_of_row(self, code: str) -> Criterion | None:
        """The criterion whose own number is this code and which has several indicators:
        a row at criterion level."""
        return self.criteria_by_row.get(code)

    def condition(self, code: str) -> Condition | None:
        return self.conditions_by_code.get(code)

    @cached_property
    def conditions_by_code(self) -> Mapping[str, Condition]:
        return {each.id: each for each in self.conditions}

    def conditions_of(self, kind: ConditionKind) -> frozenset[str]:
        """The codes of those whose claims are held against this."""
        return frozenset(each.id for each in self.conditions if each.kind is kind)

    @cached_property
    def field_of(self) -> Mapping[str, str]:
        """Condition of a choice -> the field that it belongs to, by name."""
        fields = (item for choice in self.choices for item in choice.fields.items())
        return {code: name for name, codes in fields for code in codes}

    def unit_of(self, code: str) -> Unit | None:
        measured = self.measured(code)
        return measured.unit if measured else None

    def measured(self, code: str) -> Indicator | None:
        """The indicator, or what a condition that is a number is measured by."""
        condition = self.condition(code)
        return condition.measured if condition else self.indicator(code)

    def knows(self, code: str) -> bool:
        return (
            code in self._by_code
            or self.criterion_of_row(code) is not None
            or self.condition(code) is not None
        )


@dataclass(frozen=True)
class Assignment:
    """Which agency answers for one indicator or condition. The key is the indicator, never the criterion."""

    code: str
    lead: str | None  # None: "chưa có cơ quan phụ trách"
    support: tuple[str, ...] = ()
    confirmed: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Assignments:
    rows: tuple[Assignment, ...]

    def of(self, code: str, on: date) -> Assignment | None:
        """The assignment of this code that is valid on that day."""
        for row in self._by_code.get(code, ()):
            if holds(row, on):
                return row
        return None

    @cached_property
    def _by_code(self) -> Mapping[str, Sequence[Assignment]]:
        """In their order: an agency's report asks for thirty communes."""
        found: dict[str, list[Assignment]] = {}
        for row in self.rows:
            found.setdefault(row.code, []).append(row)
        return found

    def lead_of(self, code: str, on: date) -> str | None:
        row = self.of(code, on)
        return row.lead if row else None
