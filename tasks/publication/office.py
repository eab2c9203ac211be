"""The office's door: where a revision is handed over. Knows folders and HTTP; doesn't know outbox or
database.

An office confirms by naming the hash of what it holds. Whatever else it answers is no confirmation, and the
delivery stays in the outbox; every repetition carries the same key, so that a second arrival is recognised as
the first.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import httpx

from domain.errors import DeliveryError, StoreError
from tasks.publication.folders import hashes, hashes_in, lay_out, manifest

REPEAT_LATER = (408, 425, 429)  # refusals that name a moment, not the delivery


@dataclass(frozen=True)
class Delivery:
    """One revision for one recipient. `key` is campaign:week:revision; `files` are the archived bytes."""

    key: str
    campaign: str
    week: str
    revision: int
    files: Mapping[str, Path]
    sha256s: Mapping[str, str]

    @property
    def manifest(self) -> str:
        return manifest(self.sha256s)


@dataclass(frozen=True)
class Receipt:
    """`text` is what is recorded as proof; `at_office` where the office says that it keeps it."""

    text: str
    at_office: str


class Office(Protocol):
    """Raises DeliveryError; its `can_pass` says whether trying again can help."""

    def hand_over(self, delivery: Delivery) -> Receipt: ...


@dataclass(frozen=True)
class FolderOffice:
    """A folder that the office reads, e.g. a shared drive: root/<campaign>/<week>/r<revision>/."""

    root: Path

    def hand_over(self, delivery: Delivery) -> Receipt:
        _require_archived_bytes(delivery)
        if not self.root.is_dir():
            raise DeliveryError(
                f"The office's folder {self.root} isn't there. Connect the drive; the delivery waits."
            )
        target = self.root / delivery.campaign / delivery.week / f"r{delivery.revision}"
        try:
            lay_out(delivery.files, target)
            arrived = manifest(hashes_in(target))
        except StoreError as error:
            raise DeliveryError(f"{delivery.key} was not handed over: {error}", can_pass=False) from error
        except OSError as error:
            raise DeliveryError(
                f"{delivery.key}: the office's folder refused ({error}). It is tried again."
            ) from error
        if arrived != delivery.manifest:
            raise DeliveryError(
                f"{delivery.key}: {target} reads back other bytes than were written. Check that drive.",
                can_pass=False,
            )
        return Receipt(f"sha256:{arrived}", str(target))


@dataclass(frozen=True)
class HttpOffice:
    """One POST: a JSON part `manifest` and one part `files` for each file; the answer is JSON with
    `manifest_sha256`.

    `token` is sent as a bearer token where it is not empty; `timeout` in seconds, for each of connecting,
    sending and waiting. Redirects are not followed: a delivery goes where configuration says.
    """

    url: str
    token: str = ""
    timeout: float = 30.0

    def hand_over(self, delivery: Delivery) -> Receipt:
        _require_archived_bytes(delivery)
        try:
            response = httpx.post(
                self.url,
                headers=self._headers(delivery),
                data={"manifest": _manifest_json(delivery)},
                files=[("files", (name, path.read_bytes())) for name, path in sorted(delivery.files.items())],
                timeout=self.timeout,
            )
        except httpx.TransportError as error:
            raise DeliveryError(
                f"{delivery.key}: no answer from the office ({error!r}). It is tried again."
            ) from error
        _require_accepted(delivery, response)
        return _receipt(delivery, response)

    def _headers(self, delivery: Delivery) -> dict[str, str]:
        authorization = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {"Idempotency-Key": delivery.key, "Accept": "application/json", **authorization}


def _require_archived_bytes(delivery: Delivery) -> None:
    """What is handed over is what was recorded, to the byte."""
    if hashes(delivery.files) != dict(delivery.sha256s):
        raise DeliveryError(
            f"{delivery.key}: the archived files are not the recorded ones. Nothing was sent; "
            "run the archive's check.",
            can_pass=False,
        )


def _manifest_json(delivery: Delivery) -> str:
    return json.dumps(
        {
            "key": delivery.key,
            "campaign": delivery.campaign,
            "week": delivery.week,
            "revision": delivery.revision,
            "files": dict(delivery.sha256s),
            "manifest_sha256": delivery.manifest,
        },
        sort_keys=True,
    )


def _require_accepted(delivery: Delivery, response: httpx.Response) -> None:
    status = response.status_code
    if status >= 500 or status in REPEAT_LATER:
        raise DeliveryError(f"{delivery.key}: the office answered {status}. It is tried again.")
    if not response.is_success:
        raise DeliveryError(
            f"{delivery.key}: the office refused with {status}. Check address and token, then deliver again.",
            can_pass=False,
        )


def _receipt(delivery: Delivery, response: httpx.Response) -> Receipt:
    """Something that isn't the office's confirmation (a log-in page) may pass; another hash won't."""
    try:
        answer = response.json()
        confirmed = str(answer["manifest_sha256"])
    except (ValueError, KeyError, TypeError) as error:
        kind = response.headers.get("Content-Type", "without a type")
        raise DeliveryError(
            f"{delivery.key}: the answer ({response.status_code}, {kind}) confirms nothing; tried again."
        ) from error
    if confirmed != delivery.manifest:
        raise DeliveryError(
            f"{delivery.key}: the office confirms {confirmed[:12]}, sent was {delivery.manifest[:12]}. "
            "Ask the office what it got.",
            can_pass=False,
        )
    return Receipt(f"sha256:{confirmed}", str(answer.get("location", response.request.url)))
