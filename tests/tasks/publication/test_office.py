"""Handing over: folders really written, and an HTTP office that lies in every way we could think of."""

import errno
import json
import re
import shutil
import socket
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import respx

from domain.errors import DeliveryError
from tasks.publication import folders, office
from tasks.publication.folders import hashes, hashes_in, manifest
from tasks.publication.office import Delivery, FolderOffice, HttpOffice
from tests.faults.receiver import answering

URL = "https://office.test/deliveries"


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "one").write_bytes("báo cáo".encode())
    (archive / "two").write_bytes(b"{}\n")
    files = {"bao-cao.docx": archive / "one", "summary.json": archive / "two"}
    return Delivery("my-loc-2023:2023-W15:1", "van_phong", "my-loc-2023", "2023-W15", 1, files, hashes(files))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    return folder


def place_in(root: Path) -> Path:
    return root / "van_phong" / "my-loc-2023" / "2023-W15" / "r1"


def refusal(call: FolderOffice | HttpOffice, delivery: Delivery) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        call.hand_over(delivery)
    return caught.value


def test_a_folder_gets_the_files_and_its_receipt_is_the_hash_of_what_lies_there(
    delivery: Delivery, root: Path
) -> None:
    receipt = FolderOffice(root).hand_over(delivery)
    place = place_in(root)
    assert hashes_in(place) == delivery.sha256s
    assert receipt == office.Receipt(f"sha256:{manifest(delivery.sha256s)}", str(place))


def test_handing_over_twice_gives_the_same_receipt_and_one_folder(delivery: Delivery, root: Path) -> None:
    receipts = {FolderOffice(root).hand_over(delivery) for _ in range(2)}
    assert len(receipts) == 1
    assert [path.name for path in place_in(root).parent.iterdir()] == ["r1"]


def test_a_folder_that_holds_something_else_is_not_overwritten(delivery: Delivery, root: Path) -> None:
    place = place_in(root)
    place.mkdir(parents=True)
    (place / "bao-cao.docx").write_bytes(b"another")
    assert refusal(FolderOffice(root), delivery).can_pass is False
    assert (place / "bao-cao.docx").read_bytes() == b"another"


def test_a_drive_that_is_not_connected_can_pass(delivery: Delivery, tmp_path: Path) -> None:
    assert refusal(FolderOffice(tmp_path / "nowhere"), delivery).can_pass is True
    assert not (tmp_path / "nowhere").exists()


def copying_only_the_first(then: Callable[[Path], object]) -> Callable[[Path, Path], None]:
    """Instead of `folders._copy`: writes one file, and does `then(folder)` at the second."""

    def copy(source: Path, target: Path) -> None:
        if any(target.parent.iterdir()):
            then(target.parent)
        target.write_bytes(source.read_bytes())

    return copy


def test_a_disk_that_is_full_midway_leaves_nothing_and_can_pass(
    delivery: Delivery, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(folders, "_copy", copying_only_the_first(full))
        error = refusal(FolderOffice(root), delivery)
    assert error.can_pass is True
    assert "ổ đĩa đã đầy" in str(error)
    assert [path for path in root.rglob("*") if path.is_file()] == []
    FolderOffice(root).hand_over(delivery)
    assert hashes_in(place_in(root)) == delivery.sha256s


def test_a_drive_that_goes_away_midway_can_pass_and_is_not_made_up(
    delivery: Delivery, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_copy", copying_only_the_first(lambda _: shutil.rmtree(root)))
    assert refusal(FolderOffice(root), delivery).can_pass is True
    assert not root.exists()


def test_a_drive_that_goes_away_after_it_was_looked_for_is_not_made_up(
    delivery: Delivery, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = folders.make

    def too_late(folder: Path) -> None:
        root.rmdir()
        make(folder)

    monkeypatch.setattr(office, "make", too_late)
    assert refusal(FolderOffice(root), delivery).can_pass is True
    assert not root.exists()


def test_a_file_in_the_place_of_the_folder_waits_for_a_person(delivery: Delivery, root: Path) -> None:
    place_in(root).parent.mkdir(parents=True)
    place_in(root).write_bytes(b"a file")
    error = refusal(FolderOffice(root), delivery)
    assert error.can_pass is False
    assert "ntm deliver" in str(error)
    assert place_in(root).read_bytes() == b"a file"


def test_a_folder_among_the_files_waits_for_a_person(delivery: Delivery, root: Path) -> None:
    FolderOffice(root).hand_over(delivery)
    (place_in(root) / "bản cũ").mkdir()
    assert refusal(FolderOffice(root), delivery).can_pass is False


def test_two_recipients_who_share_a_folder_find_a_folder_each(delivery: Delivery, root: Path) -> None:
    both = [delivery, replace(delivery, recipient="huyen_uy")]
    receipts = [FolderOffice(root).hand_over(one) for one in both]
    assert receipts[0].text == receipts[1].text
    assert sorted(path.name for path in root.iterdir()) == ["huyen_uy", "van_phong"]
    assert hashes_in(Path(receipts[1].at_office)) == delivery.sha256s


def test_a_drive_that_reads_back_other_bytes_is_found_out(
    delivery: Delivery, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "hashes_in", lambda _: {"bao-cao.docx": "0" * 64})
    assert refusal(FolderOffice(root), delivery).can_pass is False


@pytest.mark.parametrize("door", [FolderOffice(Path()), HttpOffice(URL)])
def test_archived_bytes_that_changed_are_never_sent(
    delivery: Delivery, door: FolderOffice | HttpOffice
) -> None:
    with respx.mock(assert_all_called=False) as receiver:
        route = receiver.post(URL)
        forged = replace(delivery, sha256s={**delivery.sha256s, "summary.json": "0" * 64})
        assert refusal(door, forged).can_pass is False
        assert not route.called


@pytest.mark.parametrize("door", [FolderOffice(Path()), HttpOffice(URL)])
def test_archived_bytes_that_are_gone_are_told_and_wait_for_a_person(
    delivery: Delivery, door: FolderOffice | HttpOffice
) -> None:
    delivery.files["summary.json"].unlink()
    error = refusal(door, delivery)
    assert error.can_pass is False
    assert "kho lưu" in str(error)


@pytest.fixture
def receiver() -> Iterator[respx.MockRouter]:
    with respx.mock() as router:
        yield router


def confirming(request: httpx.Request) -> httpx.Response:
    """An honest office: it reads what it was sent and names its hash."""
    body = request.read()
    sent = re.search(rb'name="manifest"\r\n\r\n(\{.*?\})\r\n--', body, re.S)
    assert sent is not None
    return httpx.Response(
        200, json={"manifest_sha256": json.loads(sent[1])["manifest_sha256"], "location": "/so/7"}
    )


def test_one_post_carries_key_token_manifest_and_files(
    delivery: Delivery, receiver: respx.MockRouter
) -> None:
    route = receiver.post(URL).mock(side_effect=confirming)
    receipt = HttpOffice(URL, "s3cret").hand_over(delivery)
    request = route.calls.last.request
    assert request.headers["Idempotency-Key"] == "my-loc-2023:2023-W15:1"
    assert request.headers["Authorization"] == "Bearer s3cret"
    assert "báo cáo".encode() in request.content
    assert b'filename="summary.json"' in request.content
    assert request.headers["NTM-Recipient"] == "van_phong"
    assert b'"recipient": "van_phong"' in request.content
    assert receipt == office.Receipt(f"sha256:{delivery.manifest}", "/so/7")
    assert route.call_count == 1


def test_no_door_has_a_whole_file_in_memory(delivery: Delivery, root: Path) -> None:
    with delivery.files["summary.json"].open("r+b") as file:
        file.truncate(64_000_000)
    tracemalloc.start()
    try:
        large = replace(delivery, sha256s=hashes(delivery.files))
        answer = json.dumps({"manifest_sha256": large.manifest}).encode()
        with answering(lambda: iter([b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", answer])) as url:
            receipts = [HttpOffice(url).hand_over(large), FolderOffice(root).hand_over(large)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert {receipt.text for receipt in receipts} == {f"sha256:{large.manifest}"}
    assert peak < 16_000_000


def test_without_a_token_no_authorization_is_sent(delivery: Delivery, receiver: respx.MockRouter) -> None:
    route = receiver.post(URL).mock(side_effect=confirming)
    receipt = HttpOffice(URL).hand_over(delivery)
    assert "Authorization" not in route.calls.last.request.headers
    assert receipt.at_office == "/so/7"


def test_a_password_in_the_address_stays_out_of_receipt_and_log(
    delivery: Delivery, receiver: respx.MockRouter
) -> None:
    def confirming_without_a_place(request: httpx.Request) -> httpx.Response:
        answer = json.loads(confirming(request).content)
        return httpx.Response(200, json={"manifest_sha256": answer["manifest_sha256"]})

    receiver.post(host="office.example").mock(side_effect=confirming_without_a_place)
    receipt = HttpOffice("https://vp:geheim@office.example:8443/nhan?khoa=s3cret").hand_over(delivery)
    assert receipt.at_office == "https://office.example:8443/nhan"


@pytest.mark.parametrize(
    ("status", "can_pass"),
    [
        (301, False),
        (400, False),
        (401, False),
        (409, False),
        (422, False),
        (408, True),
        (429, True),
        (500, True),
        (503, True),
    ],
)
def test_a_refusal_says_whether_it_can_pass(
    delivery: Delivery, receiver: respx.MockRouter, status: int, can_pass: bool
) -> None:
    answer = {"manifest_sha256": delivery.manifest}  # the right hash under a wrong status confirms nothing
    receiver.post(URL).respond(status, json=answer, headers={"Location": "https://elsewhere.test/"})
    assert refusal(HttpOffice(URL), delivery).can_pass is can_pass


def test_an_office_that_confirms_another_hash_is_not_believed(
    delivery: Delivery, receiver: respx.MockRouter
) -> None:
    receiver.post(URL).respond(200, json={"manifest_sha256": "0" * 64})
    assert refusal(HttpOffice(URL), delivery).can_pass is False


@pytest.mark.parametrize(
    "body", [b"<html>Login</html>", b"", b"null", b"[]", b'"ok"', b'{"ok": true}', b"\xff\xfe"]
)
def test_a_200_that_confirms_nothing_is_tried_again(
    delivery: Delivery, receiver: respx.MockRouter, body: bytes
) -> None:
    receiver.post(URL).respond(200, content=body, headers={"Content-Type": "text/html"})
    assert refusal(HttpOffice(URL), delivery).can_pass is True


@pytest.mark.parametrize(
    ("url", "token"),
    [("https://office.test:port/", ""), ("ftp://office.test/", ""), (URL, "mã bí mật")],
)
def test_an_address_or_token_that_cannot_be_sent_waits_for_a_person(
    delivery: Delivery, url: str, token: str
) -> None:
    error = refusal(HttpOffice(url, token), delivery)
    assert error.can_pass is False
    assert "NTM_OFFICE_URL, NTM_OFFICE_TOKEN" in str(error)


def test_a_token_of_two_lines_waits_for_a_person_and_is_not_told(delivery: Delivery) -> None:
    with answering(lambda: iter(())) as url:
        error = refusal(HttpOffice(url, "secret\nlines"), delivery)
    assert error.can_pass is False
    assert "secret" not in str(error)


@pytest.mark.parametrize("failure", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError])
def test_silence_can_pass(
    delivery: Delivery, receiver: respx.MockRouter, failure: type[httpx.TransportError]
) -> None:
    receiver.post(URL).mock(side_effect=failure("broken"))
    assert refusal(HttpOffice(URL), delivery).can_pass is True


def test_a_connection_really_reset_while_waiting_can_pass(delivery: Delivery) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        thread = threading.Thread(target=_accept_and_reset, args=(server,))
        thread.start()
        error = refusal(HttpOffice(f"http://127.0.0.1:{server.getsockname()[1]}/", timeout=5), delivery)
        thread.join()
    assert error.can_pass is True
    assert "Bản 1 tuần thứ Tư 12/4/2023" in str(error)


def _accept_and_reset(server: socket.socket) -> None:
    connection, _ = server.accept()
    connection.recv(1024)
    linger_and_reset = b"\x01\x00\x00\x00\x00\x00\x00\x00"
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_and_reset)
    connection.close()
