"""`ntm standing`: how each commune stands by a published week: counts, what is still missing, needed and real pace.

Reads the published summary alone, so it says what the documents say, whatever has come since.
"""

from collections.abc import Iterator
from dataclasses import replace

from rich.console import Console

from config.facts import load_campaign, load_messages
from config.settings import Settings, load_settings
from deployments.cli.before import require_week
from deployments.cli.show import latest_revision, print_table
from deployments.cli.speaking import say_json
from domain.errors import UserError
from domain.figures.by_id import ids_under
from domain.reporters import ReporterKind
from domain.summary import Summary
from domain.weeks import WeekName, week_or_none
from tasks.publication.cells import Report
from tasks.publication.figure_json import value_json
from tasks.publication.many import STANDING_SHEET, least
from tasks.publication.package import SUMMARY
from tasks.publication.section_criteria import counts_table
from tasks.publication.section_standing import CODES_SHOWN, milestone_pace_table, standing_table
from tasks.publication.summary_json import read


def show_standing(week: str | None, commune: str | None, *, as_json: bool) -> None:
    """Of the latest revision of the week, or of the last week that is published. Raises UserError, ConfigError."""
    settings = load_settings()
    campaign = load_campaign(settings.campaign, settings.config_root)
    asked = require_week(week) or _last_published(settings)
    summary = _published(settings, asked)
    messages = load_messages(settings.config_root)
    report = Report(summary, campaign, lambda finding: messages[finding.code].sentence(finding))
    if commune is not None:
        report = _of_one(report, commune)
    if as_json:
        say_json(_as_json(report))
    else:
        _print(report)


def _last_published(settings: Settings) -> WeekName:
    folders = settings.published_index(settings.campaign).parent.glob("*-W*")
    weeks = [week for folder in folders if latest_revision(folder) and (week := week_or_none(folder.name))]
    if not weeks:
        raise UserError("Chưa có tuần nào được phát hành.")
    return max(weeks)


def _published(settings: Settings, week: WeekName) -> Summary:
    latest = latest_revision(settings.published_week(settings.campaign, str(week)))
    if latest is None:
        raise UserError(f"Tuần {week.vi}: chưa phát hành.")
    with (latest / SUMMARY).open("rb") as file:
        return read(file)


def _of_one(report: Report, commune: str) -> Report:
    known = {each.id: each for each in report.communes()}
    if commune not in known:
        roster = report.campaign.roster
        is_other = roster.has(commune) and roster[commune].kind is not ReporterKind.COMMUNE
        said = f"{commune} không phải là xã" if is_other else f"Không có xã {commune!r} trong tuần này"
        raise UserError(f"{said}; các xã: {', '.join(list(known)[:20])}.")
    return replace(report, chosen=(known[commune],))


def _as_json(report: Report) -> dict[str, object]:
    """Figures by their own ids (docs/figures.md), of all communes that are asked for."""
    summary = report.summary
    told = {
        figure_id: value_json(summary.value(figure_id))
        for prefix in _prefixes(report)
        for figure_id in ids_under(summary.figures, prefix)
    }
    return {"week": str(summary.week), "revision": summary.revision, "figures": told}


def _prefixes(report: Report) -> Iterator[str]:
    milestones = [each.id for each in report.campaign.calendar.milestones]
    yield from (f"distance/{milestone}/" for milestone in milestones)
    for commune in report.communes():
        for kind in ("count", "indicators_met"):
            yield from (f"{kind}/{commune.id}/", f"change/{kind}/{commune.id}/")
        yield f"standing/{commune.id}/"
        yield from (f"pace/{milestone}/{commune.id}/" for milestone in milestones)


def _print(report: Report) -> None:
    """Of one commune everything, of many the ten that the documents show."""
    console = Console(highlight=False, soft_wrap=False)
    console.print(f"[bold]Tuần {report.summary.week.vi}, {report.summary.issue_vi}[/bold]")
    of_one = len(report.communes()) == 1
    shown = report if of_one else least(report)
    print_table(console, counts_table(shown).whole())
    print_table(console, standing_table(shown, None if of_one else CODES_SHOWN).whole())
    for milestone in report.campaign.calendar.milestones:
        print_table(console, milestone_pace_table(shown, milestone))
    console.print("Tiến độ tính bằng chỉ tiêu mỗi tuần báo cáo.")
    left = len(report.communes()) - len(shown.communes())
    if left:
        console.print(
            f"Còn {left} xã khác: xin thêm --commune, hoặc xem phụ lục, trang tính “{STANDING_SHEET}”."
        )
