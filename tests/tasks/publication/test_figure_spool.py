"""Figures that come in any runs stand in the order of their ids, byte for byte as in a summary.json."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.summary import Figure, FigureKind
from tasks.publication import figure_spool
from tasks.publication.figure_file import FigureFile
from tasks.publication.figure_spool import FigureSpool
from tasks.publication.summary_json import to_bytes
from tests import factories
from tests.tasks.publication.test_summary_parts import SPITEFUL, SUMMARIES

ODD = st.sampled_from(
    ["\n", "\x00", "\x1d", "\x1e", "\x1f", " ", "!", '"', "\\", "/", "a", "đ", "\U0001f600"]
)
IDS = st.lists(st.lists(ODD, max_size=4).map("".join), unique=True, max_size=12)


def spooled(runs: Sequence[Sequence[Figure]]) -> FigureFile:
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as merged:
        spool = FigureSpool(file)
        for run in runs:
            spool.add(run)
        return spool.merged_into(merged)


@given(IDS, st.integers(1, 4))
def test_any_ids_in_any_runs_come_out_in_order(ids: list[str], runs: int) -> None:
    figures = [Figure(figure_id, FigureKind.TEXT, SPITEFUL) for figure_id in ids]
    found = spooled([figures[n::runs] for n in range(runs)])
    assert list(found.values()) == sorted(figures, key=lambda figure: figure.id)


def test_nothing_comes_out_of_no_figure() -> None:
    assert not spooled([[], []])


@pytest.mark.parametrize("name", SUMMARIES)
def test_a_week_in_runs_has_the_bytes_of_the_week_in_memory(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure_spool, "_PIECE", 50)
    week = SUMMARIES[name]
    figures = list(week.figures.values())
    found = spooled([figures[n::3] for n in range(3)])
    assert to_bytes(replace(week, figures=found)) == to_bytes(week)


def test_the_whole_summary_stays_readable_when_the_files_are_closed() -> None:
    week = factories.summary()
    assert replace(week, figures=spooled([list(week.figures.values())])) == week


def test_two_figures_with_one_id_are_never_published() -> None:
    one, other = (Figure("debt/all/legal", FigureKind.MONEY, value) for value in (1, 2))
    with pytest.raises(ValueError, match="debt/all/legal"):
        spooled([[one], [other]])
