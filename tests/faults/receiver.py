"""An office's HTTP door on this machine: keeps each key once, counts what is repeated, and can fail or lie."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Receiver:
    """What came in. `moods` are used up one a request: "ok" | "broken" (500) | "lies" | "silent" (no answer)."""

    moods: list[str] = field(default_factory=list)
    kept: dict[str, dict[str, str]] = field(default_factory=dict)  # idempotency key -> file name -> sha256
    requests: list[str] = field(default_factory=list)  # the key of each request
    url: str = ""

    def answer(self, key: str, files: dict[str, str]) -> tuple[int, dict[str, str]]:
        self.requests.append(key)
        mood = self.moods.pop(0) if self.moods else "ok"
        if mood == "broken":
            return 500, {}
        kept = self.kept.setdefault(key, files)
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
                self.headers["Idempotency-Key"], files_in(self.headers["Content-Type"], body)
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
