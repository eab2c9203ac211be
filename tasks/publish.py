"""A summary becomes documents, a recorded revision, a folder, and a delivery that the office confirmed."""

import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from config.facts import campaign_files
from config.settings import OfficeKind
from config.yaml_source import bytes_hash
from domain.errors import ConfigError, DeliveryError
from domain.summary import Summary
from tasks.aggregate import Draft
from tasks.publication import package
from tasks.publication.office import Delivery, FolderOffice, HttpOffice, Office, Receipt
from tasks.publication.summary_json import parse
from tasks.retrying import touches_the_world
from tasks.store import deliveries, publications
from tasks.store.deliveries import OwedDelivery
from tasks.store.engine import reading, writing
from tasks.store.publications import Document, Revision
from tasks.workplace import Workplace, workplace

_log = logging.getLogger("ntm.publish")


@touches_the_world("Soạn tài liệu")
def render(summary_sha256: str) -> dict[str, str]:
    """Archive the documents of a summary. Returns file name -> hash."""
    work = workplace()
    summary = parse(work.archive.read(summary_sha256))
    files = package.render(summary, work.campaign, lambda f: work.messages[f.code].sentence(f))
    _log.info("rendered %(documents)s documents", {"documents": len(files)})
    return {name: work.archive.put(data) for name, data in files.items()}


@touches_the_world("Ghi sổ")
def record(draft: Draft, documents: dict[str, str]) -> bool:
    """Record the revision, its documents and the deliveries it owes, or nothing: False where the number is taken."""
    work = workplace()
    summary = parse(work.archive.read(draft.summary_sha256))
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
def lay_out(week: str) -> None:
    """Put every recorded revision, of any week, into its folder; one of `week` that lies there is compared.

    None is rewritten. Raises StoreError where a folder holds other bytes than its revision.
    """
    work = workplace()
    with reading(work.engine) as connection:
        revisions = publications.revisions_of(connection, work.campaign.id)
    for revision in revisions:
        folder = work.settings.published_week(revision.campaign, str(revision.week)) / f"r{revision.number}"
        is_new = not folder.exists()
        if is_new or str(revision.week) == week:
            package.lay_out(_archived(work, revision), folder)
        if is_new:
            facts = {"week": str(revision.week), "folder": str(folder)}
            _log.info("published %(week)s into %(folder)s", facts)


@touches_the_world("Giao văn phòng")
def deliver() -> None:
    """Hand over every delivery that is owed. Raises the last DeliveryError after all were tried; nothing is lost."""
    work = workplace()
    with reading(work.engine) as connection:
        owed = deliveries.pending(connection, work.campaign.id)
    failures = [error for one in owed if (error := _deliver(work, one))]
    if failures:
        raise failures[-1]


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


def _deliver(work: Workplace, owed: OwedDelivery) -> DeliveryError | None:
    """One delivery, by one process at a time. A failure is recorded and handed back, so that the others go on."""
    names = {recipient.id: recipient.name for recipient in work.campaign.recipients}
    facts = {"key": owed.key, "recipient": names.get(owed.recipient, owed.recipient)}
    with deliveries.claimed(work.engine, owed.key, owed.recipient) as claimed:
        if claimed is None:
            return None
        try:
            receipt = _office(work).hand_over(_delivery(work, owed))
        except DeliveryError as error:
            _note(work, owed, error)
            _log.warning("undelivered %(key)s to %(recipient)s: %(why)s", {**facts, "why": str(error)})
            return error
        _note(work, owed, receipt)
        _log.info("delivered %(key)s to %(recipient)s at %(place)s", {**facts, "place": receipt.at_office})
        return None


def _note(work: Workplace, owed: OwedDelivery, outcome: Receipt | DeliveryError) -> None:
    with writing(work.engine) as connection:
        if isinstance(outcome, Receipt):
            mark = partial(deliveries.mark_delivered, receipt=outcome.text, now=work.now())
        else:
            mark = partial(deliveries.mark_failed, error=str(outcome), can_pass=outcome.can_pass)
        mark(connection, owed.key, owed.recipient)


def _delivery(work: Workplace, owed: OwedDelivery) -> Delivery:
    with reading(work.engine) as connection:
        revision = publications.revision_of(connection, owed.key)
    if revision is None:
        raise DeliveryError(
            f"{owed.key}: sổ cái không có bản này. Hãy khôi phục cơ sở dữ liệu từ bản sao lưu.", can_pass=False
        )
    return Delivery(
        key=revision.key,
        recipient=owed.recipient,
        campaign=revision.campaign,
        week=str(revision.week),
        revision=revision.number,
        files=_archived(work, revision),
        sha256s={document.name: document.sha256 for document in revision.documents},
    )


def _office(work: Workplace) -> Office:
    settings = work.settings
    if settings.office is OfficeKind.HTTP:
        return HttpOffice(
            settings.office_url, settings.office_token.get_secret_value(), settings.office_timeout_seconds
        )
    if settings.office_folder.is_relative_to(settings.home):
        # Our own default folder; a shared drive that is not mounted must not be made up.
        settings.office_folder.mkdir(parents=True, exist_ok=True)
    return FolderOffice(settings.office_folder)
