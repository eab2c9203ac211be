"""What is owed is handed over to the office, each delivery by one process at a time, and noted. Knows no Prefect."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from config.settings import OfficeKind
from domain.errors import DeliveryError
from domain.weeks import WeekName
from tasks.publication.office import Delivery, FolderOffice, HttpOffice, Office, Receipt
from tasks.store import deliveries, publications
from tasks.store.deliveries import OwedDelivery
from tasks.store.engine import reading, writing
from tasks.workplace import Workplace

_log = logging.getLogger("ntm.delivering")


@dataclass(frozen=True)
class Outcome:
    """What became of one delivery; `recipient` is the name. `error` is None where the office confirmed."""

    key: str
    recipient: str
    error: DeliveryError | None = None


def hand_over_owed(work: Workplace, week: WeekName | None = None) -> Iterator[Outcome]:
    """Try everything that the campaign owes, of one week or of all; one failure doesn't keep back the others."""
    with reading(work.engine) as connection:
        owed = deliveries.pending(connection, work.campaign.id, week)
    for one in owed:
        with deliveries.claimed(work.engine, one.key, one.recipient) as claimed:
            outcome = _handed_over(work, claimed) if claimed else None  # None: another process was quicker
        if outcome:
            yield outcome


def hand_over_again(work: Workplace, week: WeekName | None = None) -> Iterator[Outcome]:
    """The same with what the office refused: a person has seen to the cause."""
    with writing(work.engine) as connection:
        deliveries.ask_again(connection, work.campaign.id, week)
    return hand_over_owed(work, week)


def undelivered(work: Workplace, week: WeekName | None = None) -> tuple[OwedDelivery, ...]:
    """What the ledger says is still not confirmed, refused or pending."""
    with reading(work.engine) as connection:
        states = (deliveries.refused, deliveries.pending)
        return tuple(one for state in states for one in state(connection, work.campaign.id, week))


def tell_of_refused(work: Workplace) -> None:
    """Say what the office refused earlier: no run sends it again by itself, and none may end in silence over it."""
    with reading(work.engine) as connection:
        refused = deliveries.refused(connection, work.campaign.id)
    for one in refused:
        _tell_undelivered(one.key, _name(work, one), one.last_error)


def _handed_over(work: Workplace, owed: OwedDelivery) -> Outcome:
    """A failure is recorded and handed back, so that the others go on."""
    name = _name(work, owed)
    try:
        receipt = _office(work).hand_over(_delivery(work, owed))
    except DeliveryError as error:
        _note(work, owed, error)
        _tell_undelivered(owed.key, name, str(error))
        return Outcome(owed.key, name, error)
    _note(work, owed, receipt)
    facts = {"key": owed.key, "recipient": name, "place": receipt.at_office}
    _log.info("delivered %(key)s to %(recipient)s at %(place)s", facts)
    return Outcome(owed.key, name)


def _tell_undelivered(key: str, recipient: str, why: str) -> None:
    _log.warning(
        "undelivered %(key)s to %(recipient)s: %(why)s", {"key": key, "recipient": recipient, "why": why}
    )


def _name(work: Workplace, owed: OwedDelivery) -> str:
    """One that has left the campaign since is told by its id."""
    names = {recipient.id: recipient.name for recipient in work.campaign.recipients}
    return names.get(owed.recipient, owed.recipient)


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
            f"{owed.key}: sổ cái không có bản này. Hãy khôi phục cơ sở dữ liệu từ bản sao lưu.",
            can_pass=False,
        )
    return Delivery(
        key=revision.key,
        recipient=owed.recipient,
        campaign=revision.campaign,
        week=str(revision.week),
        revision=revision.number,
        files={document.name: work.archive.path(document.sha256) for document in revision.documents},
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
        with suppress(OSError):  # told by who hands over, delivery by delivery
            settings.office_folder.mkdir(parents=True, exist_ok=True)
    return FolderOffice(settings.office_folder)
