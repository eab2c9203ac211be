"""The page of a sender comes whole into its folder, whoever else writes it at the same moment."""

import os
import stat
from pathlib import Path

import pytest

from tasks import answering


def test_the_page_stands_there_whole_readable_and_alone(tmp_path: Path) -> None:
    page = tmp_path / "ptckh" / "2023-W15-abababab.html"
    answering._place(page, b"old")
    answering._place(page, b"new")
    assert list(page.parent.iterdir()) == [page]
    assert page.read_bytes() == b"new"
    assert stat.S_IMODE(page.stat().st_mode) == 0o644


def test_another_run_that_writes_the_same_page_meanwhile_takes_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "2023-W15-abababab.html"
    sync = os.fsync

    def be_overtaken(descriptor: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        answering._place(page, b"page")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", be_overtaken)
    answering._place(page, b"page")
    assert list(tmp_path.iterdir()) == [page]
    assert page.read_bytes() == b"page"


def test_a_disk_that_refuses_leaves_the_old_page_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "2023-W15-abababab.html"
    answering._place(page, b"old")

    def refuse(descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="no space left"):
        answering._place(page, b"new")
    assert list(tmp_path.iterdir()) == [page]
    assert page.read_bytes() == b"old"
