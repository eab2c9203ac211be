"""What must agree within and across a campaign's files. Each check is one thought and yields its mistakes.

The files may be full of mistakes of shape: what could not be read is None or empty here. Whether an id exists
is asked of the keys as written, so that a wrong entry doesn't make all that points to it wrong too.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from config.assigned import PlacedAssignment, placed_assignments
from config.campaign_files import CampaignFiles, Document
from config.checks_of_catalogue import (
    choices_can_be_met,
    choices_name_conditions,
    code_places,
    codes_are_used_once,
    criteria_have_their_own_numbers,
    steps_are_of_numbers,
    targets_fit_their_units,
)
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
from config.mistakes import Mistake, closest
from config.schema import (
    AssignmentEntry,
    ExclusionEntry,
    ExtensionEntry,
    ReporterEntry,
)
from config.shape import is_said
from domain.summary import ALL
from domain.vietnamese import match_key
from domain.weeks import WeekName

Mistakes = Iterator[Mistake]
Path = tuple[str | int, ...]
_PLAIN_WORD = re.compile(r"[a-z0-9][a-z0-9_-]*")


def all_mistakes(files: CampaignFiles) -> tuple[Mistake, ...]:
    """Everything that disagrees, of all files."""
    return tuple(mistake for check in _CHECKS for mistake in check(files))


# --- the roster ---


def names_belong_to_one_reporter(files: CampaignFiles) -> Mistakes:
    """A spelling that two reporters share would hand the file of one to the other."""
    owner: dict[str, str] = {}
    for path, text in _names(files):
        reporter = str(path[1])
        first = owner.setdefault(match_key(text), reporter)
        if first != reporter:
            yield files.roster.mistake(f'Tên "{text}" đã dùng cho đơn vị "{first}".', *path)


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


def reporters_are_valid_forwards(files: CampaignFiles) -> Mistakes:
    for path, entry in _reporter_entries(files):
        yield from _reversed(files.roster, entry.valid_from, entry.valid_to, (*path, "valid_to"))


def _names(files: CampaignFiles) -> Iterator[tuple[Path, str]]:
    for path, entry in _reporter_entries(files):
        names = [((*path, "name"), entry.name)]
        names += [((*path, "aliases", n), text) for n, text in enumerate(entry.aliases)]
        yield from ((place, text) for place, text in names if text)


def _reporter_entries(files: CampaignFiles) -> Iterator[tuple[Path, ReporterEntry]]:
    roster = files.roster.data
    yield from ((("communes", id_), entry) for id_, entry in roster.communes.items())
    yield from ((("agencies", id_), entry) for id_, entry in roster.agencies.items())


# --- assignments ---


def assigned_codes_exist(files: CampaignFiles) -> Mistakes:
    catalogue = files.catalogue.source
    if not files.catalogue.is_readable:
        return
    for criterion in files.assignments.source.keys("criteria"):
        criteria = catalogue.keys("criteria")
        if criterion in criteria:
            yield from _unknown_indicators(files, criterion)
        else:
            said = f'Danh mục không có tiêu chí "{criterion}"' + closest(criterion, criteria)
            yield files.assignments.mistake(said, "criteria", criterion)
    yield from _unknown_conditions(files, files.assignments)


def _unknown_indicators(files: CampaignFiles, criterion: str) -> Mistakes:
    path = ("criteria", criterion, "indicators")
    known = files.catalogue.source.keys(*path)
    for code in files.assignments.source.keys(*path):
        if code not in known:
            said = f'Tiêu chí {criterion} không có chỉ tiêu "{code}"' + closest(code, known)
            yield files.assignments.mistake(said, *path, code)


def followed_conditions_exist(files: CampaignFiles) -> Mistakes:
    yield from _unknown_conditions(files, files.campaign)
    communes = frozenset(_communes(files))
    for code, entry in files.campaign.data.conditions.items() if files.roster.is_readable else ():
        for n, commune in enumerate(entry.communes):
            if commune and commune not in communes:
                said = f'Danh sách không có xã "{commune}"' + closest(commune, communes)
                yield files.campaign.mistake(said, "conditions", code, "communes", n)


def leads_are_agencies_of_the_roster(files: CampaignFiles) -> Mistakes:
    agencies = _agencies(files)
    for path, entry in _assignment_entries(files) if files.roster.is_readable else ():
        named: list[tuple[Path, str | None]] = [((*path, "lead"), entry.lead)]
        named += [((*path, "support", n), agency) for n, agency in enumerate(entry.support)]
        for place, agency in named:
            if agency and agency not in agencies:
                said = f'Danh sách không có cơ quan "{agency}"' + closest(agency, agencies)
                yield files.assignments.mistake(said, *place)


def assignments_are_valid_forwards(files: CampaignFiles) -> Mistakes:
    for placed in placed_assignments(files):
        row = placed.row
        yield from _reversed(files.assignments, row.valid_from, row.valid_to, (*placed.path, "valid_to"))


def every_week_every_code_has_one_row(files: CampaignFiles) -> Mistakes:
    """Nobody in charge is written `lead: null`; an indicator that is left out is a mistake, not an answer."""
    rows: dict[str, list[PlacedAssignment]] = {}
    for placed in placed_assignments(files):
        rows.setdefault(placed.row.code, []).append(placed)
    for path in code_places(files) if files.assignments.is_readable else ():
        yield from _uncovered_weeks(files, path, rows.get(str(path[-1]), []))


def _uncovered_weeks(files: CampaignFiles, path: Path, rows: list[PlacedAssignment]) -> Mistakes:
    group, entry = path[0], path[1]
    if entry not in files.assignments.source.keys(group):
        said = f'"{entry}" chưa có dòng phân công (chưa có cơ quan thì ghi lead: null).'
        yield files.assignments.mistake(said, group)
        return
    for week in _weeks(files):
        valid = [placed for placed in rows if placed.is_valid_on(week.wednesday)]
        if len(valid) != 1:
            what = "có hai dòng phân công" if valid else "chưa có dòng phân công"
            said = f'Chỉ tiêu "{path[-1]}" {what} cho tuần {week}.'
            yield files.assignments.mistake(said, *(rows[0].path if rows else path[:2]))
            return  # one line for each code is enough


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
    known = files.catalogue.source.keys("conditions")
    for code in document.source.keys("conditions"):
        if files.catalogue.is_readable and code not in known:
            said = f'Danh mục không có điều kiện "{code}"' + closest(code, known)
            yield document.mistake(said, "conditions", code)


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
    weeks = _weeks(files)
    for path, entry in _exception_entries(files):
        if known and is_said(entry.reporter) and entry.reporter not in known:
            said = f'Danh sách không có đơn vị "{entry.reporter}"' + closest(entry.reporter, known)
            yield files.calendar.mistake(said, *path, "reporter")
        if weeks and is_said(entry.week) and entry.week not in weeks:
            yield files.calendar.mistake(f"Tuần {entry.week} không thuộc đợt báo cáo.", *path, "week")


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


def _weeks(files: CampaignFiles) -> tuple[WeekName, ...]:
    first, last = files.calendar.data.first_week, files.calendar.data.last_week
    if not is_said(first, last):
        return ()
    return tuple(first.shifted(n) for n in range((last.wednesday - first.wednesday).days // 7 + 1))


def _reversed(document: Document[object], start: date | None, end: date | None, path: Path) -> Mistakes:
    if start and end and end < start:
        yield document.mistake(f"Ngày kết thúc {end} trước ngày bắt đầu {start}.", *path)


_CHECKS: tuple[Callable[[CampaignFiles], Mistakes], ...] = (
    names_belong_to_one_reporter,
    reporter_ids_are_used_once,
    ids_are_plain_words,
    reporters_are_valid_forwards,
    codes_are_used_once,
    criteria_have_their_own_numbers,
    targets_fit_their_units,
    steps_are_of_numbers,
    choices_can_be_met,
    choices_name_conditions,
    assigned_codes_exist,
    followed_conditions_exist,
    leads_are_agencies_of_the_roster,
    assignments_are_valid_forwards,
    every_week_every_code_has_one_row,
    weeks_and_hours_run_forwards,
    a_day_is_not_both_off_and_worked,
    exceptions_name_reporters_and_weeks,
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
