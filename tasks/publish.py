"""A summary becomes documents, a recorded revision, a folder, and a delivery that the office confirmed."""

import logging
from collections.abc import Mapping
from pathlib import Path

from config.facts import campaign_files
from config.yaml_source import bytes_hash
from domain.errors import ConfigError
from domain.summary import Summary
from tasks.aggregate import Draft
from tasks.delivering import hand_over_owed, tell_of_refused
from tasks.indexing import keep_index
from tasks.publication import package
from tasks.retrying import touches_the_world
from tasks.store import publications
from tasks.store.engine import reading, writing
from tasks.store.publications import Document, Revision
from tasks.store.scratch import scratch_folder
from tasks.summaries import summary_of, without_figures_of
from tasks.workplace import Workplace, workplace

_log = logging.getLogger("ntm.publish")


@touches_the_world("Soạn tài liệu")
def render(summary_sha256: str) -> dict[str, str]:
    """Archive the documents of a summary, each as soon as it is written. Returns file name -> hash."""
    work = workplace()
    summary = summary_of(work.archive, summary_sha256)
    with scratch_folder(work.archive.root) as scratch:
        written = package.documents(
            summary, work.campaign, lambda f: work.messages[f.code].sentence(f), scratch
        )
        files = {name: work.archive.put_written(write) for name, write in written}
    files[package.SUMMARY] = summary_sha256
    _log.info("rendered %(documents)s documents", {"documents": len(files)})
    return files


@touches_the_world("Ghi sổ")
def record(draft: Draft, documents: dict[str, str]) -> bool:
    """Record the revision, its documents and the deliveries it owes, or nothing: False where the number is taken."""
    work = workplace()
    summary = without_figures_of(work.archive, draft.summary_sha256)
    files = {name: work.archive.put(data) for name, data in _configuration(work, summary.config_hash).items()}
    revision = _revision(work, summary, draft, documents)
    with writing(work.engine) as connection:
        publications.record_configuration(connection, summary.config_hash, files, work.now())
        recipients = [recipient.id for recipient in work.campaign.recipients]
        is_ours = publications.record_revision(connection, revision, recipients)
    if is_ours:
        _log.info(
            "recorded revision %(revision)s of %(week)s",
            {"revision": summary.revision, "week": str(summary.week)},
        )
    return is_ours


@touches_the_world("Phát hành")
def lay_out(week: str) -> bool:
    """Put every recorded revision, of any week, into its folder; one of `week` that lies there is compared.

    Returns whether one of `week` was put there now. None is rewritten.
    Raises StoreError where a folder holds other bytes than its revision.
    """
    work = workplace()
    with reading(work.engine) as connection:
        revisions = publications.revisions_of(connection, work.campaign.id)
    laid_out: set[str] = set()
    for revision in revisions:
        folder = work.settings.published_week(revision.campaign, str(revision.week)) / f"r{revision.number}"
        is_new = not folder.exists()
        if is_new or str(revision.week) == week:
            package.lay_out(_archived(work, revision), folder)
        if is_new:
            facts = {"week": str(revision.week), "folder": str(folder)}
            _log.info("published %(week)s into %(folder)s", facts)
            laid_out.add(facts["week"])
    return week in laid_out


@touches_the_world("Trang diễn biến")
def index_weeks() -> None:
    """The campaign's index page shows every recorded revision."""
    work = workplace()
    with reading(work.engine) as connection:
        revisions = publications.revisions_of(connection, work.campaign.id)
    keep_index(work, revisions)


@touches_the_world("Giao văn phòng")
def deliver() -> None:
    """Hand over every delivery that is owed. Raises a DeliveryError after all were tried; nothing is lost."""
    work = workplace()
    tell_of_refused(work)
    failures = [outcome.error for outcome in hand_over_owed(work) if outcome.error]
    if failures:
        # One refusal must not keep the others from being tried again.
        raise max(failures, key=lambda error: error.can_pass)


def _configuration(work: Workplace, config_hash: str) -> Mapping[str, bytes]:
    """The files that the summary was computed with. Raises ConfigError where somebody changed them meanwhile."""
    files = campaign_files(work.campaign.id, work.settings.config_root)
    if bytes_hash(files) != config_hash:
        raise ConfigError("Cấu hình đã được sửa trong lúc chạy; chưa ghi sổ gì. Hãy chạy lại.")
    return files


def _revision(work: Workplace, summary: Summary, draft: Draft, documents: dict[str, str]) -> Revision:
    sizes = {name: work.archive.path(sha256).stat().st_size for name, sha256 in documents.items()}
    return Revision(
        campaign=summary.campaign,
        week=summary.week,
        number=summary.revision,
        summary_sha256=draft.summary_sha256,
        config_hash=summary.config_hash,
        code_version=summary.code_version,
        as_of=draft.as_of,
        recorded_at=work.now(),
        reason=summary.reason,
        documents=tuple(Document(name, documents[name], sizes[name]) for name in sorted(documents)),
    )


def _archived(work: Workplace, revision: Revision) -> dict[str, Path]:
    return {document.name: work.archive.path(document.sha256) for document in revision.documents}
