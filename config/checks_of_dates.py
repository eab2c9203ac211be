"""What must agree among things that are dated: ends after their beginning, no week with two of one or without any, and
who follows whom.

As in checks.py, what could not be read is None here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from config.assigned import PlacedAssignment, placed_assignments
from config.campaign_files import CampaignFiles, Document
from config.checks_of_catalogue import code_places, indicator_entries
from config.dated import held, versions, weeks_of
from config.mistakes import Mistake, closest
from config.schema import FollowedEntry, IndicatorEntry, ReporterEntry, TargetEntry
from config.shape import is_said
from domain.dated import Dated, holds
from domain.vietnamese import match_key, vi_date
from domain.weeks import WeekName

Mistakes = Iterator[Mistake]
Path = tuple[str | int, ...]
_DAY = timedelta(days=1)


def overlap(one: Dated, other: Dated) -> bool:
    """Whether both hold on some day."""
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)


# --- the roster ---


def reporter_entries(files: CampaignFiles) -> Iterator[tuple[Path, ReporterEntry]]:
    roster = files.roster.data
    yield from ((("communes", id_), entry) for id_, entry in roster.communes.items())
    yield from ((("agencies", id_), entry) for id_, entry in roster.agencies.items())


def reporters_are_valid_forwards(files: CampaignFiles) -> Mistakes:
    for path, entry in reporter_entries(files):
        yield from _reversed(files.roster, entry, path)


def reporters_report_in_some_week(files: CampaignFiles) -> Mistakes:
    """A slip of the year would let a unit owe nothing, in silence."""
    weeks = weeks_of(files)
    for path, entry in reporter_entries(files):
        if weeks and not _is_reversed(entry) and not any(holds(entry, week.wednesday) for week in weeks):
            side = "valid_to" if entry.valid_to and entry.valid_to < weeks[0].wednesday else "valid_from"
            span = f"{weeks[0]} đến {weeks[-1]}"
            said = f'Đơn vị "{path[1]}" không có hiệu lực trong tuần nào của đợt báo cáo ({span}).'
            yield files.roster.mistake(said, *path, side)


def successors_follow(files: CampaignFiles) -> Mistakes:
    """Who reports in the place of another is there, of the same kind, from the day after its last on."""
    for path, entry in reporter_entries(files):
        if entry.successor and (why := _why_not(files, path, entry, entry.successor)):
            yield files.roster.mistake(why, *path, "successor")


def _why_not(files: CampaignFiles, path: Path, entry: ReporterEntry, successor: str) -> str:
    kind, id_ = str(path[0]), str(path[1])
    others = [one for one in files.roster.source.keys(kind) if one != id_]
    if successor not in others:
        what = "xã" if kind == "communes" else "cơ quan"
        return f'Danh sách không có {what} "{successor}" để thay{closest(successor, others)}'
    if entry.valid_to is None:
        return 'Có "successor" thì cần ghi "valid_to": ngày báo cáo cuối cùng của đơn vị cũ.'
    first = min(entry.valid_to, date.max - _DAY) + _DAY
    units = files.roster.data.communes if kind == "communes" else files.roster.data.agencies
    if (heir := units.get(successor)) and not holds(heir, first):
        return f'Đơn vị thay "{successor}" không có hiệu lực vào ngày {vi_date(first)}.'
    return ""


# --- assignments ---


def assignments_are_valid_forwards(files: CampaignFiles) -> Mistakes:
    for placed in placed_assignments(files):
        yield from _reversed(files.assignments, placed.row, placed.path)


def every_week_every_code_has_one_row(files: CampaignFiles) -> Mistakes:
    """Nobody in charge is written `lead: null`; an indicator that is left out is a mistake, not an answer."""
    rows: dict[str, list[PlacedAssignment]] = {}
    for placed in placed_assignments(files):
        rows.setdefault(placed.row.code, []).append(placed)
    for version in versions(files) if files.assignments.is_readable else ():
        weeks = tuple(week for week in weeks_of(files) if holds(version, week.wednesday))
        for path in code_places(version.files):
            yield from _uncovered_weeks(files, path, rows.get(str(path[-1]), []), weeks)


def _uncovered_weeks(
    files: CampaignFiles, path: Path, rows: list[PlacedAssignment], weeks: Iterable[WeekName]
) -> Mistakes:
    group, entry = path[0], path[1]
    if entry not in files.assignments.source.keys(str(group)):
        said = f'"{entry}" chưa có dòng phân công (chưa có cơ quan thì ghi lead: null).'
        yield files.assignments.mistake(said, group)
        return
    for week in weeks:
        valid = held((placed.row for placed in rows), week.wednesday)
        if len(valid) != 1:
            what = "có hai dòng phân công" if valid else "chưa có dòng phân công"
            said = f'Chỉ tiêu "{path[-1]}" {what} cho tuần {week}.'
            yield files.assignments.mistake(said, *(rows[0].path if rows else path[:2]))
            return  # one line for each code is enough


def assigned_agencies_report_then(files: CampaignFiles) -> Mistakes:
    """An agency that was dissolved answers for nothing any more; who does is said, never concluded."""
    weeks, told = weeks_of(files), set[tuple[Path, str]]()
    for placed in placed_assignments(files):
        for agency in filter(None, (placed.row.lead, *placed.row.support)):
            entry = files.roster.data.agencies.get(agency)
            if entry is None or _is_reversed(entry) or (placed.path, agency) in told:
                continue
            days = (week.wednesday for week in weeks)
            gone = next((day for day in days if holds(placed.row, day) and not holds(entry, day)), None)
            if gone:
                told.add((placed.path, agency))  # a criterion has many indicators
                heir = f', đơn vị thay là "{entry.successor}"' if entry.successor else ""
                said = f'Cơ quan "{agency}" không có hiệu lực ngày {vi_date(gone)}{heir}; hãy ghi thêm kỳ phân công.'
                yield files.assignments.mistake(said, *placed.path)


# --- what applies to which communes ---


def followed_entries(files: CampaignFiles) -> Iterator[tuple[Path, FollowedEntry]]:
    """The periods of every condition and group of the campaign."""
    for kind, listed in _followed(files).items():
        for code, entries in listed.items():
            yield from (((kind, code, n), entry) for n, entry in enumerate(entries))


def _followed(files: CampaignFiles) -> Mapping[str, Mapping[str, Sequence[FollowedEntry]]]:
    return {"conditions": files.campaign.data.conditions, "groups": files.campaign.data.groups}


def followed_periods_are_whole(files: CampaignFiles) -> Mistakes:
    for path, entry in followed_entries(files):
        yield from _reversed(files.campaign, entry, path)
    for kind, listed in _followed(files).items():
        for code, entries in listed.items():
            yield from _not_one_each_week(files, files.campaign, (kind, code), list(enumerate(entries)))


def a_commune_belongs_to_one_group(files: CampaignFiles) -> Mistakes:
    """In every week, where the campaign has groups: in none or two of them nobody knows its targets."""
    groups = files.campaign.data.groups
    for id_, entry in files.roster.data.communes.items() if groups else ():
        for week in (week for week in weeks_of(files) if holds(entry, week.wednesday)):
            periods = ((code, one) for code, each in groups.items() for one in held(each, week.wednesday))
            of = [code for code, one in periods if id_ in one.communes]
            if len(of) != 1:
                what = f"thuộc hai nhóm ({', '.join(of)})" if of else "chưa thuộc nhóm nào"
                said = f'Xã "{id_}" {what} trong tuần {week}.'
                yield files.campaign.mistake(said, "groups", *of[1:2])
                break


# --- targets and catalogues ---


def targets_and_tolerances_are_whole(files: CampaignFiles) -> Mistakes:
    """A target for each group of communes and week, a tolerance for each week, and none missing between two periods."""
    for version in versions(files):
        catalogue = version.files.catalogue
        for path, indicator in indicator_entries(version.files):
            for n, target in enumerate(indicator.target):
                yield from _reversed(catalogue, target, (*path, "target", n))
            for periods in _by_group(indicator).values():
                yield from _not_one_each_week(files, catalogue, (*path, "target"), periods)
            for n, tolerance in enumerate(indicator.tolerance):
                yield from _reversed(catalogue, tolerance, (*path, "tolerance", n))
            tolerances = list(enumerate(indicator.tolerance))
            yield from _not_one_each_week(files, catalogue, (*path, "tolerance"), tolerances)


def _by_group(indicator: IndicatorEntry) -> Mapping[str, list[tuple[int, TargetEntry]]]:
    periods: dict[str, list[tuple[int, TargetEntry]]] = {}
    for n, target in enumerate(indicator.target):
        for group in target.groups or ("",):
            periods.setdefault(group, []).append((n, target))
    return periods


def later_catalogues_follow(files: CampaignFiles) -> Mistakes:
    """Each begins within the campaign, after the one before it."""
    weeks, entries = weeks_of(files), files.campaign.data.later_catalogues
    begins = [weeks[0].wednesday if weeks else None, *(entry.valid_from for entry in entries)]
    for n, (before, start) in enumerate(pairwise(begins)):
        if weeks and before and start and not before < start <= weeks[-1].wednesday:
            said = f"Danh mục này cần bắt đầu sau ngày {vi_date(before)} và trong đợt báo cáo."
            yield files.campaign.mistake(said, "later_catalogues", n, "valid_from")


def a_code_keeps_its_meaning(files: CampaignFiles) -> Mistakes:
    """Weeks are compared by code: where it comes to mean something else, it is another campaign (decision 0029)."""
    meant: dict[str, tuple[object, ...]] = {}
    for version in versions(files):
        for path, indicator in indicator_entries(version.files):
            code, meaning = str(path[-1]), _meaning(indicator)
            if is_said(indicator.name, indicator.unit) and meant.setdefault(code, meaning) != meaning:
                said = (
                    f'Mã "{code}" đổi nghĩa so với danh mục trước; hãy dùng mã khác hoặc mở đợt báo cáo khác.'
                )
                yield version.files.catalogue.mistake(said, *path)


def _meaning(indicator: IndicatorEntry) -> tuple[object, ...]:
    return match_key(indicator.name or ""), indicator.unit, indicator.split_by_sex, indicator.row_of


# --- what several checks ask ---


def _not_one_each_week(
    files: CampaignFiles, document: Document[object], path: Path, periods: Sequence[tuple[int, Dated]]
) -> Mistakes:
    """Two in one week, or none in a week between two periods: what ends and begins again is said for the time
    between, too (`communes: []`)."""
    if len(periods) < 2 or any(_is_reversed(entry) for _, entry in periods):
        return
    found = {week: [n for n, entry in periods if holds(entry, week.wednesday)] for week in weeks_of(files)}
    covered = [week for week, those in found.items() if those]
    for week in (week for week in found if covered and covered[0] <= week <= covered[-1]):
        if len(found[week]) != 1:
            what = f"Hai kỳ hiệu lực trùng nhau trong tuần {week}." if found[week] else ""
            said = what or f"Không kỳ hiệu lực nào có tuần {week}."
            yield document.mistake(said, *path, *found[week][1:2])
            return


def _is_reversed(entry: Dated) -> bool:
    return bool(entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from)


def _reversed(document: Document[object], entry: Dated, path: Path) -> Mistakes:
    if _is_reversed(entry):
        said = f"Ngày kết thúc {entry.valid_to} trước ngày bắt đầu {entry.valid_from}."
        yield document.mistake(said, *path, "valid_to")


date_checks: tuple[Callable[[CampaignFiles], Mistakes], ...] = (
    reporters_are_valid_forwards,
    reporters_report_in_some_week,
    successors_follow,
    assignments_are_valid_forwards,
    every_week_every_code_has_one_row,
    assigned_agencies_report_then,
    followed_periods_are_whole,
    a_commune_belongs_to_one_group,
    targets_and_tolerances_are_whole,
    later_catalogues_follow,
    a_code_keeps_its_meaning,
)
