"""Which files make up a campaign, read once each. Knows where they lie; not what must agree among them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Generic, TypeVar

from config import schema
from config.mistakes import Mistake, closest
from config.schema_forms import FormFile
from config.schema_words import MessageEntry, SpellingsFile
from config.shape import decode, decode_entries, is_said
from config.yaml_source import YamlSource, read_yaml

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
SPELLINGS = "spellings.yaml"
MESSAGES = "messages.vi.yaml"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")  # no slash, no leading dot: a name can't leave its folder


@dataclass(frozen=True)
class Document(Generic[T_co]):
    """One file: what it says, and where each thing stands."""

    data: T_co
    source: YamlSource

    @property
    def is_readable(self) -> bool:
        """False where the file is missing or no YAML: said once; what points into it is not judged."""
        return self.source.root is not None

    def mistake(self, message: str, *path: str | int) -> Mistake:
        return self.source.mistake(message, *path)


@dataclass(frozen=True)
class CampaignFiles:
    """Everything a campaign is loaded from. `contents`: relative name -> the bytes that were read."""

    id: str
    campaign: Document[schema.CampaignFile]
    roster: Document[schema.RosterFile]
    assignments: Document[schema.AssignmentsFile]
    calendar: Document[schema.CalendarFile]
    catalogue: Document[schema.CatalogueFile]
    spellings: Document[SpellingsFile]
    messages: Document[Mapping[str, MessageEntry]]
    forms: tuple[Document[FormFile], ...]
    holidays: tuple[Document[schema.HolidaysFile], ...]
    contents: Mapping[str, bytes]
    later_catalogues: tuple[Document[schema.CatalogueFile], ...] = ()  # one for each entry of that name


@dataclass
class _Shelf:
    """Reads files below `root` and keeps what was read and what was wrong."""

    root: Path
    contents: dict[str, bytes] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def record(self, name: str, kind: type[T]) -> Document[T]:
        return self._decoded(name, lambda source: decode(source, kind))

    def entries(self, name: str, kind: type[T]) -> Document[Mapping[str, T]]:
        return self._decoded(name, lambda source: decode_entries(source, kind))

    def named(self, folder: str, name: str | None, by: Document[object], *path: str | int) -> str:
        """The file of this name, if it is there; else "", and the mistake is at the place that names it."""
        if not name:
            return ""
        if _NAME.fullmatch(name) and (self.root / folder / f"{name}.yaml").is_file():
            return f"{folder}/{name}.yaml"
        known = [file.stem for file in (self.root / folder).glob("*.yaml")]
        self.mistakes.append(by.mistake(f"Không có tệp {folder}/{name}.yaml{closest(name, known)}", *path))
        return ""

    def _decoded(self, name: str, read: Callable[[YamlSource], tuple[T, tuple[Mistake, ...]]]) -> Document[T]:
        source = self._source(name) if name else YamlSource(name, None)
        data, mistakes = read(source)
        self.mistakes.extend(mistakes)
        return Document(data, source)

    def _source(self, name: str) -> YamlSource:
        try:
            self.contents[name] = (self.root / name).read_bytes()
        except OSError as error:
            self.mistakes.append(Mistake(name, 1, f"Không đọc được tệp ({error.strerror})."))
            return YamlSource(name, None)
        source, mistakes = read_yaml(name, self.contents[name])
        self.mistakes.extend(mistakes)
        return source


def read_campaign(campaign_id: str, root: Path) -> tuple[CampaignFiles | None, tuple[Mistake, ...]]:
    """Every file of the campaign and all mistakes of shape. None where there is no such campaign at all."""
    folder = f"campaigns/{campaign_id}"
    if not (_NAME.fullmatch(campaign_id) and (root / folder).is_dir()):
        known = sorted(path.name for path in (root / "campaigns").glob("*/"))
        return None, (Mistake(folder, 0, f"Không có đợt báo cáo này{closest(campaign_id, known)}"),)
    shelf = _Shelf(root)
    campaign = shelf.record(f"{folder}/campaign.yaml", schema.CampaignFile)
    calendar = shelf.record(f"{folder}/calendar.yaml", schema.CalendarFile)
    catalogue = shelf.named("catalogues", campaign.data.catalogue, campaign, "catalogue")
    later = [
        shelf.named("catalogues", entry.catalogue, campaign, "later_catalogues", n, "catalogue")
        for n, entry in enumerate(campaign.data.later_catalogues)
    ]
    forms = [shelf.named("forms", form, campaign, "forms", n) for n, form in enumerate(campaign.data.forms)]
    files = CampaignFiles(
        id=campaign_id,
        campaign=campaign,
        calendar=calendar,
        roster=shelf.record(f"{folder}/roster.yaml", schema.RosterFile),
        assignments=shelf.record(f"{folder}/assignments.yaml", schema.AssignmentsFile),
        catalogue=shelf.record(catalogue, schema.CatalogueFile),
        spellings=shelf.record(SPELLINGS, SpellingsFile),
        messages=shelf.entries(MESSAGES, MessageEntry),
        forms=tuple(shelf.record(form, FormFile) for form in forms if form),
        holidays=tuple(_holidays(shelf, calendar)),
        contents=shelf.contents,
        later_catalogues=tuple(shelf.record(name, schema.CatalogueFile) for name in later),
    )
    return files, (*shelf.mistakes, *_files_nobody_reads(root, folder, shelf.contents))


def read_messages(root: Path) -> tuple[Document[Mapping[str, MessageEntry]], tuple[Mistake, ...]]:
    """The sentences alone, without a campaign."""
    shelf = _Shelf(root)
    return shelf.entries(MESSAGES, MessageEntry), tuple(shelf.mistakes)


def _holidays(
    shelf: _Shelf, calendar: Document[schema.CalendarFile]
) -> Iterator[Document[schema.HolidaysFile]]:
    """One file for each year that a deadline, a correction or the locking of the campaign can fall into."""
    facts = calendar.data
    if not is_said(facts.first_week, facts.last_week, facts.holidays):
        return
    first = facts.first_week.shifted(-1).wednesday.year
    last = (facts.last_week.wednesday + timedelta(days=max(14, facts.locked_after_days or 0))).year
    for year in range(first, last + 1):
        name = _holiday_file(facts, year)
        if (shelf.root / name).is_file():
            yield shelf.record(name, schema.HolidaysFile)
        else:
            shelf.mistakes.append(calendar.mistake(_no_holidays(facts, year), "holidays"))


def with_holidays_of(
    files: CampaignFiles, year: int, root: Path
) -> tuple[CampaignFiles, tuple[Mistake, ...]]:
    """The same with the days off of that year too, and of the years beside it as far as there are files."""
    shelf, facts = _Shelf(root), files.calendar.data
    if not (root / _holiday_file(facts, year)).is_file():
        return files, (files.calendar.mistake(_no_holidays(facts, year), "holidays"),)
    names = [_holiday_file(facts, each) for each in (year - 1, year, year + 1)]
    wanted = [name for name in names if name not in files.contents and (root / name).is_file()]
    more = tuple(shelf.record(name, schema.HolidaysFile) for name in wanted)
    return replace(files, holidays=(*files.holidays, *more)), tuple(shelf.mistakes)


def _holiday_file(facts: schema.CalendarFile, year: int) -> str:
    return f"holidays/{facts.holidays}-{year}.yaml"


def _no_holidays(facts: schema.CalendarFile, year: int) -> str:
    how = f"python -m config.holiday_files {facts.holidays} {year}"
    return f"Chưa có tệp {_holiday_file(facts, year)}; tạo bằng lệnh: {how}"


def _files_nobody_reads(root: Path, folder: str, read: Mapping[str, bytes]) -> Iterator[Mistake]:
    """A second copy or a misspelt name in the campaign's folder would otherwise be ignored in silence."""
    for path in sorted((root / folder).iterdir()):
        name = f"{folder}/{path.name}"
        if path.suffix in (".yaml", ".yml") and name not in read:
            yield Mistake(name, 1, "Tệp không thuộc cấu hình nên không được đọc; đề nghị đổi tên hoặc bỏ đi.")
