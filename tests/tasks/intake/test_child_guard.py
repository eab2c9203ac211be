"""A reader that was talked into something else than reading: the process ends there, and only its file is lost."""

import hashlib
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from domain.findings import Finding
from tasks.intake.formats import FileFormat
from tasks.intake.grid import Book
from tasks.intake.workbook import FileToRead, read_batch

# The real child, but for what reading means: whoever is hostile got as far as running code in it.
TALKED_INTO = """
import os, socket, subprocess, sys
from pathlib import Path
from tasks.intake import reader_child
honest = reader_child.read
def read(data, *about):
    if data.startswith(b"bad"):
        try:
            {deed}
        except BaseException:
            pass
    return honest(data, *about)
reader_child.read = read
reader_child.main()
"""
DEEDS = {
    "opens another file": "open({elsewhere!r})",
    "opens another file below Python's own open": "os.open({elsewhere!r}, os.O_RDONLY)",
    "lists a folder": "os.listdir({folder!r})",
    "writes a file": "Path({folder!r}, 'told').write_text('')",
    "writes over the file it was handed": "open({bad!r}, 'r+b')",
    "makes a folder": "os.mkdir({folder!r} + '/told')",
    "removes the file it was handed": "os.remove({bad!r})",
    "renames the file it was handed": "os.rename({bad!r}, {folder!r} + '/told')",
    "asks a name server": "socket.getaddrinfo('localhost', 80)",
    "opens a socket": "socket.socket()",
    "connects": "socket.create_connection(('127.0.0.1', {port}))",
    "starts a process": "subprocess.run(['touch', {folder!r} + '/told'])",
    "starts a shell": "os.system('touch ' + {folder!r} + '/told')",
    "forks": "os.fork()",
    "becomes another program": "os.execv('/bin/true', ['true'])",
    "kills its parent": "os.kill(os.getppid(), 0)",
    "calls C": "__import__('ctypes').CDLL(None)",
    "loads a module": "__import__('sqlite3')",
}


def stored(folder: Path, text: bytes, name: str) -> FileToRead:
    sha256 = hashlib.sha256(text).hexdigest()
    (folder / sha256).write_bytes(text)
    return FileToRead(sha256, folder / sha256, name, FileFormat.CSV)


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_reader_that_does_anything_else_is_ended_and_its_file_named(tmp_path: Path, deed: str) -> None:
    elsewhere = tmp_path / "other"
    elsewhere.write_text("")
    bad = stored(tmp_path, b"bad;1\n", "xấu.csv")
    after = stored(tmp_path, b"good;1\n", "tốt.csv")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        port = server.getsockname()[1]
        places = {"elsewhere": str(elsewhere), "folder": str(tmp_path), "bad": str(bad.path), "port": port}
        reader = TALKED_INTO.format(deed=deed.format(**places))
        answers = read_batch([bad, after], command=(sys.executable, "-I", "-c", reader))
        with pytest.raises(BlockingIOError):
            server.accept()
    finding = answers[bad]
    assert isinstance(finding, Finding)
    assert (finding.code, finding.facts["name"]) == ("FILE_STOPPED_THE_READER", "xấu.csv")
    assert isinstance(answers[after], Book)
    assert bad.path.read_bytes() == b"bad;1\n"
    assert not (tmp_path / "told").exists()


def test_a_reader_that_only_reads_is_left_alone(tmp_path: Path) -> None:
    honest = stored(tmp_path, b"bad;1\n", "tốt.csv")
    reader = TALKED_INTO.format(deed=f"open({str(honest.path)!r}, 'rb').read()")
    answers = read_batch([honest], command=(sys.executable, "-I", "-c", reader))
    assert isinstance(answers[honest], Book)


def test_what_ends_the_child_is_told_to_whoever_starts_it_by_hand(tmp_path: Path) -> None:
    """The source is not opened for it: that would be another deed than reading."""
    file = stored(tmp_path, b"bad;1\n", "xấu.csv")
    limits = {"memory_bytes": 1 << 30, "cpu_seconds": 5, "cells": 100, "formats": ["csv"]}
    asked = {"path": str(file.path), "format": "csv", "wanted": "book"}
    reader = TALKED_INTO.format(deed="pass").replace("return honest(data, *about)", "raise KeyError('lạ')")
    told = f"{json.dumps(limits)}\n{json.dumps(asked)}\n".encode()
    ended = subprocess.run([sys.executable, "-I", "-c", reader], input=told, capture_output=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.decode().splitlines()[-1] == "KeyError: 'lạ'"
