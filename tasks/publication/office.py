"""The office's door: where a revision is handed over. Knows folders and HTTP; doesn't know outbox or
database.

An office confirms by naming the hash of what it holds. Whatever else it answers is no confirmation, and the
delivery stays in the outbox; every repetition carries the same key, so that a second arrival is recognised as
the first. Recipients who share an office are told apart by their id (docs/decisions/0012).
"""

import asyncio
import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import httpx

from domain.errors import DeliveryError, StoreError
from domain.telling import why_refused
from domain.weeks import WeekName
from tasks.publication.folders import hashes, hashes_in, lay_out, make, manifest

REPEAT_LATER = (408, 425, 429)  # refusals that name a moment, not the delivery
_MEGABYTE = 1_000_000
MOST_ANSWER_BYTES = 1 << 20  # a confirmation is a line; more is a page, or meant to harm us
MOST_QUOTED = 200  # letters of the office's own that we repeat
AGAIN = "Hệ thống sẽ tự giao lại."
BY_HAND = "rồi chạy: ntm deliver"


@dataclass(frozen=True)
class Delivery:
    """One revision for one recipient (its id). `key` is campaign:week:revision; `files` are the archived bytes."""

    key: str
    recipient: str
    campaign: str
    week: str
    revision: int
    files: Mapping[str, Path]
    sha256s: Mapping[str, str]

    @property
    def manifest(self) -> str:
        return manifest(self.sha256s)

    def undelivered(self, why: str, *, can_pass: bool = True) -> DeliveryError:
        """The error that says so; `why` ends with what to do."""
        week = WeekName.parse(self.week)
        return DeliveryError(f"Bản {self.revision} tuần {week.vi}: {why}", can_pass=can_pass)


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
    """A folder that the office reads, e.g. a shared drive: root/<recipient>/<campaign>/<week>/r<revision>/."""

    root: Path

    def hand_over(self, delivery: Delivery) -> Receipt:
        _require_archived_bytes(delivery)
        if not self.root.is_dir():
            raise delivery.undelivered(
                f"không thấy thư mục {self.root} của văn phòng. Hãy kết nối ổ đĩa. {AGAIN}"
            )
        target = self.root / delivery.recipient / delivery.campaign / delivery.week / f"r{delivery.revision}"
        try:
            make(self.root / delivery.recipient)  # not the root: a drive that went meanwhile isn't made up
            lay_out(delivery.files, target)
            arrived = manifest(hashes_in(target))
        except StoreError as error:
            raise delivery.undelivered(f"{error} Sau đó chạy: ntm deliver", can_pass=False) from error
        except OSError as error:
            raise delivery.undelivered(
                f"thư mục của văn phòng không ghi được ({why_refused(error)}). Hãy kiểm tra ổ đĩa. {AGAIN}"
            ) from error
        if arrived != delivery.manifest:
            raise delivery.undelivered(
                f"{target} đọc lại khác với nội dung đã ghi. Hãy kiểm tra ổ đĩa {BY_HAND}", can_pass=False
            )
        return Receipt(f"sha256:{arrived}", str(target))


@dataclass(frozen=True)
class HttpOffice:
    """One POST: a JSON part `manifest` and one part `files` for each file; the answer is JSON with
    `manifest_sha256`.

    `token` is sent as a bearer token where it is not empty; `timeout` in seconds, for the whole exchange, and one more
    for every megabyte: a country's summary has 1,500.
    Redirects are not followed: a delivery goes where configuration says.
    """

    url: str
    token: str = ""
    timeout: float = 30.0

    def hand_over(self, delivery: Delivery) -> Receipt:
        _require_archived_bytes(delivery)
        with ExitStack() as opened:
            files = {name: opened.enter_context(path.open("rb")) for name, path in delivery.files.items()}
            # httpx reads them piece by piece while it sends.
            answer = self._answered(delivery, [("files", (name, files[name])) for name in sorted(files)])
        _require_accepted(delivery, answer)
        return _receipt(delivery, answer, _without_secrets(self.url))

    def _answered(self, delivery: Delivery, contents: list[Any]) -> "_Answer":
        try:
            return asyncio.run(self._exchange(delivery, contents))
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, UnicodeError) as error:
            raise delivery.undelivered(
                f"địa chỉ hoặc mã truy cập không gửi đi được. Hãy sửa {_SETTINGS} {BY_HAND}", can_pass=False
            ) from error
        except httpx.TransportError as error:
            raise delivery.undelivered(f"{_broken_off(error)}. {AGAIN}") from error
        except TimeoutError as error:
            raise delivery.undelivered(
                f"văn phòng chưa trả lời xong sau {self._seconds(delivery):g} giây. {AGAIN}"
            ) from error

    async def _exchange(self, delivery: Delivery, contents: list[Any]) -> "_Answer":
        """Asynchronous for its deadline alone: httpx bounds each wait, not their sum, and an answer may drip."""
        form = {"manifest": _manifest_json(delivery)}
        async with (
            asyncio.timeout(self._seconds(delivery)),
            httpx.AsyncClient(timeout=None, headers=self._headers(delivery)) as client,
            client.stream("POST", self.url, data=form, files=contents) as response,
        ):
            kind = response.headers.get("Content-Type", "không rõ loại")[:MOST_QUOTED]
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > MOST_ANSWER_BYTES:
                    break
            return _Answer(response.status_code, kind, bytes(body))

    def _seconds(self, delivery: Delivery) -> float:
        return self.timeout + sum(path.stat().st_size for path in delivery.files.values()) // _MEGABYTE

    def _headers(self, delivery: Delivery) -> dict[str, str]:
        authorization = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {
            "Idempotency-Key": delivery.key,
            "NTM-Recipient": quote(delivery.recipient, safe=""),
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # what is counted is what is read: no few bytes that unpack to many
            **authorization,
        }


def _without_secrets(url: str) -> str:
    """Scheme, host and path: an address may carry a password before the host, or a key behind the question mark."""
    return str(httpx.URL(url).copy_with(userinfo=b"", query=None, fragment=None))


def _broken_off(error: httpx.TransportError) -> str:
    return (
        "không kết nối được với văn phòng"
        if isinstance(error, httpx.ConnectError)
        else "đường truyền bị ngắt"
    )


_SETTINGS = "NTM_OFFICE_URL, NTM_OFFICE_TOKEN"


@dataclass(frozen=True)
class _Answer:
    """What came back; of a longer body the beginning."""

    status: int
    kind: str
    body: bytes


def _require_archived_bytes(delivery: Delivery) -> None:
    """What is handed over is what was recorded, to the byte."""
    try:
        archived = hashes(delivery.files)
    except OSError as error:
        raise delivery.undelivered(
            f"không đọc được kho lưu ({why_refused(error)}). Hãy khôi phục kho lưu {BY_HAND}", can_pass=False
        ) from error
    if archived != dict(delivery.sha256s):
        raise delivery.undelivered(
            f"tệp trong kho lưu khác với tệp đã ghi sổ, nên không gửi. Hãy khôi phục kho lưu {BY_HAND}",
            can_pass=False,
        )


def _manifest_json(delivery: Delivery) -> str:
    return json.dumps(
        {
            "key": delivery.key,
            "recipient": delivery.recipient,
            "campaign": delivery.campaign,
            "week": delivery.week,
            "revision": delivery.revision,
            "files": dict(delivery.sha256s),
            "manifest_sha256": delivery.manifest,
        },
        sort_keys=True,
    )


def _require_accepted(delivery: Delivery, answer: _Answer) -> None:
    if answer.status >= 500 or answer.status in REPEAT_LATER:
        raise delivery.undelivered(f"văn phòng trả lời mã {answer.status}. {AGAIN}")
    if not 200 <= answer.status < 300:
        raise delivery.undelivered(
            f"văn phòng từ chối với mã {answer.status}. Hãy kiểm tra {_SETTINGS} {BY_HAND}", can_pass=False
        )


def _receipt(delivery: Delivery, answer: _Answer, url: str) -> Receipt:
    """Something that isn't the office's confirmation (a log-in page) may pass; another hash won't."""
    try:
        said = json.loads(answer.body)
        confirmed = str(said["manifest_sha256"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise delivery.undelivered(
            f"câu trả lời của văn phòng ({answer.status}, {answer.kind}) không phải xác nhận. {AGAIN}"
        ) from error
    if confirmed != delivery.manifest:
        raise delivery.undelivered(
            f"văn phòng xác nhận nội dung khác ({confirmed[:12]} thay vì {delivery.manifest[:12]}). "
            f"Hãy hỏi văn phòng đã nhận được gì {BY_HAND}",
            can_pass=False,
        )
    return Receipt(f"sha256:{confirmed}", str(said.get("location", url))[:MOST_QUOTED])
