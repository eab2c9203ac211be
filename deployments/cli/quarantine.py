"""`ntm quarantine`: what waits for a person to say whose or what it is, and the word that settles it. Without a Prefect
server."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from deployments.cli.before import opened, require_week
from deployments.cli.speaking import finding_facts, say_json
from domain.errors import IntakeError
from domain.findings import Finding, Severity, blocks
from domain.submissions import SubmissionState
from domain.vietnamese import vi_moment
from tasks.intake.inbox import LeftOut
from tasks.receiving import left_out
from tasks.recorded import Known, known, number_of
from tasks.releasing import Target, release, units_named
from tasks.settling import (
    Settled,
    Way,
    answer,
    decided_words,
    format_of,
    refuse,
    settled_words,
    waiting,
    ways_out,
)
from tasks.store import settlements, verdicts
from tasks.store.engine import reading
from tasks.store.settlements import Recorded
from tasks.store.verdicts import VerdictInForce
from tasks.typed_in import type_in
from tasks.workplace import Workplace

_CHANNELS = {"folder": "thư mục", "backfill": "nhập lại", "by hand": "lệnh ntm", "typed": "nhập từ bản quét"}
UNNAMED = "(không lưu tên tệp)"
BY_TYPING = "Nhập từ bản quét vào mẫu biểu"


@dataclass(frozen=True)
class Whose:
    """Whose report a file is, and of which week, as the caller wrote it; None: as its folder says."""

    reporter: str | None
    week: str | None


def list_quarantine(*, as_json: bool) -> None:
    """Print every file in quarantine, with what was found and what can be done. Raises ConfigError, StoreError."""
    work = opened()
    files = waiting(work)
    with reading(work.engine) as connection:
        followed = verdicts.followed_by(connection, work.campaign.id, files)
    if as_json:
        say_json([_facts(work, file) | {"followed_by": followed.get(file.submission_id)} for file in files])
        return
    for file in files:
        _print(work, file, followed.get(file.submission_id))
    if files:
        typer.echo('Mỗi quyết định ghi thêm --by "chức vụ" và --reason "lý do" (typed: chỉ --by).')
    else:
        typer.echo("Không có tệp nào chờ xác minh.")
    for one in _outside(work):
        typer.echo(f"Chưa nhận vào hệ thống: {one.path}: {one.why}")


def _outside(work: Workplace) -> tuple[LeftOut, ...]:
    """What lies in the inbox and no run takes in: a folder of nobody is looked for here first."""
    try:
        return left_out(work)
    except IntakeError:  # no inbox on this machine
        return ()


def show_file(named: str, *, as_json: bool) -> None:
    """Print all that is recorded of one file, in whatever state. Raises UserError where `named` is none, or several."""
    work = opened()
    number = number_of(work, named)
    file = known(work, number)
    with reading(work.engine) as connection:
        in_place_of = settlements.in_place_of(connection, number)
    if as_json:
        say_json(_document(work, file) | {"in_place_of": in_place_of})
    else:
        for line in _told(work, file, in_place_of):
            typer.echo(line)


def release_file(number: int, by: str, reason: str, whose: Whose, *, as_json: bool) -> None:
    """Say whose report a file is and of which week. Raises UserError where that can't be, ConfigError, StoreError."""
    given, week = answer(number, by, reason), require_week(whose.week)
    work = opened()
    done = release(work, given, Target(whose.reporter, week))
    _say(work, number, done, "released", as_json=as_json)


def refuse_file(number: int, by: str, reason: str, *, as_json: bool) -> None:
    """Say that a file can't be accepted. Raises UserError for one that doesn't wait, ConfigError, StoreError."""
    given = answer(number, by, reason)
    work = opened()
    _say(work, number, refuse(work, given), "refused", as_json=as_json)


def typed_file(number: int, file: Path, by: str, *, as_json: bool) -> None:
    """Take in what was typed from a scan. Raises UserError without scan or file, ConfigError, StoreError."""
    given = answer(number, by, BY_TYPING)
    work = opened()
    _say(work, number, type_in(work, given, file), "typed", as_json=as_json)


def _say(work: Workplace, number: int, done: Settled, what: str, *, as_json: bool) -> None:
    if not as_json:
        typer.echo(settled_words(work, number, done))
        return
    file = done.file
    say_json(
        {
            what: number,
            "is_new": done.is_new,
            "state": file.verdict.state.value,
            "is_settled": done.decision is not None,
            "counts_as": {"number": file.submission_id, "reporter": file.reporter, "week": str(file.week)},
        }
    )


def _print(work: Workplace, file: VerdictInForce, followed_by: int | None) -> None:
    received = vi_moment(file.received_at, work.campaign.calendar.zone)
    unit = work.campaign.roster[file.reporter].name
    name = file.file_name or UNNAMED
    typer.echo(f"{file.submission_id}. {unit}, tuần {file.week}, nhận lúc {received}: {name}")
    for said in _sentences(work, file):
        typer.echo(f"    {said}")
    if followed_by:
        typer.echo(f"    Tệp số {followed_by} của đơn vị đã được tiếp nhận sau đó.")
    typer.echo(f"→ {'; '.join(_commands(work, file))}")


def _commands(work: Workplace, file: VerdictInForce) -> Iterator[str]:
    """What can be typed for this file, the likeliest first."""
    ways, begun = ways_out(file), "ntm quarantine"
    if Way.RELEASE in ways:
        yield f"{begun} release {file.submission_id} [--reporter ĐƠN_VỊ] [--week TUẦN]"
    elif Way.MOVE in ways:
        yield f"{begun} release {file.submission_id} --reporter {_named(work, file)} [--week TUẦN]"
    if Way.TYPED in ways:
        yield f"{begun} typed {file.submission_id} --file TỆP"
    if Way.REFUSE in ways:
        yield f"{begun} refuse {file.submission_id}"


def _named(work: Workplace, file: VerdictInForce) -> str:
    """The id of the one unit that the file names; of several a person has to choose."""
    units = units_named(work, file.week, file.verdict.findings)
    return units[0].id if len(units) == 1 else "ĐƠN_VỊ"


def _sentences(work: Workplace, file: VerdictInForce) -> list[str]:
    """What keeps it out, each sentence once: why it waits, and the errors for which a release would return it."""
    said = (work.messages[f.code].sentence(f) for f in file.verdict.findings if blocks([f]))
    return list(dict.fromkeys(said))


def _facts(work: Workplace, file: VerdictInForce) -> dict[str, object]:
    ways = ways_out(file)
    return {
        "number": file.submission_id,
        "reporter": file.reporter,
        "unit": work.campaign.roster[file.reporter].name,
        "week": str(file.week),
        "file_name": file.file_name,
        "received_at": file.received_at,
        "findings": _sentences(work, file),
        "releasable": Way.RELEASE in ways,
        "ways_out": [way.name.lower() for way in ways],
    }


def _document(work: Workplace, file: Known) -> dict[str, object]:
    """All that is recorded, for a program."""
    arrival, in_force = file.stored.arrival, file.in_force
    return {
        "number": file.stored.id,
        "unit": work.campaign.roster[arrival.reporter].name,
        **vars(arrival),
        "recorded_at": file.stored.recorded_at,
        "format": format_of(work, arrival),
        "state": _state(file).value,
        "findings": [finding_facts(f, work.messages) for f in in_force.verdict.findings] if in_force else [],
        "decision": _decision(file.decision) if file.decision else None,
        "ways_out": [way.name.lower() for way in ways_out(in_force)] if in_force else [],
    }


def _decision(decision: Recorded) -> dict[str, object]:
    return asdict(decision.settlement) | {"recorded_at": decision.recorded_at}


def _state(file: Known) -> SubmissionState:
    return file.in_force.verdict.state if file.in_force else SubmissionState.RECEIVED


def _told(work: Workplace, file: Known, in_place_of: tuple[int, ...]) -> Iterator[str]:
    """The same for a person: one fact a line."""
    arrival, zone = file.stored.arrival, work.campaign.calendar.zone
    stated = f" (thời điểm do {arrival.stated_by} ghi)" if arrival.stated_by else ""
    yield f"Tệp số {file.stored.id}: {arrival.file_name or UNNAMED}"
    yield f"  Đơn vị, tuần: {work.campaign.roster[arrival.reporter].name}, {arrival.week} ({arrival.week.vi})"
    yield f"  Tình trạng: {_state(file).vi}"
    way = _CHANNELS.get(arrival.channel, arrival.channel)
    yield f"  Nhận lúc: {vi_moment(arrival.received_at, zone)}{stated}; đường nhận: {way}"
    yield f"  Ghi sổ lúc: {vi_moment(file.stored.recorded_at, zone)}"
    yield f"  Định dạng: {format_of(work, arrival) or 'không mở'}; {arrival.size} byte"
    yield f"  SHA-256: {arrival.sha256}"
    if file.in_force:
        worst_first = sorted(
            file.in_force.verdict.findings, key=lambda found: list(Severity).index(found.severity)
        )
        yield from (_line(work, found) for found in worst_first)
    yield from _decided(work, file.decision, in_place_of)
    if file.in_force:
        yield from (f"  → {command}" for command in _commands(work, file.in_force))


def _line(work: Workplace, found: Finding) -> str:
    return f"  [{found.severity.vi}] {found.place.vi or 'cả tệp'}: {work.messages[found.code].text(found)}"


def _decided(work: Workplace, decision: Recorded | None, in_place_of: tuple[int, ...]) -> Iterator[str]:
    if decision:
        yield f"  Quyết định: {decided_words(work, decision)}"
    for number in in_place_of:
        yield f"  Thay cho tệp số {number}."
