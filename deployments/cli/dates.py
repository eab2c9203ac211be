"""`ntm calendar`: every deadline with its reason, by the calendar of the campaign. Reads configuration alone."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from config.facts import load_campaign, load_campaign_for
from config.settings import load_settings
from deployments.cli.speaking import say_json
from domain.almanac import WeekLine, explained, named, week_line, weeks_of_year, what_it_is
from domain.calendar import Calendar
from domain.campaign import Campaign
from domain.errors import UserError
from domain.reading.cell import Cell
from domain.reading.date import read_date
from domain.vietnamese import vi_date, vi_moment
from domain.weeks import WeekName

_YEARS = range(1900, 2200)


def show_calendar(year: int | None, day: str | None, *, as_json: bool) -> None:
    """Print the campaign's weeks, those of a year, or what one day is. Raises UserError, ConfigError."""
    if year is not None and day is not None:
        raise UserError("--explain giải thích một ngày; xin bỏ --year.")
    settings = load_settings()
    if day is not None:
        asked = _day_named(day)
        _explain(load_campaign_for(asked.year, settings.campaign, settings.config_root), asked, as_json)
    elif year is not None:
        campaign = load_campaign_for(year, settings.campaign, settings.config_root)
        _show(campaign.calendar, weeks_of_year(year), _days_off(campaign.calendar, year), as_json)
    else:
        campaign = load_campaign(settings.campaign, settings.config_root)
        _show(campaign.calendar, campaign.calendar.weeks(), _of_campaign(campaign), as_json)


def _day_named(text: str) -> date:
    """`3/5/2023`, `2023-05-03`, or a week for its Wednesday. Raises UserError."""
    try:
        day: date | None = WeekName.parse(text).wednesday
    except ValueError:
        day = read_date(Cell(text)).value
    if day is None or day.year not in _YEARS:
        raise UserError(f"Không có ngày {text!r}: xin ghi ngày dạng 3/5/2023, hoặc tuần dạng 2023-W18.")
    return day


def _explain(campaign: Campaign, day: date, as_json: bool) -> None:
    said = explained(campaign, day)
    if as_json:
        say_json({"day": day, "is_worked": campaign.calendar.is_working_day(day), "said": said})
        return
    for sentence in said:
        typer.echo(sentence)


def _show(calendar: Calendar, weeks: Sequence[WeekName], beside: Sequence[str], as_json: bool) -> None:
    lines = [week_line(calendar, week) for week in weeks]
    if as_json:
        say_json({"weeks": [_as_json(line) for line in lines], "beside": beside})
        return
    typer.echo(
        f"Hạn nộp {calendar.deadline_at:%H:%M}, chốt {calendar.close_at:%H:%M}, "
        f"số liệu tính đến {calendar.cutoff_at:%H:%M} (giờ {calendar.zone})."
    )
    table = Table("Tuần", "Thứ Tư", "Số liệu đến", "Hạn nộp", "Ghi chú", box=box.SIMPLE_HEAD)
    for line in lines:
        table.add_row(*_cells(line))
    console = Console(highlight=False)
    console.print(table)
    for sentence in beside:
        console.print(sentence, markup=False)


def _cells(line: WeekLine) -> Sequence[str]:
    days = [vi_date(moment.date()) if line.is_owed else "–" for moment in (line.cutoff, line.deadline)]
    expected = "dự kiến" if line.is_expected and "(dự kiến)" not in line.moved else ""
    return (
        str(line.week),
        vi_date(line.week.wednesday),
        *days,
        "; ".join(filter(None, (line.moved, expected))),
    )


def _as_json(line: WeekLine) -> dict[str, object]:
    return asdict(line) | {"week": str(line.week), "wednesday": line.week.wednesday}


def _of_campaign(campaign: Campaign) -> list[str]:
    calendar = campaign.calendar
    milestones = [
        f"Mốc {each.id}: {each.name} {each.wording}; ngày cuối cùng {named(each.last_good_day)}."
        for each in calendar.milestones
    ]
    extensions = [
        f"Gia hạn {campaign.roster[each.reporter].name}, tuần {each.week}: đến {vi_moment(each.until, calendar.zone)} "
        f"{each.vi}. Lý do: {each.reason}."
        for each in campaign.extensions
    ]
    return [*milestones, *extensions, f"Khóa mọi tuần: {vi_moment(calendar.locked_from(), calendar.zone)}."]


def _days_off(calendar: Calendar, year: int) -> list[str]:
    """Days that aren't what their weekday says."""
    odd = sorted(day for day in {*calendar.days_off, *calendar.working_days_extra} if day.year == year)
    return [f"{named(day)}: {what_it_is(calendar, day)}" for day in odd]
