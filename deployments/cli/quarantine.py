"""`ntm quarantine list` and `release`: what waits for a person to say whose it is. Without a Prefect server."""

import typer

from config.settings import load_settings
from deployments.cli.before import require_database, require_sound
from deployments.cli.speaking import say_json, silence_events
from domain.errors import UserError
from domain.findings import blocks
from domain.vietnamese import vi_moment
from tasks.releasing import Released, is_releasable, release, waiting
from tasks.store.releases import Release
from tasks.store.verdicts import VerdictInForce
from tasks.workplace import Workplace, workplace

UNNAMED = "(không lưu tên tệp)"


def list_quarantine(*, as_json: bool) -> None:
    """Print every file in quarantine, with what was found in it. Raises ConfigError, StoreError."""
    work = _opened()
    files = waiting(work)
    if as_json:
        say_json([_facts(work, file) for file in files])
        return
    for file in files:
        _print(work, file)
    if any(map(is_releasable, files)):
        typer.echo(
            "→ Tệp nằm nhầm thư mục: hãy chuyển sang đúng thư mục. Tệp chỉ ghi nhầm đơn vị hoặc kỳ báo cáo: "
            'ntm quarantine release SỐ --by "chức vụ" --reason "lý do"'
        )
    if not files:
        typer.echo("Không có tệp nào chờ xác minh.")


def release_file(number: int, by: str, reason: str, *, as_json: bool) -> None:
    """Take one file out of quarantine. Raises UserError where that can't be, ConfigError, StoreError."""
    if not by.strip():
        raise UserError(
            'Hãy ghi chức vụ của người quyết định, ví dụ: --by "Trưởng phòng Nông nghiệp và PTNT".'
        )
    work = _opened()
    released = release(work, Release(number, by.strip(), reason))
    if as_json:
        state = released.file.verdict.state.value
        say_json({"released": number, "is_new": released.is_new, "state": state})
    else:
        typer.echo(_told(work, released))


def _opened() -> Workplace:
    settings = load_settings()
    require_sound(settings)
    require_database(settings)
    silence_events()
    return workplace()


def _print(work: Workplace, file: VerdictInForce) -> None:
    received = vi_moment(file.received_at, work.campaign.calendar.zone)
    unit = work.campaign.roster[file.reporter].name
    name = file.file_name or UNNAMED
    typer.echo(f"{file.submission_id}. {unit}, tuần {file.week}, nhận lúc {received}: {name}")
    for said in _sentences(work, file):
        typer.echo(f"    {said}")


def _sentences(work: Workplace, file: VerdictInForce) -> list[str]:
    """What keeps it out, each sentence once: why it waits, and the errors for which a release would return it."""
    said = (work.messages[f.code].sentence(f) for f in file.verdict.findings if blocks([f]))
    return list(dict.fromkeys(said))


def _facts(work: Workplace, file: VerdictInForce) -> dict[str, object]:
    return {
        "number": file.submission_id,
        "reporter": file.reporter,
        "week": str(file.week),
        "file_name": file.file_name,
        "received_at": file.received_at,
        "findings": _sentences(work, file),
        "releasable": is_releasable(file),
    }


def _told(work: Workplace, released: Released) -> str:
    file, number = released.file, released.file.submission_id
    unit = work.campaign.roster[file.reporter].name
    if not released.is_new:
        return f"Tệp số {number} của {unit} đã được đưa ra khỏi diện chờ xác minh từ trước."
    return (
        f"Tệp số {number} của {unit} đã ra khỏi diện chờ xác minh: {file.verdict.state.vi}.\n"
        f'Muốn phát hành bản mới: ntm republish --week {file.week} --reason "lý do"'
    )
