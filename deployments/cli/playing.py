"""The sample campaign played on the story's clock: each act at its own moment, through the real flows or taken in only.

Whatever was played before stays: every step asks the ledger, so a play that was killed goes on where it stood.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from config.settings import Settings
from deployments.cli.doors import as_document, code, late_parameters
from deployments.cli.runs import Ending, Run
from deployments.cli.show import latest_revision
from deployments.demo.acts import Act, Close, Late, ReleaseFile, Republish
from domain.campaign import Campaign
from domain.vietnamese import vi_moment
from tasks.answering import answer_all
from tasks.judging import judge_waiting
from tasks.publication.package import SUMMARY
from tasks.publication.summary_json import read_around
from tasks.receiving import take_named, take_waiting
from tasks.releasing import release
from tasks.settling import Answer
from tasks.store.archive import sha256_of
from tasks.store.engine import reading
from tasks.store.submissions import already_taken, unjudged
from tasks.workplace import Workplace, workplace_of


@dataclass(frozen=True)
class Played:
    """One act and how its run ended."""

    act: Act
    ending: Ending


def play(settings: Settings, acts: Iterable[Act], run: Run) -> Iterator[Played]:
    """Each act by its flow, told as it is done; the first that fails is the last. Raises UserError for a release that
    can't be."""
    for act in acts:
        ending = _run(settings.at(act.at), act, run)
        yield Played(act, ending)
        if code(ending):
            return


def take_in(settings: Settings, acts: Iterable[Act]) -> None:
    """What these acts brought in, each at its moment: received, judged, answered, released; nothing is published."""
    for act in acts:
        work = workplace_of(settings.at(act.at))
        match act:
            case Close():
                take_waiting(work)
            case Late():
                take_named(work, str(act.week), act.reporter, act.file)
            case ReleaseFile():
                _release(work, act)
        with reading(work.engine) as connection:
            waiting = unjudged(connection, work.campaign.id)
        judge_waiting(work, waiting)
        answer_all(work)


def _run(settings: Settings, act: Act, run: Run) -> Ending:
    week = str(act.week)
    match act:
        case Late():
            given = late_parameters(week, act.reporter, act.file, act.reason, None)
            return run(settings, "late_submission", given)
        case ReleaseFile():
            _release(workplace_of(settings), act)
            return run(settings, "republication", {"week": week, "reason": act.reason})
        case Republish():
            return run(settings, "republication", {"week": week, "reason": act.reason})
        case _:
            return run(settings, "weekly_summary", {"week": week})


def _release(work: Workplace, act: ReleaseFile) -> None:
    """Of a file that was never taken in, no number is known: 0 is nobody's, and refused so."""
    key = (act.reporter, act.week, sha256_of(act.file.read_bytes()))
    with reading(work.engine) as connection:
        number = already_taken(connection, work.campaign.id).get(key, 0)
    release(work, Answer(number, act.by, act.reason))


def document(played: Played) -> dict[str, object]:
    """What a program reads of one act."""
    act = played.act
    told = {"at": act.at, "act": _NAMES[type(act)], "week": str(act.week)}
    return told | as_document(played.ending)


def told(played: Played, settings: Settings, campaign: Campaign) -> str:
    """One line: when, what, and how its week stands now."""
    act, ending = played.act, played.ending
    when = vi_moment(act.at, campaign.calendar.zone)
    outcome = ending.message if code(ending) else _outcome(played, settings)
    return f"{when:<16} Tuần {act.week.vi}, {_what(act, campaign)}: {outcome}"


_NAMES = {Close: "close", Late: "late", Republish: "republish", ReleaseFile: "release"}


def _what(act: Act, campaign: Campaign) -> str:
    match act:
        case Late():
            return f"{campaign.roster[act.reporter].name} gửi sau giờ chốt"
        case ReleaseFile():
            return f"xác minh tệp của {campaign.roster[act.reporter].name}"
        case Republish():
            return "phát hành lại"
        case _:
            return "chốt"


def _outcome(played: Played, settings: Settings) -> str:
    """`bản 1, 8/10 đơn vị đã báo cáo`, of the revision that lies published now."""
    folder = latest_revision(settings.published_week(settings.campaign, str(played.act.week)))
    if folder is None:
        return played.ending.message
    with (folder / SUMMARY).open("rb") as file:
        summary = read_around(file)
    reported = sum(line.state.has_reported for line in summary.owing)
    now = f"bản {summary.revision}, {reported}/{len(summary.owing)} đơn vị đã báo cáo"
    return now if played.ending.name != "Unchanged" else f"không thay đổi ({now})"
