"""A summary.json is read in pieces: wherever a piece ends, nothing is lost, added or torn."""

import json
from dataclasses import replace
from io import BytesIO

import pytest

from domain.errors import StoreError
from domain.lineage import CellSource
from domain.summary import Figure, FigureKind, Summary
from tasks.publication.summary_json import parse, read, read_around, to_bytes
from tests import factories, factories_weeks

SPITEFUL = '}\n}\n},\n"figures": {\n'  # what a cell may hold, and what tells figures apart outside a text


def spiteful() -> Summary:
    source = CellSource("a" * 64, SPITEFUL, "B7", SPITEFUL)
    figures = {name: Figure(name, FigureKind.TEXT, SPITEFUL, (source, source)) for name in (SPITEFUL, "x")}
    return replace(factories.summary(figures=figures), reason=SPITEFUL)


SUMMARIES = {
    "a week": factories.summary(),
    "beside another": factories_weeks.compared(),
    "texts like the layout": spiteful(),
    "changed": factories.revised(spiteful(), SPITEFUL, {SPITEFUL: "y", "x": None}),
    "no figure": factories.summary(figures={}),
    "one figure": factories.summary(figures={"x": Figure("x", FigureKind.NUMBER, None)}),
}


@pytest.mark.parametrize("summary", SUMMARIES.values(), ids=list(SUMMARIES))
def test_the_bytes_are_those_that_the_json_library_writes(summary: Summary) -> None:
    """Revisions are compared as text and by hash: not a byte may move because we write figures one by one."""
    document = json.loads(to_bytes(summary))
    assert document["figures"].keys() == summary.figures.keys()
    again = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=0) + "\n"
    assert to_bytes(summary) == again.encode()


@pytest.mark.parametrize("summary", SUMMARIES.values(), ids=list(SUMMARIES))
def test_what_is_read_without_figures_has_everything_else(summary: Summary) -> None:
    assert read_around(BytesIO(to_bytes(summary))) == replace(parse(to_bytes(summary)), figures={})


def test_bytes_that_end_amid_the_figures_are_refused() -> None:
    data = to_bytes(factories.summary())
    cut = data.index(b'"rate/owed"')
    for reading in (read, read_around):
        with pytest.raises(StoreError):
            reading(BytesIO(data[:cut]))
