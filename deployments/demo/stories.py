"""What a reporter says in a week and how its officer writes it: story/<week>/<reporter>.yaml as typed values.

The comment at the head of each story names what was planted in it; nothing here reads that. Blank ('' in
the story) is None: the officer left the cell empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

STORIES = Path(__file__).parent / "story"
FORMS = Path(__file__).parents[2] / "config" / "forms"


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
    """One file of a story. `folder`: inbox, or late for what comes after the week was closed."""

    folder: str
    name: str
    writer: Writer
    parts: tuple[str, ...]
    received_at: datetime
    slips: bool = False


@dataclass(frozen=True)
class Slip:
    """One cell that the officer got wrong: part, the row's key, the column's id, what was typed."""

    part: str
    key: str
    column: str
    typed: str


@dataclass(frozen=True)
class Story:
    """One reporter's week. Communes fill progress, dossiers, debt; agencies codes, also, checked_on, rows."""

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


@dataclass(frozen=True)
class Scenery:
    """What every story shares: printed texts of indicators, names of documents and offices, the forms."""

    indicators: Mapping[str, tuple[str, str, str]]  # code -> criterion, indicator, requirement
    documents: Mapping[str, tuple[str, str]]  # short name -> indicator, name
    communes: Mapping[str, Mapping[str, str]]
    guided_by: Mapping[str, str]
    forms: Mapping[str, Mapping[str, Any]]


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


def stories_of(week: str) -> dict[str, Story]:
    """The stories of one week by reporter."""
    told = (_story(week, _read(path)) for path in sorted((STORIES / week).glob("*.yaml")))
    return {story.reporter: story for story in told}


def _story(week: str, raw: dict[str, Any]) -> Story:
    raw["files"] = tuple(_sent_file(file) for file in raw["files"])
    raw["manner"] = _manner(raw["manner"])
    raw["slips"] = tuple(Slip(**slip) for slip in raw.get("slips", ()))
    raw["debt"] = tuple(raw.get("debt", ()))
    raw["codes"] = tuple(raw.get("codes", ()))
    return Story(week=week, **raw)


def _sent_file(raw: dict[str, Any]) -> SentFile:
    received_at = datetime.fromisoformat(raw.pop("received_at"))
    parts = tuple(raw.pop("parts"))
    return SentFile(writer=Writer(raw.pop("writer")), parts=parts, received_at=received_at, **raw)


def _manner(raw: dict[str, Any]) -> Manner:
    raw["dates"] = Dates(raw.get("dates", "text"))
    raw["percents"] = Percents(raw.get("percents", "plain"))
    raw["money"] = Money(raw.get("money", "numbers"))
    raw["hidden_columns"] = tuple(raw.get("hidden_columns", ()))
    raw["blank_rows_after"] = {part: tuple(rows) for part, rows in raw.get("blank_rows_after", {}).items()}
    extra = raw.pop("extra_column", None)
    return Manner(extra_column=ExtraColumn(**extra) if extra else None, **raw)


def _read(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = _blanks_as_none(yaml.safe_load(path.read_text(encoding="utf-8")))
    return told


def _blanks_as_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _blanks_as_none(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_blanks_as_none(inner) for inner in value]
    return None if value == "" else value
