"""Figures that stay on the disk are found as if they were in memory, whatever the size of a block."""

import gc
from dataclasses import replace
from pathlib import Path

import pytest

from domain.errors import StoreError
from domain.figures.by_id import ids_under
from domain.revisions import changes
from domain.summary import Figure, FigureKind, Summary
from tasks.publication import figure_file
from tasks.publication.figure_file import FigureFile, found_at
from tasks.publication.summary_json import read, to_bytes, write
from tests.tasks.publication.test_summary_parts import SUMMARIES

BLOCKS = (1, 100, 3_000, 1 << 20)


@pytest.fixture(params=BLOCKS)
def of_block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_file, "_BLOCK", request.param)
    monkeypatch.setattr(figure_file, "_REMEMBERED", 2)


def on_disk(summary: Summary, folder: Path) -> Summary:
    path = folder / "summary.json"
    path.write_bytes(to_bytes(summary))
    with path.open("rb") as file:
        found = read(file)
    assert isinstance(found.figures, FigureFile)
    return found


@pytest.fixture(params=SUMMARIES.values(), ids=list(SUMMARIES))
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[dict[str, Figure], FigureFile]:
    found = on_disk(request.param, tmp_path)
    assert isinstance(found.figures, FigureFile)
    return dict(request.param.figures), found.figures


@pytest.mark.usefixtures("of_block")
def test_every_figure_is_found_and_no_other(pair: tuple[dict[str, Figure], FigureFile]) -> None:
    expected, found = pair
    assert list(found) == sorted(expected)
    assert dict(found.items()) == expected
    assert (len(found), bool(found)) == (len(expected), bool(expected))
    for figure_id in expected:
        assert figure_id in found
        for near in (f"{figure_id}0", figure_id[:-1], f" {figure_id}"):
            assert found.get(near) == expected.get(near)
            assert (near in found) == (near in expected)
    for absent in ("", "~", "\U0010ffff"):
        assert absent not in found
        assert found.get(absent) is None


@pytest.mark.usefixtures("of_block")
def test_ids_are_found_by_how_they_begin(pair: tuple[dict[str, Figure], FigureFile]) -> None:
    expected, found = pair
    for prefix in ("", "~", "rate/", "debt/my_ha/", "last/", "x", "x0", *expected):
        assert list(ids_under(found, prefix)) == list(ids_under(expected, prefix))


@pytest.mark.usefixtures("of_block")
def test_they_are_compared_as_if_they_were_in_memory(
    pair: tuple[dict[str, Figure], FigureFile], tmp_path: Path
) -> None:
    figures, found = pair
    other = {
        figure_id: replace(figure, value=None) for figure_id, figure in figures.items() if len(figure_id) % 3
    }
    other["new"] = Figure("new", FigureKind.TEXT, "x")
    (tmp_path / "other").mkdir()
    stored = on_disk(replace(SUMMARIES["a week"], figures=other), tmp_path / "other").figures
    assert changes(found, found) == changes(found, figures) == ()
    for before, after in ((found, stored), (found, other), (figures, stored)):
        assert changes(before, after) == changes(figures, other)
        assert changes(after, before) == changes(other, figures)


def test_they_are_read_on_when_the_file_is_gone_and_another_has_its_name(tmp_path: Path) -> None:
    week = SUMMARIES["a week"]
    found = on_disk(week, tmp_path)
    (tmp_path / "summary.json").unlink()
    (tmp_path / "summary.json").write_bytes(b"")
    assert found == week


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_the_file_is_let_go_with_the_figures(tmp_path: Path) -> None:
    gc.disable()  # a country's file has more than a gigabyte: it waits for no collector
    try:
        before = open_files()
        found = on_disk(SUMMARIES["a week"], tmp_path)
        assert found.value("rate/owed")
        held = open_files()
        del found
        assert (held, open_files()) == (before + 1, before)
    finally:
        gc.enable()


@pytest.mark.parametrize("summary", SUMMARIES.values(), ids=list(SUMMARIES))
def test_what_is_written_from_a_file_are_the_same_bytes(
    summary: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure_file, "_PIECE", 100)
    found = on_disk(summary, tmp_path)
    with (tmp_path / "again").open("wb") as file:
        write(replace(summary, figures=found.figures), file)
    assert (tmp_path / "again").read_bytes() == to_bytes(summary)


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_bytes_are_found_wherever_a_piece_ends_and_never_behind_the_end(size: int) -> None:
    data = b"aab" * 3 + b"aac"
    expected = {end: data.find(b"aac", 0, end) for end in range(len(data) + 2)}

    def read_at(length: int, offset: int) -> bytes:
        return data[offset : offset + length]

    assert {end: found_at(read_at, b"aac", 0, end, size) for end in expected} == expected
    assert found_at(read_at, b"aab", 4, size=size) == data.find(b"aab", 4)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (b'"kind": "number"', b'"kind": "colour"'),
        (b'"value": 11', b'"value": 1.1'),
        (b'"sources"', b'"origins"'),
    ],
)
def test_a_figure_that_none_of_ours_looks_like_is_told_when_it_is_looked_up(
    tmp_path: Path, written: bytes, instead: bytes
) -> None:
    data = to_bytes(SUMMARIES["a week"])
    at = data.index(written, data.index(b'\n"rate/owed": {'))
    with (tmp_path / "summary.json").open("w+b") as file:
        file.write(data[:at] + instead + data[at + len(written) :])
        file.flush()
        found = read(file)
    with pytest.raises(StoreError):
        found.value("rate/owed")


def test_bytes_without_figures_are_told_at_once_and_leave_no_file_open(tmp_path: Path) -> None:
    path, before = tmp_path / "file", open_files()
    path.write_bytes(b"x" * 50)
    with path.open("rb") as file, pytest.raises(StoreError):
        FigureFile.of(file, 0, 50)
    assert open_files() == before
