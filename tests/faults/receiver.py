"""An office's HTTP door on this machine: keeps each key once for each recipient, and can fail or lie.

`listening` is an honest HTTP server with moods; `answering` writes the very bytes that it is told to, for as long as
somebody listens.
"""

import hashlib
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

STATUS_OF_MOOD = {"broken": 500, "elsewhere": 302, "unknown": 401, "nowhere": 404}


@dataclass
class Receiver:
    """What came in. `moods` are used up one a request: "ok" | "lies" | one of STATUS_OF_MOOD.

    `kept`: (idempotency key, recipient) -> file name -> sha256.
    """

    moods: list[str] = field(default_factory=list)
    kept: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)  # the key of each request
    url: str = ""

    def answer(self, key: str, recipient: str, files: dict[str, str]) -> tuple[int, dict[str, str]]:
        self.requests.append(key)
        mood = self.moods.pop(0) if self.moods else "ok"
        if mood in STATUS_OF_MOOD:
            return STATUS_OF_MOOD[mood], {}
        kept = self.kept.setdefault((key, recipient), files)
        lines = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(kept.items()))
        manifest = hashlib.sha256(lines.encode()).hexdigest()
        return 200, {"manifest_sha256": "0" * 64 if mood == "lies" else manifest}


@contextmanager
def listening(receiver: Receiver) -> Iterator[Receiver]:
    """The receiver behind a port of the loopback address, until the block is left."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = receiver.answer(
                self.headers["Idempotency-Key"],
                self.headers["NTM-Recipient"],
                files_in(self.headers["Content-Type"], body),
            )
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        receiver.url = f"http://127.0.0.1:{server.server_port}/reports"
        yield receiver
        server.shutdown()


def files_in(content_type: str, body: bytes) -> dict[str, str]:
    """File name -> sha256 of the parts of a multipart body that are files."""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    return {
        part.get_filename() or "": hashlib.sha256(part.get_payload(decode=True)).hexdigest()  # type: ignore[arg-type]
        for part in message.iter_parts()
        if part.get_filename()
    }


def take_request(connection: socket.socket) -> None:
    """Read it whole: a door that closes over unread bytes resets the connection, and its answer is lost."""
    with connection.makefile("rb") as incoming:
        length = 0
        while (line := incoming.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        while length > 0 and (
            piece := incoming.read(min(length, 65_536))
        ):  # may be larger than a test's memory
            length -= len(piece)


@contextmanager
def answering(pieces: Callable[[], Iterator[bytes]], *, pause_s: float = 0.0) -> Iterator[str]:
    """The address of a door that answers one request with these bytes, piece by piece, as long as it is let."""
    over = Event()

    def serve(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection, suppress(OSError):  # hung up on
            take_request(connection)
            for piece in pieces():
                connection.sendall(piece)
                if over.wait(pause_s):
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=serve, args=(server,))
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/reports"
        over.set()
        thread.join()
