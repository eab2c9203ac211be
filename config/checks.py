"""What must agree within and across a campaign's files. Each check is one thought and yields its mistakes.

The files may be full of mistakes of shape: what could not be read is None or empty here. Whether an id exists
is asked of the keys as written, so that a wrong entry doesn't make all that points to it wrong too.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from config.campaign_files import CampaignFiles, Document
from config.checks_of_catalogue import catalogue_checks
from config.checks_of_dates import date_checks, followed_entries, overlap, reporter_entries
from config.checks_of_words import (
    area_checks,
    form_checks,
    message_checks,
    milestone_wordings,
    plausible_date_checks,
    rule_parameter_checks,
    severity_checks,
    spelling_checks,
)
from config.dated import aware, versions, weeks_of
from config.mistakes import Mistake, closest
from config.schema import (
    AssignmentEntry,
    ExclusionEntry,
    ExtensionEntry,
    ReporterEntry,
)
from config.shape import is_said
from domain.calendar import HolidayPolicy
from domain.dated import holds
from domain.summary import ALL
from domain.vietnamese import match_key, vi_date

Mistakes = Iterator[Mistake]
Path = tuple[str | int, ...]
_PLAIN_WORD = re.compile(r"[a-z0-9][a-z0-9_-]*")


def all_mistakes(files: CampaignFiles) -> tuple[Mistake, ...]:
    """Everything that disagrees, of all files; what is said of a catalogue, of each."""
    each = (version.files for version in versions(files))
    of_catalogues = (found for alone in each for check in catalogue_checks for found in check(alone))
    return (*(found for check in _CHECKS for found in check(files)), *of_catalogues)


# --- the roster ---


def names_belong_to_one_reporter(files: CampaignFiles) -> Mistakes:
    """A spelling that two reporters share would hand the file of one to the other; not where one ends before the other
    begins."""
    owners: dict[str, dict[str, ReporterEntry]] = {}
    for path, text, entry in _names(files):
        reporter, others = str(path[1]), owners.setdefault(match_key(text), {})
        first = next((id_ for id_, one in others.items() if id_ != reporter and overlap(one, entry)), None)
        if first:
            yield files.roster.mistake(f'Tên "{text}" đã dùng cho đơn vị "{first}".', *path)
        others.setdefault(reporter, entry)


def reporter_ids_are_used_once(files: CampaignFiles) -> Mistakes:
    for reporter in set(_communes(files)) & set(_agencies(files)):
        yield files.roster.mistake(f'Mã "{reporter}" vừa là xã vừa là cơ quan.', "agencies", reporter)


def ids_are_plain_words(files: CampaignFiles) -> Mistakes:
    """They become names of folders, parts of figure ids and HTTP headers: `..` or a letter with a sign won't do."""
    places: list[tuple[Document[Any], tuple[str, str]]] = [
        *((files.roster, ("communes", id_)) for id_ in _communes(files)),
        *((files.roster, ("agencies", id_)) for id_ in _agencies(files)),
        *((files.campaign, ("recipients", id_)) for id_ in files.campaign.data.recipients),
    ]
    for document, path in places:
        if not _PLAIN_WORD.fullmatch(path[1]):
            said = f'Mã "{path[1]}" chỉ được gồm chữ thường không dấu, chữ số, gạch dưới và gạch ngang.'
            yield document.mistake(said, *path)
        elif path[1] == ALL:  # its figures would have the ids of the totals
            yield document.mistake(f'Mã "{ALL}" dành cho tổng của tất cả các đơn vị; hãy đặt mã khác.', *path)


def _names(files: CampaignFiles) -> Iterator[tuple[Path, str, ReporterEntry]]:
    for path, entry in reporter_entries(files):
        names = [((*path, "name"), entry.name)]
        names += [((*path, "aliases", n), text) for n, text in enumerate(entry.aliases)]
        yield from ((place, text, entry) for place, text in names if text)


# --- assignments ---


def assigned_codes_exist(files: CampaignFiles) -> Mistakes:
    if not all(version.files.catalogue.is_readable for version in versions(files)):
        return
    criteria = _asked(files, "criteria")
    for criterion in files.assignments.source.keys("criteria"):
        if criterion in criteria:
            yield from _unknown_indicators(files, criterion)
        else:
            said = f'Danh mục không có tiêu chí "{criterion}"' + closest(criterion, criteria)
            yield files.assignments.mistake(said, "criteria", criterion)
    yield from _unknown_conditions(files, files.assignments)


def _unknown_indicators(files: CampaignFiles, criterion: str) -> Mistakes:
    path = ("criteria", criterion, "indicators")
    known = _asked(files, *path)
    for code in files.assignments.source.keys(*path):
        if code not in known:
            said = f'Tiêu chí {criterion} không có chỉ tiêu "{code}"' + closest(code, known)
            yield files.assignments.mistake(said, *path, code)


def _asked(files: CampaignFiles, *path: str) -> tuple[str, ...]:
    """The keys at this path of any catalogue."""
    every = (key for version in versions(files) for key in version.files.catalogue.source.keys(*path))
    return tuple(dict.fromkeys(every))


def followed_things_exist(files: CampaignFiles) -> Mistakes:
    """Conditions and groups of the catalogue, and the communes that each applies to."""
    yield from _unknown_conditions(files, files.campaign)
    yield from _unknown(files, files.campaign, "groups", "nhóm xã")
    communes = frozenset(_communes(files))
    for path, entry in followed_entries(files) if files.roster.is_readable else ():
        for n, commune in enumerate(entry.communes):
            if commune and commune not in communes:
                said = f'Danh sách không có xã "{commune}"' + closest(commune, communes)
                yield files.campaign.mistake(said, *path, "communes", n)


def leads_are_agencies_of_the_roster(files: CampaignFiles) -> Mistakes:
    agencies = _agencies(files)
    for path, entry in _assignment_entries(files) if files.roster.is_readable else ():
        named: list[tuple[Path, str | None]] = [((*path, "lead"), entry.lead)]
        named += [((*path, "support", n), agency) for n, agency in enumerate(entry.support)]
        for place, agency in named:
            if agency and agency not in agencies:
                said = f'Danh sách không có cơ quan "{agency}"' + closest(agency, agencies)
                yield files.assignments.mistake(said, *place)


def _assignment_entries(files: CampaignFiles) -> Iterator[tuple[Path, AssignmentEntry]]:
    for criterion, entry in files.assignments.data.criteria.items():
        yield ("criteria", criterion), entry
        for code, periods in entry.indicators.items():
            for n, period in enumerate(periods):
                yield ("criteria", criterion, "indicators", code, n), period
    for code, periods in files.assignments.data.conditions.items():
        for n, period in enumerate(periods):
            yield ("conditions", code, n), period


def _unknown_conditions(files: CampaignFiles, document: Document[object]) -> Mistakes:
    yield from _unknown(files, document, "conditions", "điều kiện")


def _unknown(files: CampaignFiles, document: Document[object], kind: str, what: str) -> Mistakes:
    """What the document says of things that no catalogue has."""
    known = _asked(files, kind)
    readable = all(version.files.catalogue.is_readable for version in versions(files))
    for code in document.source.keys(kind) if readable else ():
        if code not in known:
            said = f'Danh mục không có {what} "{code}"' + closest(code, known)
            yield document.mistake(said, kind, code)


# --- the calendar ---


def weeks_and_hours_run_forwards(files: CampaignFiles) -> Mistakes:
    facts = files.calendar.data
    if is_said(facts.first_week, facts.last_week) and facts.last_week < facts.first_week:
        yield files.calendar.mistake("Tuần cuối trước tuần đầu.", "last_week")
    if is_said(facts.deadline_at, facts.close_at) and facts.close_at < facts.deadline_at:
        yield files.calendar.mistake("Giờ khóa sổ trước giờ hết hạn nộp.", "close_at")
    for name in ("correction_working_days", "locked_after_days"):
        if (getattr(facts, name) or 0) < 0:
            yield files.calendar.mistake(f'Mục "{name}" không được âm.', name)


def a_day_is_not_both_off_and_worked(files: CampaignFiles) -> Mistakes:
    facts = files.calendar.data
    for day in facts.days_off_local.keys() & facts.working_days_local.keys():
        yield files.calendar.mistake(
            f"Ngày {day} vừa nghỉ vừa làm việc.", "working_days_local", day.isoformat()
        )


def exceptions_name_reporters_and_weeks(files: CampaignFiles) -> Mistakes:
    known = {*_communes(files), *_agencies(files)} if files.roster.is_readable else set()
    weeks, units = weeks_of(files), {str(path[1]): unit for path, unit in reporter_entries(files)}
    for path, entry in _exception_entries(files):
        if known and is_said(entry.reporter) and entry.reporter not in known:
            said = f'Danh sách không có đơn vị "{entry.reporter}"' + closest(entry.reporter, known)
            yield files.calendar.mistake(said, *path, "reporter")
        if weeks and is_said(entry.week) and entry.week not in weeks:
            yield files.calendar.mistake(f"Tuần {entry.week} không thuộc đợt báo cáo.", *path, "week")
        elif (
            is_said(entry.week)
            and (unit := units.get(entry.reporter))
            and not holds(unit, entry.week.wednesday)
        ):
            said = f'Đơn vị "{entry.reporter}" không thuộc danh sách báo cáo tuần {entry.week}.'
            yield files.calendar.mistake(said, *path, "week")


def extensions_end_behind_the_deadline(files: CampaignFiles) -> Mistakes:
    """Else nothing is granted. Of a deadline that a holiday moves forwards only the calendar knows where it lies."""
    facts, weeks = files.calendar.data, weeks_of(files)
    if not is_said(facts.zone, facts.policy, facts.deadline_at) or facts.policy is HolidayPolicy.PREVIOUS:
        return
    for n, entry in enumerate(facts.extensions):
        if not is_said(entry.until) or entry.week not in weeks:
            continue
        until = aware(entry.until, facts.zone)
        if until <= (due := datetime.combine(entry.week.wednesday, facts.deadline_at, facts.zone)):
            said = (
                f"Gia hạn cần kết thúc sau hạn nộp của tuần {entry.week} ({due:%H:%M} {vi_date(due.date())})."
            )
            yield files.calendar.mistake(said, "extensions", n, "until")
        elif entry.decided_at and aware(entry.decided_at, facts.zone) > until:
            said = "Gia hạn được quyết định sau khi đã hết hạn mới; hãy kiểm tra lại hai thời điểm."
            yield files.calendar.mistake(said, "extensions", n, "decided_at")


def a_decided_exclusion_says_by_whom(files: CampaignFiles) -> Mistakes:
    for n, entry in enumerate(files.calendar.data.exclusions):
        if entry.decided_at and not entry.decided_by:
            said = 'Có "decided_at" thì cần ghi "decided_by": chức vụ của người quyết định loại trừ.'
            yield files.calendar.mistake(said, "exclusions", n, "decided_at")


def _exception_entries(files: CampaignFiles) -> Iterator[tuple[Path, ExtensionEntry | ExclusionEntry]]:
    facts = files.calendar.data
    yield from ((("extensions", n), entry) for n, entry in enumerate(facts.extensions))
    yield from ((("exclusions", n), entry) for n, entry in enumerate(facts.exclusions))


# --- what several checks ask ---


def _communes(files: CampaignFiles) -> tuple[str, ...]:
    return files.roster.source.keys("communes")


def _agencies(files: CampaignFiles) -> tuple[str, ...]:
    return files.roster.source.keys("agencies")


_CHECKS: tuple[Callable[[CampaignFiles], Mistakes], ...] = (
    names_belong_to_one_reporter,
    reporter_ids_are_used_once,
    ids_are_plain_words,
    assigned_codes_exist,
    followed_things_exist,
    leads_are_agencies_of_the_roster,
    *date_checks,
    weeks_and_hours_run_forwards,
    a_day_is_not_both_off_and_worked,
    exceptions_name_reporters_and_weeks,
    extensions_end_behind_the_deadline,
    a_decided_exclusion_says_by_whom,
    milestone_wordings,
    plausible_date_checks,
    form_checks,
    spelling_checks,
    area_checks,
    message_checks,
    severity_checks,
    rule_parameter_checks,
)
