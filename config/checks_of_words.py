"""Checks of the texts people wrote: headings of forms, spellings, sentences, wordings of milestones."""

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from config.campaign_files import CampaignFiles, Document
from config.messages import FACTS, placeholders
from config.mistakes import Mistake, closest
from config.schema_forms import ColumnEntry, FormFile
from config.schema_words import MessageEntry
from config.shape import is_said
from domain.findings import Severity
from domain.forms import CellKind, DossierState, Part
from domain.judgement import Judgement
from domain.rules.parameters import PARAMETERS
from domain.vietnamese import match_key, vi_date

K = TypeVar("K")
Mistakes = Iterator[Mistake]
Path = tuple[str | int, ...]
# Without one of them, files that carry it would be archived and published. Source: SEMANTICS, "Submissions".
_UNITS_OF_MONEY = (1, 10**3, 10**6, 10**9)
_MOST_DAYS = 36_500
_MARKS_OF_THE_LAW = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
_BEFORE = re.compile(r"trước ngày (\d{1,2})/(\d{1,2})/(\d{4})")
_WITHIN = re.compile(r"trong tháng (\d{1,2})(?: năm |/)(\d{4})")


def milestone_wordings(files: CampaignFiles) -> Mistakes:
    """ "Trước ngày 25" excludes the 25th, "trong tháng 5" includes the 31st; the date must say the same."""
    for id_, entry in files.calendar.data.milestones.items():
        try:
            meant = last_good_day(entry.wording or "")
        except ValueError:
            yield files.calendar.mistake(
                f'Ngày trong "{entry.wording}" không có thật.', "milestones", id_, "wording"
            )
            continue
        if meant and is_said(entry.last_good_day) and meant != entry.last_good_day:
            said = f'Theo "{entry.wording}" thì ngày cuối còn đúng hạn là {vi_date(meant)}.'
            yield files.calendar.mistake(said, "milestones", id_, "last_good_day")


def last_good_day(wording: str) -> date | None:
    """What the two usual wordings mean; None for any other. Raises ValueError for 31/4."""
    if before := _BEFORE.search(wording):
        return date(int(before[3]), int(before[2]), int(before[1])) - timedelta(days=1)
    if within := _WITHIN.search(wording):
        year, month = int(within[2]), int(within[1])
        first = date(year, month, 1)
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return None


def form_checks(files: CampaignFiles) -> Mistakes:
    marks: dict[str, str] = {}
    for form in files.forms:
        data = form.data
        if data.id and form.source.name != f"forms/{data.id}.yaml":
            yield form.mistake(f'Mã "{data.id}" cần trùng tên tệp.', "id")
        if data.mark and marks.setdefault(match_key(data.mark), data.id) != data.id:
            yield form.mistake(f'Ký hiệu "{data.mark}" đã dùng cho mẫu khác.', "mark")
        yield from _repeated_headings(form)
        yield from _nameless_totals(form)


def _nameless_totals(form: Document[FormFile]) -> Mistakes:
    """Without a word for them every total would count as a project."""
    debt = form.data.parts.get(Part.DEBT)
    if debt and not any(match_key(text or "") for text in debt.total_row):
        yield form.mistake(
            "Cần ít nhất một cách ghi dòng tổng, ví dụ [Tổng cộng].", "parts", Part.DEBT.value, "total_row"
        )


def _repeated_headings(form: Document[FormFile]) -> Mistakes:
    """Two columns (fields, subjects) under one heading cannot be told apart."""
    fields = form.data.header.fields if is_said(form.data.header) else ()
    labels: dict[Path, Sequence[str]] = {
        ("header", "fields", n): (f.label, *f.also) for n, f in enumerate(fields)
    }
    yield from _shared(form, labels)
    for part, entry in form.data.parts.items():
        columns = enumerate(entry.columns)
        yield from _shared(form, {("parts", part, "columns", n): _headings(c) for n, c in columns})
        yield from _marked_columns(form, part, entry.columns)
        subjects = entry.subjects.items()
        yield from _shared(
            form, {("parts", part, "subjects", id_): (s.label, *s.also) for id_, s in subjects}
        )


def _headings(column: ColumnEntry) -> tuple[str, ...]:
    return (column.heading, *column.also, *(text for texts in column.marked.values() for text in texts))


def _marked_columns(form: Document[FormFile], part: Part, columns: Sequence[ColumnEntry]) -> Mistakes:
    """A mark says one judgement, so only a judgement column has them, and each has its own heading."""
    for n, column in enumerate(columns):
        path: Path = ("parts", part, "columns", n)
        if column.marked and column.kind is not CellKind.JUDGEMENT:
            yield form.mistake("Chỉ cột đánh giá mới có các cột đánh dấu (marked).", *path, "marked")
        marked = {(*path, "marked", judgement.value): texts for judgement, texts in column.marked.items()}
        yield from _shared(form, marked)


def plausible_date_checks(files: CampaignFiles) -> Mistakes:
    """A column that no form has would check nothing, in silence."""
    columns = {
        column.id
        for form in files.forms
        for part in form.data.parts.values()
        for column in part.columns
        if column.kind is CellKind.DATE
    }
    all_are_known = len(files.forms) == len(
        files.campaign.data.forms
    )  # a form that is not there is said already
    for id_, entry in files.calendar.data.plausible_dates.items():
        if all_are_known and id_ not in columns:
            said = f'Không mẫu biểu nào có cột ngày "{id_}"{closest(id_, columns)}'
            yield files.calendar.mistake(said, "plausible_dates", id_)
        for name in ("days_before", "days_after"):
            days = getattr(entry, name)
            if is_said(days) and not 0 <= days <= _MOST_DAYS:
                said = f'Mục "{name}" cần từ 0 đến {_MOST_DAYS} ngày.'
                yield files.calendar.mistake(said, "plausible_dates", id_, name)


def spelling_checks(files: CampaignFiles) -> Mistakes:
    """One spelling with two meanings, or a meaning that nobody can write."""
    data = files.spellings.data
    yield from _shared(files.spellings, _spelled("judgement", data.judgement))
    yield from _shared(files.spellings, _spelled("dossier_state", data.dossier_state))
    yield from _shared(files.spellings, _spelled("money_unit", data.money_unit))
    answers: dict[Path, Sequence[str]] = {("mark",): data.mark, ("unmarked",): data.unmarked}
    yield from _shared(files.spellings, answers | {("affirmed",): data.affirmed, ("denied",): data.denied})
    for group, meanings in (("judgement", tuple(Judgement)), ("dossier_state", tuple(DossierState))):
        written = files.spellings.source.keys(group)
        for meaning in meanings if files.spellings.is_readable else ():
            if meaning not in written:
                yield files.spellings.mistake(f'Thiếu cách viết của "{meaning}".', group)
    for unit in data.money_unit:
        if unit not in _UNITS_OF_MONEY:  # one zero too many would multiply what every unit sends
            yield files.spellings.mistake(f'Không có đơn vị tiền "{unit}" đồng.', "money_unit", str(unit))
    for mark in _MARKS_OF_THE_LAW if files.spellings.is_readable else ():
        if match_key(mark) not in {match_key(text) for text in data.secret if text}:
            yield files.spellings.mistake(f'Thiếu dấu độ mật "{mark}".', "secret")


def area_checks(files: CampaignFiles) -> Mistakes:
    """An area without a name would never be known; under two of them a name says nothing."""
    for n, area in enumerate(files.roster.data.within):
        if is_said(area.names) and not any(match_key(name or "") for name in area.names):
            yield files.roster.mistake("Thiếu cách viết của địa bàn.", "within", n)
    areas = enumerate(files.roster.data.within)
    yield from _shared(files.roster, {("within", n): (*area.names, *area.short) for n, area in areas})


def _spelled(group: str, entries: Mapping[K, Sequence[str]]) -> dict[Path, Sequence[str]]:
    return {(group, str(meaning)): texts for meaning, texts in entries.items()}


def message_checks(files: CampaignFiles) -> Mistakes:
    """What is wrong with the sentences, and codes of the campaign that have none."""
    yield from mistakes_of_messages(files.messages)
    codes = files.messages.source.keys()
    for code in files.campaign.source.keys("severities"):
        if files.messages.is_readable and code not in codes:
            yield files.campaign.mistake(
                f'Mã "{code}" chưa có câu thông báo{closest(code, codes)}', "severities", code
            )


def severity_checks(files: CampaignFiles) -> Mistakes:
    """A value that was not read, or a file that is kept out, must not be lost in silence: a campaign may say a code
    louder than the sentences do, and never lower."""
    for code, severity in files.campaign.data.severities.items():
        shipped = files.messages.data.get(code)
        lowest = _LOWEST.get(shipped.severity) if shipped else None
        if lowest and is_said(severity) and _GRAVITY.index(severity) < _GRAVITY.index(lowest):
            said = f'Mã "{code}" không được hạ thấp hơn "{lowest}".'
            yield files.campaign.mistake(said, "severities", code)


def rule_parameter_checks(files: CampaignFiles) -> Mistakes:
    """A number under a name that no rule asks for would change nothing, in silence."""
    for name, text in files.campaign.data.rule_parameters.items():
        parameter = PARAMETERS.get(name)
        if parameter is None:
            said = f'Không quy tắc nào có tham số "{name}"{closest(name, PARAMETERS)}'
            yield files.campaign.mistake(said, "rule_parameters", name)
        elif is_said(text) and not parameter.takes(text):
            said = f'Tham số "{name}" cần là số nguyên từ {parameter.least} đến {parameter.most}.'
            yield files.campaign.mistake(said, "rule_parameters", name)


_GRAVITY = (Severity.NOTE, Severity.WARNING, Severity.ERROR, Severity.QUARANTINE)
# What quarantines may also return: both keep the file out.
_LOWEST = {severity: severity for severity in _GRAVITY} | {Severity.QUARANTINE: Severity.ERROR}


def mistakes_of_messages(messages: Document[Mapping[str, MessageEntry]]) -> Mistakes:
    """A brace that is not closed, or that no finding fills."""
    for code, message in messages.data.items():
        for name in ("says", "mend"):
            try:
                unknown = set(placeholders(getattr(message, name) or "")) - FACTS
            except ValueError:
                yield messages.mistake("Dấu ngoặc nhọn không khép.", code, name)
                continue
            for fact in sorted(unknown):
                yield messages.mistake(f"Không có dữ kiện {{{fact}}}{closest(fact, FACTS)}", code, name)


def _shared(document: Document[object], lists: Mapping[Path, Sequence[str | None]]) -> Mistakes:
    """The spellings that stand under two places."""
    first: dict[str, Path] = {}
    for path, texts in lists.items():
        for text in texts:
            if text and first.setdefault(match_key(text), path) != path:
                line = document.source.line(*first[match_key(text)])
                yield document.mistake(f'"{text}" đã dùng ở dòng {line}.', *path)
