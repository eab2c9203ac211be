"""config/rule_cases/*.yaml as domain objects: what each rule finds and what it leaves alone, case by case.

The cases are the tests of the rules and their documentation (docs/rules.md). They are written for one campaign, whose
criteria, reporters and weeks they name; a rule knows none of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from config.facts import CONFIG_ROOT
from config.mistakes import ConfigMistakes, Mistake
from config.shape import TextOrNumber, decode_entries, scalar, without_none
from config.yaml_source import read_yaml
from domain.campaign import Campaign
from domain.criteria import Indicator
from domain.findings import Place
from domain.forms import DossierState, Part
from domain.judgement import Judgement
from domain.reporters import ReporterKind
from domain.rules.cases import Case
from domain.rules.debt_sums import SUMMED
from domain.submissions import (
    ALLOTTED_FIELDS,
    ROW_TYPES,
    TYPED_FIELDS,
    Earlier,
    EarlierPart,
    Row,
    Submission,
)
from domain.weeks import WeekName

CAMPAIGN = "my-loc-2023"  # that the cases are written for
FOLDER = "rule_cases"
_Said = Mapping[str, TextOrNumber]
_OF_THE_FILE, _OF_THE_TABLE, _OTHERS = "tệp", "bảng", "other_sources"
_AGENCY_PARTS = frozenset({Part.VERIFICATION})


@dataclass(frozen=True, kw_only=True)
class RowsEntry:
    """The rows of each part, in the fields of domain/submissions. Of a project sums are written in its `unit` (đồng);
    `other_sources` is what every source of capital holds that isn't named."""

    progress: tuple[_Said, ...] = ()
    dossiers: tuple[_Said, ...] = ()
    debt: tuple[_Said, ...] = ()
    verification: tuple[_Said, ...] = ()
    remarks: tuple[_Said, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IndicatorEntry:
    """What a case takes the catalogue to state of an indicator; `confirmed`: its target. Unsaid: as it is shipped."""

    plausible_step: Decimal | None = None
    cumulative: bool | None = None
    confirmed: bool | None = None


@dataclass(frozen=True, kw_only=True)
class CaseEntry:
    """`finds`: "2.paid" is field `paid` of the second row, "paid" of the first, "tệp" the file as a whole,
    "bảng" its first table. `before`:
    what the sender had in force in the week before. `week`: the campaign's second one unless it is said.
    `catalogue`: by indicator, what no shipped catalogue states; `says` tells it, too. `nil`: "không phát sinh" is
    marked. `other_indicators`: the judgement of every indicator that the file's progress doesn't name, in rows behind
    them."""

    says: str
    file: RowsEntry
    finds: tuple[str, ...] = ()
    before: RowsEntry = field(default_factory=RowsEntry)
    week: WeekName | None = None
    reporter: str = ""
    nil: bool = False
    catalogue: Mapping[str, IndicatorEntry] = field(default_factory=dict)
    other_indicators: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleEntry:
    """`title`: what is looked at, in few words. `basis`: the text by which anybody may ask for it."""

    title: str
    basis: str
    cases: tuple[CaseEntry, ...]


@dataclass(frozen=True)
class RuleCases:
    """Of one code."""

    title: str
    basis: str
    cases: tuple[Case, ...]


def load_cases(campaign: Campaign, root: Path = CONFIG_ROOT) -> Mapping[str, RuleCases]:
    """By code. Raises ConfigMistakes with file and line, ValueError or KeyError for a row that can't be one."""
    entries: dict[str, RuleEntry] = {}
    mistakes: list[Mistake] = []
    for path in sorted((root / FOLDER).glob("*.yaml")):
        source, of_yaml = read_yaml(f"{FOLDER}/{path.name}", path.read_bytes())
        read, of_shape = decode_entries(source, RuleEntry)
        mistakes += [*of_yaml, *of_shape]
        entries |= read
    if mistakes:
        raise ConfigMistakes(tuple(mistakes))
    return {
        code: RuleCases(entry.title, entry.basis, tuple(_case(one, campaign) for one in entry.cases))
        for code, entry in entries.items()
    }


def _case(entry: CaseEntry, campaign: Campaign) -> Case:
    week = entry.week or campaign.calendar.weeks()[1]
    file, before = dict(_parts(_whole(entry, campaign))), dict(_parts(entry.before))
    submission = Submission(
        campaign=campaign.id,
        reporter=entry.reporter or _reporter(file, campaign),
        week=week,
        sha256="",
        file_name="bao-cao.xlsx",
        received_at=campaign.calendar.deadline(week),
        nil=entry.nil,
        parts=file,
    )
    earlier: Earlier = {part: EarlierPart(week.shifted(-1), rows) for part, rows in before.items()}
    finds = tuple(_place(each, file) for each in entry.finds)
    return Case(entry.says, _stating(campaign, entry.catalogue), submission, earlier, finds)


def _whole(entry: CaseEntry, campaign: Campaign) -> RowsEntry:
    """The file's rows, with those of the other indicators."""
    named = {row["indicator"] for row in entry.file.progress}
    codes = [each.code for each in campaign.catalogue.indicators() if each.code not in named]
    others = ({"indicator": code, "judgement": entry.other_indicators} for code in codes)
    progress = (*entry.file.progress, *(others if entry.other_indicators else ()))
    return replace(entry.file, progress=progress)


def _stating(campaign: Campaign, stated: Mapping[str, IndicatorEntry]) -> Campaign:
    """The campaign with a catalogue that states this."""
    catalogue = campaign.catalogue
    if unknown := [code for code in stated if catalogue.indicator(code) is None]:
        raise KeyError(f"catalogue: {', '.join(unknown)}")
    criteria = tuple(
        replace(each, indicators=tuple(_as_stated(one, stated.get(one.code)) for one in each.indicators))
        for each in catalogue.criteria
    )
    return replace(campaign, catalogue=replace(catalogue, criteria=criteria)) if stated else campaign


def _as_stated(indicator: Indicator, entry: IndicatorEntry | None) -> Indicator:
    if entry is None:
        return indicator
    facts: dict[str, Any] = {"plausible_step": entry.plausible_step, "cumulative": entry.cumulative}
    if indicator.target and entry.confirmed is not None:
        facts["target"] = replace(indicator.target, confirmed=entry.confirmed)
    return replace(indicator, **{name: value for name, value in facts.items() if value is not None})


def _reporter(file: Mapping[Part, Sequence[Row]], campaign: Campaign) -> str:
    """The first that fills in such a form."""
    kind = ReporterKind.COMMUNE if _AGENCY_PARTS.isdisjoint(file) else ReporterKind.AGENCY
    return next(one.id for one in campaign.roster.reporters if one.kind is kind)


def _parts(entry: RowsEntry) -> Iterator[tuple[Part, tuple[Row, ...]]]:
    for part in Part:
        said: Sequence[_Said] = getattr(entry, part.value)
        if said:
            yield part, tuple(_row(part, number, each) for number, each in enumerate(said, 1))


def _row(part: Part, number: int, said: _Said) -> Row:
    kinds = _kinds(part)
    values: dict[str, Any] = {"judgement": Judgement.NOT_STATED} if "judgement" in kinds else {}
    values |= {"state": None} if part is Part.DOSSIERS else {}
    values |= {name: _value(text, kinds[name]) for name, text in said.items() if name in kinds}
    if unknown := said.keys() - kinds.keys() - {_OTHERS}:
        raise KeyError(f"{part}: {', '.join(sorted(unknown))}")
    if part is Part.DEBT:
        values = _in_its_unit(values, said.get(_OTHERS))
    return ROW_TYPES[part](sheet=part.vi, row=number, columns=_columns(part), **values)


def _in_its_unit(values: Mapping[str, Any], others: str | None) -> dict[str, Any]:
    """Sums are written in the row's unit, whose ones are their last digit unless that is said (in đồng);
    `other_sources` stands for the rest."""
    rest = {} if others is None else {name: int(others) for name in ALLOTTED_FIELDS if name not in values}
    unit: int = values.get("unit", 1)
    sums = {name: amount * unit for name, amount in {**rest, **values}.items() if name in SUMMED}
    return {"last_digit": unit, **values, **sums}


def _value(text: str, kind: Any) -> Any:
    """Judgements and states in the words of people."""
    if kind in (Judgement, DossierState):
        return {each.vi.casefold(): each for each in kind}[text.casefold()]
    return scalar(text, kind)


@cache
def _kinds(part: Part) -> Mapping[str, Any]:
    hints = get_type_hints(ROW_TYPES[part])
    return {name: without_none(hints[name])[0] for name in TYPED_FIELDS[part]}


@cache
def _columns(part: Part) -> Mapping[str, str]:
    return {name: chr(ord("A") + n) for n, name in enumerate(TYPED_FIELDS[part])}


def _place(said: str, file: Mapping[Part, Sequence[Row]]) -> Place:
    """In the first part of the file that has such a field."""
    if said == _OF_THE_FILE:
        return Place()
    if said == _OF_THE_TABLE:
        return Place(next(iter(file)).vi)
    number, _, name = said.rpartition(".")
    rows = next(rows for part, rows in file.items() if name in TYPED_FIELDS[part])
    row = rows[int(number or 1) - 1]
    return Place(row.sheet, row.cell(name))
