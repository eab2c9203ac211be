"""What a reporter says in a week and how its officer writes it: story/<week>/<reporter>.yaml as typed values.

The comment at the head of each story names what was planted in it; nothing here reads that. Blank ('' in
the story) is None: the officer left the cell empty.

`since: 2023-W15` goes on from the same reporter's story of an earlier week and says only what changed:
`progress`, `dossiers`, `rows`, `checked_on`, `remarks`, `header` and `manner` are merged key by key (a row is
replaced whole), `debt_changes` (number of the decision -> the columns that changed) amends `debt`, anything
else replaces what was there. `files`, `slips` and `heard` are of their week alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

STORIES = Path(__file__).parent / "story"
FORMS = Path(__file__).parents[2] / "config" / "forms"
_MERGED = ("progress", "dossiers", "rows", "checked_on", "remarks", "header", "manner")
_OF_ITS_WEEK = ("files", "slips", "heard")


class Writer(StrEnum):
    OPENPYXL = "openpyxl"
    XLSXWRITER = "xlsxwriter"
    MACRO = "macro"  # XlsxWriter with a VBA project
    LIBREOFFICE = "libreoffice"  # .xls or .ods by the name's ending
    CSV = "csv"


class Dates(StrEnum):
    TEXT = "text"  # 05/04/2023
    SHORT_TEXT = "short_text"  # 5/4/2023
    CELLS = "cells"


class Percents(StrEnum):
    PLAIN = "plain"  # 85
    PERCENT_TEXT = "percent_text"  # "85%"
    PERCENT_FORMAT = "percent_format"  # 0.85 shown as 85%


class Money(StrEnum):
    NUMBERS = "numbers"
    GROUPED_TEXT = "grouped_text"  # "1.234,5"
    PLAIN_TEXT = "plain_text"  # "13,82"


@dataclass(frozen=True)
class ExtraColumn:
    """A column that no form knows, after the column `after` of a part."""

    part: str
    heading: str
    after: str


@dataclass(frozen=True)
class Manner:
    """How one officer fills a workbook. `blank_rows_after`: part -> the rows that a blank one follows."""

    dates: Dates = Dates.TEXT
    percents: Percents = Percents.PLAIN
    money: Money = Money.NUMBERS
    unit_in_headings: bool = False
    headings_in_two_rows: bool = False
    codes_as_numbers: bool = False
    merge_criteria: bool = False
    first_row_criteria: bool = False
    new_tone_placement: bool = False
    decomposed: bool = False
    first_column: int = 0
    commune_names: str = "name"  # name, lower or office: Xã Mỹ Hà, xã Mỹ Hà, UBND xã Mỹ Hà
    extra_column: ExtraColumn | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    hidden_columns: tuple[str, ...] = ()
    blank_rows_after: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class SentFile:
    """One file of a story. `folder`: inbox, or late for what comes after the week was closed.

    What this file says otherwise than the story: `header` lines, `money_unit`. Where it lies otherwise:
    `folder_week`, `folder_reporter`. `same_as`: the bytes of the story's file of that name. No parts: the
    header alone, as a report of "không phát sinh" is.
    """

    folder: str
    name: str
    writer: Writer
    parts: tuple[str, ...]
    received_at: datetime
    slips: bool = False
    header: Mapping[str, Any] = field(default_factory=dict)
    money_unit: str = ""
    folder_week: str = ""
    folder_reporter: str = ""
    same_as: str = ""


@dataclass(frozen=True)
class Slip:
    """One cell that the officer got wrong: part, the row's key, the column's id, what was typed."""

    part: str
    key: str
    column: str
    typed: str


@dataclass(frozen=True)
class Story:
    """One reporter's week. Communes fill progress, dossiers, debt; agencies codes, also, checked_on, rows.

    `heard`: the week whose word of the communes an agency quotes and confirms; its own where none is told.
    """

    week: str
    reporter: str
    form: str
    files: tuple[SentFile, ...]
    manner: Manner
    header: Mapping[str, Any]
    remarks: Mapping[str, str]
    slips: tuple[Slip, ...] = ()
    money_unit: str = ""
    superior: str = "UBND huyện Mỹ Lộc"
    progress: Mapping[str, list[Any]] = field(default_factory=dict)
    dossiers: Mapping[str, list[Any]] = field(default_factory=dict)
    debt: tuple[Mapping[str, Any], ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    also: Mapping[str, list[str]] = field(default_factory=dict)
    checked_on: Mapping[str, date | None] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    heard: str = ""


@dataclass(frozen=True)
class Scenery:
    """What every story shares: printed texts of indicators, names of documents and offices, the forms."""

    indicators: Mapping[str, tuple[str, str, str]]  # code -> criterion, indicator, requirement
    documents: Mapping[str, tuple[str, str]]  # short name -> indicator, name
    communes: Mapping[str, Mapping[str, str]]
    guided_by: Mapping[str, str]
    forms: Mapping[str, Mapping[str, Any]]


@cache
def scenery() -> Scenery:
    offices = _read(STORIES / "offices.yaml")
    return Scenery(
        indicators={
            code: (row[0], row[1], row[2] or "") for code, row in _read(STORIES / "indicators.yaml").items()
        },
        documents={short: (row[0], row[1]) for short, row in _read(STORIES / "documents.yaml").items()},
        communes=offices["communes"],
        guided_by=offices["guided_by"],
        forms={form["id"]: form for form in map(_read, sorted(FORMS.glob("*.yaml")))},
    )


def weeks() -> tuple[str, ...]:
    """The weeks that have a story, in order."""
    return tuple(sorted(folder.name for folder in STORIES.iterdir() if folder.is_dir()))


@cache
def stories_of(week: str) -> Mapping[str, Story]:
    """The stories of one week by reporter."""
    told = (_story(week, _told(week, path.stem)) for path in sorted((STORIES / week).glob("*.yaml")))
    return {story.reporter: story for story in told}


def going_on(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """An earlier story as the later one, which says only what changed, tells it."""
    told = {key: value for key, value in earlier.items() if key not in _OF_ITS_WEEK}
    said = {key: value for key, value in later.items() if key not in ("since", "debt_changes")}
    for key in _MERGED:
        if key in told and key in said:
            depth = 2 if key == "rows" else 1  # of rows: commune, then code
            said[key] = _merged(told[key], said[key], depth)
    told |= said
    if changes := later.get("debt_changes"):
        told["debt"] = _amended(told["debt"], changes)
    return told


def _merged(earlier: Mapping[str, Any], later: Mapping[str, Any], depth: int) -> dict[str, Any]:
    if depth == 1:
        return {**earlier, **later}
    inner = {key: _merged(earlier.get(key, {}), value, depth - 1) for key, value in later.items()}
    return {**earlier, **inner}


def _amended(debt: list[dict[str, Any]], changes: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Raises ValueError for a change of a project that isn't listed."""
    numbers = [project["decision"].split()[1] for project in debt]  # Số 87/QĐ-UBND ngày ...
    if unknown := set(changes) - set(numbers):
        raise ValueError(f"no project of the decisions {sorted(unknown)}")
    return [{**project, **changes.get(number, {})} for number, project in zip(numbers, debt, strict=True)]


@cache
def _told(week: str, reporter: str) -> Mapping[str, Any]:
    raw = _read(STORIES / week / f"{reporter}.yaml")
    return going_on(_told(raw["since"], reporter), raw) if "since" in raw else raw


def _story(week: str, raw: Mapping[str, Any]) -> Story:
    typed = {
        "files": tuple(map(_sent_file, raw["files"])),
        "manner": _manner(raw["manner"]),
        "slips": tuple(Slip(**slip) for slip in raw.get("slips", ())),
        "debt": tuple(raw.get("debt", ())),
        "codes": tuple(raw.get("codes", ())),
    }
    return Story(**{"week": week, **raw, **typed})


def _sent_file(raw: Mapping[str, Any]) -> SentFile:
    typed = {
        "received_at": datetime.fromisoformat(raw["received_at"]),
        "parts": tuple(raw["parts"]),
        "writer": Writer(raw["writer"]),
    }
    return SentFile(**{**raw, **typed})


def _manner(raw: Mapping[str, Any]) -> Manner:
    extra = raw.get("extra_column")
    blank_rows = raw.get("blank_rows_after", {})
    typed = {
        "dates": Dates(raw.get("dates", "text")),
        "percents": Percents(raw.get("percents", "plain")),
        "money": Money(raw.get("money", "numbers")),
        "hidden_columns": tuple(raw.get("hidden_columns", ())),
        "blank_rows_after": {part: tuple(rows) for part, rows in blank_rows.items()},
        "extra_column": ExtraColumn(**extra) if extra else None,
    }
    return Manner(**{**raw, **typed})


def _read(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = _blanks_as_none(yaml.safe_load(path.read_text(encoding="utf-8")))
    return told


def _blanks_as_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _blanks_as_none(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_blanks_as_none(inner) for inner in value]
    return None if value == "" else value
