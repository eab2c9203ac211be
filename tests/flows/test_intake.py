"""How many files one task takes: as the setting says, whatever the size of the campaign."""

from pathlib import Path

import pytest

from flows.calling import as_functions
from tasks.collect import collect
from tests.story import Story, settings_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("setting", "sizes"), [(0, [1] * 13), (5, [5, 5, 3]), (13, [13]), (250, [13])])
def test_waiting_files_are_judged_in_batches_of_the_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: int, sizes: list[int]
) -> None:
    story = Story(settings_of(tmp_path, batch_size=setting), monkeypatch)
    batches = as_functions(collect)
    assert [len(batch) for batch in batches] == sizes
    assert len({submission for batch in batches for submission in batch}) == 13
    story.close()
