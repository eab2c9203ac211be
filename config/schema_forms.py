"""What the YAML file of a form may say: one record per kind of entry, as in schema.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.forms import CellKind, Part
from domain.judgement import Judgement
from domain.reporters import ReporterKind


@dataclass(frozen=True, kw_only=True)
class FieldEntry:
    id: str
    label: str
    kind: CellKind
    also: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class HeaderEntry:
    sheet: str
    fields: tuple[FieldEntry, ...]


@dataclass(frozen=True, kw_only=True)
class ColumnEntry:
    """`marked`: headings of columns that stand for a judgement column, one for each judgement, ticked with x."""

    id: str
    heading: str
    kind: CellKind
    also: tuple[str, ...] = ()
    required: bool = False
    key: bool = False
    marked: Mapping[Judgement, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SubjectEntry:
    label: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PartEntry:
    sheet: str
    columns: tuple[ColumnEntry, ...]
    total_row: tuple[str, ...] = ()
    no_debt: tuple[str, ...] = ()
    part_row: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    subjects: Mapping[str, SubjectEntry] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FormFile:
    id: str
    mark: str
    title: str
    reporter_kind: ReporterKind
    header: HeaderEntry
    parts: Mapping[Part, PartEntry]
