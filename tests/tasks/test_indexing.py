"""The index follows the ledger: written with what is laid out, left alone while nothing is new, made anew when lost."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.summary import Summary
from flows.calling import as_functions
from flows.summary import hand_over
from tasks import indexing, publish
from tasks.store.archive import Archive
from tests.story import WEEK, Story, settings_of

pytestmark = pytest.mark.slow


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    played = Story(settings_of(tmp_path / "home"), monkeypatch)
    yield played
    played.close()


def index_of(story: Story) -> Path:
    return story.settings.published_index(story.settings.campaign)


def test_the_index_shows_every_revision_and_is_written_only_for_a_new_one(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.weekly_run()
    first = index_of(story).read_bytes()
    assert b"2023-W15/r1/trang.html" in first
    read: list[str] = []
    summary_of = indexing.summary_of

    def noted(archive: Archive, sha256: str) -> Summary:
        read.append(sha256)
        return summary_of(archive, sha256)

    monkeypatch.setattr(indexing, "summary_of", noted)
    hand_over("2023-W16", as_functions)
    assert read == []  # nothing is new: no summary is opened
    assert story.late_file()
    second = index_of(story).read_bytes()
    assert b"2023-W15/r2/trang.html" in second
    assert "Xã Mỹ Thành gửi lại báo cáo đã sửa".encode() in second
    assert len(read) == 1


def test_a_lost_index_comes_back_with_the_same_bytes_whatever_was_kept(story: Story) -> None:
    story.weekly_run()
    path = index_of(story)
    before, kept = path.read_bytes(), path.with_name(".index.json")
    assert [told["week"] for told in json.loads(kept.read_bytes())["stories"].values()] == [WEEK]
    for broken in (b"", b"[]", b'{"stamp": 1, "stories": {}}'):
        path.unlink()
        kept.write_bytes(broken)
        hand_over(WEEK, as_functions)
        assert path.read_bytes() == before


def test_a_damaged_index_and_what_is_kept_beside_it_are_made_anew(story: Story) -> None:
    story.weekly_run()
    path = index_of(story)
    before, kept = path.read_bytes(), path.with_name(".index.json")
    told = json.loads(kept.read_bytes())
    for each in told["stories"].values():
        each["own"] = None
    kept.write_bytes(json.dumps(told).encode())
    path.write_bytes(before[: len(before) // 2])
    hand_over(WEEK, as_functions)
    assert path.read_bytes() == before


def test_an_index_over_which_our_own_code_fails_keeps_nothing_from_the_office(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise KeyError("a bug of ours")

    monkeypatch.setattr(publish, "keep_index", failing)
    with pytest.raises(KeyError):
        story.weekly_run()
    assert story.published(1) == story.at_the_office()["r1"]


def test_an_index_that_cannot_be_written_keeps_nothing_from_the_office(story: Story) -> None:
    path = index_of(story)
    path.mkdir(parents=True)  # something else lies in its place
    assert story.weekly_run()
    assert story.published(1) == story.at_the_office()["r1"]
    path.rmdir()
    hand_over("2023-W16", as_functions)
    assert path.is_file()
