"""How many reporters one task takes: as the setting says, whatever the size of the campaign."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.intake import intake
from tasks.check import check
from tests.story import Story, settings_of


def batches_of(story: Story, submissions: int) -> list[int]:
    """Sizes of the batches that a run hands to `check`."""
    sizes: list[int] = []

    def call(step: Callable[..., Any], *given: Any) -> None:
        if step is check:
            sizes.append(len(given[0]))

    intake(list(range(submissions)), call)
    return sizes


@pytest.mark.parametrize(
    ("setting", "submissions", "sizes"),
    [
        (0, 0, []),
        (0, 50, [1] * 50),
        (0, 51, [51]),
        (0, 300, [250, 50]),
        (2, 5, [2, 2, 1]),
        (7, 300, [7] * 42 + [6]),
    ],
)
def test_submissions_are_judged_in_batches_of_the_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: int, submissions: int, sizes: list[int]
) -> None:
    story = Story(settings_of(tmp_path, batch_size=setting), monkeypatch)
    assert batches_of(story, submissions) == sizes
    story.close()
