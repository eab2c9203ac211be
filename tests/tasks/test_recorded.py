"""A file of the ledger by what a person on the telephone has of it: its number, or the first signs of its SHA-256."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import UserError
from domain.weeks import WeekName
from tasks.recorded import known, may_name_a_file, number_of
from tasks.store.engine import writing
from tasks.store.submissions import Arrival, register
from tests.databases import database_url  # noqa: F401 - a fixture
from tests.story import CLOSE, WEEK, Story, settings_of

pytestmark = pytest.mark.slow

HA, THANH, DIGITS, ELSEWHERE = (
    sign.ljust(64, "0") for sign in ("deadbeef1", "deadbeef2", "12345678", "cafecafe")
)


@pytest.fixture
def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:  # noqa: F811
    played = Story(settings_of(tmp_path / "home", database_url), monkeypatch)
    came = [
        arrival("my_ha", HA),
        arrival("my_thanh", THANH),
        arrival("my_thinh", DIGITS),
        arrival("my_thinh", HA),
        arrival("my_ha", ELSEWHERE, campaign="another"),
    ]
    with writing(played.work.engine) as connection:
        assert [one.id for one in register(connection, came, CLOSE)] == [1, 2, 3, 4, 5]
    yield played
    played.close()


def arrival(reporter: str, sha256: str, campaign: str = "my-loc-2023") -> Arrival:
    return Arrival(campaign, reporter, WeekName.parse(WEEK), sha256, "tep.xlsx", 9, CLOSE, "folder")


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2), ("deadbeef2", 2), ("DEADBEEF2", 2), (f" {THANH} ", 2), ("12345678", 3), (DIGITS, 3)],
)
def test_a_number_or_the_beginning_of_a_hash_names_a_file(story: Story, text: str, number: int) -> None:
    assert number_of(story.work, text) == number


@pytest.mark.parametrize("text", ["deadbeef", HA])  # two files alike; the same bytes of two units
def test_what_names_several_files_is_answered_with_their_numbers(story: Story, text: str) -> None:
    with pytest.raises(UserError) as caught:
        number_of(story.work, text)
    said = str(caught.value)
    assert "số 1 (Xã Mỹ Hà, tuần 2023-W15), " in said
    assert "số 4 (Xã Mỹ Thịnh, tuần 2023-W15)" in said
    assert "Xin ghi số của tệp" in said


@pytest.mark.parametrize("text", ["99", "5", "cafecafe", "0123456789", "9" * 30])
def test_what_names_no_file_of_the_campaign_is_said(story: Story, text: str) -> None:
    with pytest.raises(UserError, match="Không có tệp"):
        number_of(story.work, text)


@pytest.mark.parametrize("text", ["deadbee", "tep.xlsx", "", "-1", "đeadbeef", f"{HA}0"])
def test_what_can_be_neither_number_nor_hash_is_said(story: Story, text: str) -> None:
    assert not may_name_a_file(text)
    with pytest.raises(UserError, match="8 ký tự đầu của mã SHA-256"):
        number_of(story.work, text)


def test_a_file_of_another_campaign_has_no_number_here(story: Story) -> None:
    assert known(story.work, 1).stored.arrival.sha256 == HA
    with pytest.raises(UserError, match="Không có tệp số 5"):
        known(story.work, 5)
