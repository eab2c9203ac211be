"""The office's HTTP door fails, lies, or hears us die: nothing is lost, nothing is handed over twice."""

import hashlib
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.settings import OfficeKind
from domain.errors import DeliveryError
from tasks.store.status import WeekStatus, week_statuses
from tests.faults.receiver import Receiver, listening
from tests.faults.test_killed_runs import installed_as, run
from tests.story import RECIPIENT, WEEK, Story, files_in, settings_of

pytestmark = pytest.mark.slow
KEY = f"my-loc-2023:{WEEK}:1"


@pytest.fixture
def office() -> Iterator[Receiver]:
    with listening(Receiver()) as receiver:
        yield receiver


def by_http(office: Receiver) -> dict[str, Any]:
    return {"office": OfficeKind.HTTP, "office_url": office.url}


@pytest.fixture
def story(tmp_path: Path, office: Receiver, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    played = Story(settings_of(tmp_path / "home", **by_http(office)), monkeypatch)
    yield played
    played.close()


def status(story: Story) -> WeekStatus:
    (week,) = week_statuses(story.settings.database_url, story.settings.campaign)
    return week


def test_the_office_gets_exactly_what_is_published(story: Story, office: Receiver) -> None:
    story.weekly_run()
    assert office.kept == {(KEY, RECIPIENT): {name: sha(data) for name, data in story.published(1).items()}}
    assert status(story).deliveries == {"delivered": 1}


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_delivery_that_failed_is_made_up_for_by_the_next_run(story: Story, office: Receiver) -> None:
    office.moods = ["broken"]
    with pytest.raises(DeliveryError) as failure:
        story.weekly_run()
    assert failure.value.can_pass
    assert status(story).deliveries == {"pending": 1}
    assert not story.weekly_run()  # nothing new to publish, and still the debt is paid
    assert list(office.kept) == [(KEY, RECIPIENT)]
    assert status(story).deliveries == {"delivered": 1}


def test_a_confirmation_of_other_bytes_is_refused_and_waits_for_a_person(
    story: Story, office: Receiver
) -> None:
    office.moods = ["lies"]
    with pytest.raises(DeliveryError) as failure:
        story.weekly_run()
    assert not failure.value.can_pass
    assert status(story).deliveries == {"refused": 1}
    story.weekly_run()
    assert office.requests == [KEY]  # it is not sent again by itself


def test_a_run_killed_after_sending_sends_the_same_key_and_bytes_again(
    tmp_path: Path, office: Receiver
) -> None:
    settings = installed_as(settings_of(tmp_path, **by_http(office)))
    assert run(settings, "tasks.publication.office:_receipt:before:1").returncode == -signal.SIGKILL
    first = dict(office.kept)
    assert run(settings).returncode == 0
    assert office.requests == [KEY, KEY]
    assert office.kept == first  # the second was recognised as the first
    assert first[KEY, RECIPIENT] == {
        name: sha(data)
        for name, data in files_in(settings.published / settings.campaign / WEEK / "r1").items()
    }
