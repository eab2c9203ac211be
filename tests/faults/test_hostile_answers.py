"""An office that answers slowly, endlessly or with too much, over a real socket: it costs its time and no more."""

import gzip
import time
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path

import pytest

from domain.errors import DeliveryError
from tasks.publication.folders import hashes
from tasks.publication.office import MOST_ANSWER_BYTES, Delivery, HttpOffice
from tests.faults.receiver import answering

pytestmark = pytest.mark.slow

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
TIMEOUT_S = 0.6
PATIENCE_S = 5  # for a busy machine; without a deadline each of these goes on for ever

Pieces = Callable[[], Iterator[bytes]]


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    (tmp_path / "one").write_bytes("báo cáo".encode())
    files = {"bao-cao.docx": tmp_path / "one"}
    return Delivery("dot:2023-W15:1", "van_phong", "dot", "2023-W15", 1, files, hashes(files))


def refusal(url: str, delivery: Delivery, timeout: float) -> tuple[DeliveryError, float]:
    """The error, and after how many seconds."""
    begun = time.monotonic()
    with pytest.raises(DeliveryError) as caught:
        HttpOffice(url, timeout=timeout).hand_over(delivery)
    return caught.value, time.monotonic() - begun


def silence() -> Iterator[bytes]:
    yield from repeat(b"")


def dripping_body() -> Iterator[bytes]:
    yield OK + b"Content-Length: 1000000\r\n\r\n"
    yield from repeat(b" ")


def dripping_headers() -> Iterator[bytes]:
    yield OK + b"X-Drip: "
    yield from repeat(b"x")


def interim_answers() -> Iterator[bytes]:
    yield from repeat(b"HTTP/1.1 100 Continue\r\n\r\n")


@pytest.mark.parametrize("pieces", [silence, dripping_body, dripping_headers, interim_answers])
def test_an_answer_that_is_not_whole_in_time_is_given_up_and_tried_again(
    pieces: Pieces, delivery: Delivery
) -> None:
    with answering(pieces, pause_s=0.05) as url:
        error, seconds = refusal(url, delivery, TIMEOUT_S)
    assert error.can_pass
    assert "0.6 giây" in str(error)
    assert TIMEOUT_S <= seconds < PATIENCE_S


def endless_body() -> Iterator[bytes]:
    yield OK + b"\r\n"
    yield from repeat(b" " * 65536)


def huge_headers() -> Iterator[bytes]:
    yield OK
    yield from repeat(b"X-Much: " + b"x" * 65536 + b"\r\n")


def a_tower_of_lists() -> Iterator[bytes]:
    tower = b"[" * 500_000
    yield OK + f"Content-Length: {len(tower)}\r\n\r\n".encode() + tower


@pytest.mark.parametrize("pieces", [endless_body, huge_headers, a_tower_of_lists])
def test_an_answer_that_is_too_much_is_no_confirmation_and_is_not_waited_for(
    pieces: Pieces, delivery: Delivery
) -> None:
    with answering(pieces) as url:
        error, seconds = refusal(url, delivery, timeout=60)
    assert error.can_pass
    assert len(str(error)) < 500
    assert seconds < PATIENCE_S


def test_a_few_bytes_that_would_unpack_to_many_are_not_unpacked(delivery: Delivery) -> None:
    packed = gzip.compress(b" " * (MOST_ANSWER_BYTES * 100))

    def pieces() -> Iterator[bytes]:
        yield OK + f"Content-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode() + packed

    tracemalloc.start()
    with answering(pieces) as url:
        error, _ = refusal(url, delivery, timeout=60)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.can_pass
    assert most < 16 * MOST_ANSWER_BYTES


def test_of_a_confirmation_with_a_long_place_few_letters_are_kept(delivery: Delivery) -> None:
    def pieces() -> Iterator[bytes]:
        body = f'{{"manifest_sha256": "{delivery.manifest}", "location": "{"x" * 9999}"}}'.encode()
        yield OK + f"Content-Length: {len(body)}\r\n\r\n".encode() + body

    with answering(pieces) as url:
        assert HttpOffice(url).hand_over(delivery).at_office == "x" * 200
