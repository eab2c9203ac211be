"""Whole reports changed: what nobody can be sure of is told where it stands, what a colleague understands stays."""

from pathlib import Path

import pytest

from domain.submissions import SubmissionState
from tests.mutation.reading_them import good_reports, outcomes
from tests.mutation.shapes import Shape, shapes
from tests.mutation.typed import Report

pytestmark = pytest.mark.slow
GOOD = tuple(good_reports())


def changed(name: str) -> list[tuple[Shape, Report]]:
    report, _ = good_reports()[name]
    return [(shape, after) for shape in shapes() if (after := shape.change(report)) is not None]


@pytest.mark.parametrize("name", GOOD)
def test_every_shape_is_told_where_it_stands_or_reads_as_before(name: str, tmp_path: Path) -> None:
    report, file_format = good_reports()[name]
    after = changed(name)
    good, *read = outcomes([(report, file_format), *((each, file_format) for _, each in after)], tmp_path)
    wrong = []
    for (shape, file), outcome in zip(after, read, strict=True):
        if shape.told_at is None:
            same = (outcome.said, outcome.state) == (good.said, SubmissionState.ACCEPTED)
            fault = "" if same and not outcome.to_mend else f"harmless, but {outcome.findings}"
        else:
            place = file_format.place(file, shape.told_at(file))
            fault = "" if place in outcome.to_mend else f"not told at {place}: {outcome.findings}"
        wrong += [f"{shape.name}: {fault}"] if fault else []
    assert wrong == []
