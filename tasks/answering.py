"""The answer to a sender whose file was returned or quarantined: a page in the reporter's folder of its campaign.
Knows no Prefect."""

import logging
from pathlib import Path

from domain.lateness import due
from domain.telling import why_refused
from tasks.publication.folders import make, replace_file
from tasks.publication.reply import Reply, reply_page
from tasks.store.engine import reading, writing
from tasks.store.verdicts import VerdictInForce, first_received_at, record_reply, unanswered
from tasks.workplace import Workplace

_log = logging.getLogger("ntm.answer")


def answer_all(work: Workplace) -> None:
    """Answer every verdict that keeps a file out of the sums and was not told yet, also a killed run's.

    A folder that refuses the page costs neither the other units their answers nor the leaders their week: the answer
    stays owed, the run's end says so, and the next run writes it.
    """
    with reading(work.engine) as connection:
        owed = unanswered(connection, work.campaign.id)
    for verdict in owed:
        unit = work.campaign.roster[verdict.reporter].name
        try:
            path = _answer(work, verdict)
        except OSError as error:
            _log.warning("unanswered %(unit)s: %(why)s", {"unit": unit, "why": why_refused(error)})
        else:
            _log.info("answered %(unit)s in %(path)s", {"unit": unit, "path": str(path)})


def _answer(work: Workplace, verdict: VerdictInForce) -> Path:
    """The page stands before it is noted: killed in between, the same bytes are written again."""
    page = _page(work, verdict)
    path = Path(work.campaign.id, verdict.reporter, f"{verdict.week}-{verdict.sha256[:8]}.html")
    sha256 = work.archive.put(page)
    _place(work.settings.replies / path, page)
    with writing(work.engine) as connection:
        record_reply(connection, verdict, sha256=sha256, path=str(path), now=work.now())
    return work.settings.replies / path


def _page(work: Workplace, verdict: VerdictInForce) -> bytes:
    zone = work.campaign.calendar.zone
    given = due(work.campaign, verdict.reporter, verdict.week, work.now())
    with reading(work.engine) as connection:
        first = first_received_at(connection, work.campaign.id, verdict.reporter, verdict.week)
    until = given.mending_until(verdict.received_at, first)
    reply = Reply(
        unit=work.campaign.roster[verdict.reporter].name,
        issuer=work.campaign.heading.issuer,
        week=verdict.week,
        file_name=verdict.file_name or "(không lưu tên tệp)",
        sha256=verdict.sha256,
        received_at=verdict.received_at.astimezone(zone),
        verdict=verdict.verdict,
        mending_until=until.astimezone(zone) if until and until > work.now() else None,
        send_to=f"{verdict.week}/{verdict.reporter}",
        is_sample=work.campaign.sample,
    )
    words = work.messages
    return reply_page(reply, lambda f: words[f.code].sentence(f), lambda f: words[f.code].advice(f))


def _place(path: Path, page: bytes) -> None:
    """Whole or not at all, and on the disk when it returns. Two runs may answer the same verdict at once."""
    for folder in reversed(path.parents[:3]):  # replies, campaign, reporter
        make(folder)
    replace_file(path, page)
