"""The answer to a sender whose file was returned or quarantined: a page in the reporter's folder of replies."""

import logging
import os
import tempfile
from pathlib import Path

from domain.lateness import due
from domain.submissions import SubmissionState
from tasks.publication.reply import Reply, reply_page
from tasks.retrying import touches_the_world
from tasks.store.engine import reading, writing
from tasks.store.verdicts import VerdictInForce, record_reply, unanswered
from tasks.workplace import Workplace, workplace

_log = logging.getLogger("ntm.acknowledge")
READABLE = 0o644  # the unit reads its folder under another account


@touches_the_world("Phản hồi đơn vị")
def acknowledge() -> None:
    """Answer every verdict that keeps a file out of the sums and was not told yet, also a killed run's."""
    work = workplace()
    with reading(work.engine) as connection:
        owed = [verdict for verdict in unanswered(connection, work.campaign.id) if _needs_answer(verdict)]
    for verdict in owed:
        _answer(work, verdict)


def _needs_answer(verdict: VerdictInForce) -> bool:
    return verdict.verdict.state in (SubmissionState.RETURNED, SubmissionState.QUARANTINED)


def _answer(work: Workplace, verdict: VerdictInForce) -> None:
    """The page stands before it is noted: killed in between, the same bytes are written again."""
    page = _page(work, verdict)
    path = Path(verdict.reporter) / f"{verdict.week}-{verdict.sha256[:8]}.html"
    sha256 = work.archive.put(page)
    _place(work.settings.replies / path, page)
    with writing(work.engine) as connection:
        record_reply(connection, verdict, sha256=sha256, path=str(path), now=work.now())
    name = work.campaign.roster[verdict.reporter].name
    _log.info("answered %(unit)s in %(path)s", {"unit": name, "path": str(work.settings.replies / path)})


def _page(work: Workplace, verdict: VerdictInForce) -> bytes:
    zone = work.campaign.calendar.zone
    until = due(work.campaign, verdict.reporter, verdict.week).mending_until(verdict.received_at)
    reply = Reply(
        unit=work.campaign.roster[verdict.reporter].name,
        issuer=work.campaign.heading.issuer,
        week=verdict.week,
        file_name=verdict.file_name or "(không lưu tên tệp)",
        sha256=verdict.sha256,
        received_at=verdict.received_at.astimezone(zone),
        verdict=verdict.verdict,
        mending_until=until.astimezone(zone) if until else None,
        send_to=f"{verdict.week}/{verdict.reporter}",
        is_sample=work.campaign.sample,
    )
    words = work.messages
    return reply_page(reply, lambda f: words[f.code].sentence(f), lambda f: words[f.code].advice(f))


def _place(path: Path, page: bytes) -> None:
    """Whole or not at all, and on the disk when it returns. Two runs may answer the same verdict at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.stem}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(page)
            file.flush()
            os.fchmod(descriptor, READABLE)
            os.fsync(descriptor)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
