"""The office's HTTP door fails, lies, or hears us die: nothing is lost, nothing is handed over twice."""

import hashlib
import json
import logging
import re
import shutil
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from config.settings import SHIPPED, OfficeKind
from deployments.cli.main import app
from domain.errors import DeliveryError
from tasks.store.engine import writing
from tasks.store.publications import record_configuration, record_revision
from tasks.store.status import WeekStatus, week_statuses
from tests.faults.receiver import Receiver, listening
from tests.faults.test_killed_runs import installed_as, run
from tests.story import RECIPIENT, WEEK, Story, files_in, settings_of
from tests.tasks.store.making import NOON, SHA, revision

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


@pytest.mark.parametrize("mood", ["lies", "elsewhere", "unknown", "nowhere"])
def test_a_refusal_waits_for_a_person_and_every_run_says_so(
    story: Story, office: Receiver, mood: str, caplog: pytest.LogCaptureFixture
) -> None:
    office.moods = [mood]
    with pytest.raises(DeliveryError) as failure:
        story.weekly_run()
    assert not failure.value.can_pass
    assert status(story).deliveries == {"refused": 1}
    caplog.clear()
    story.weekly_run()
    assert office.requests == [KEY]  # it is not sent again by itself
    assert [told(record) for record in caplog.records if record.levelname == "WARNING"] == [
        ("undelivered", "Văn phòng HĐND-UBND huyện", str(failure.value))
    ]


def told(record: logging.LogRecord) -> tuple[str, object, object]:
    assert isinstance(record.args, Mapping)
    return record.msg.split(" ")[0], record.args["recipient"], record.args["why"]


def test_a_refusal_does_not_keep_the_others_from_being_tried_again(story: Story, office: Receiver) -> None:
    """Three recipients; what the step raises decides whether Prefect tries again."""
    with_recipients(story, "a", "b", "c")
    office.moods = ["unknown", "broken", "nowhere"]
    with pytest.raises(DeliveryError) as failure:
        story.weekly_run()
    assert failure.value.can_pass
    assert status(story).deliveries == {"pending": 1, "refused": 2}
    story.weekly_run()
    assert list(office.kept) == [(KEY, "b")]


def test_two_recipients_at_one_office_each_get_the_revision_under_the_same_key(
    story: Story, office: Receiver
) -> None:
    with_recipients(story, "vp_hdnd_ubnd", "huyen_uy")
    story.weekly_run()
    files = {name: sha(data) for name, data in story.published(1).items()}
    assert office.kept == {(KEY, "huyen_uy"): files, (KEY, "vp_hdnd_ubnd"): files}


def with_recipients(story: Story, *ids: str) -> None:
    """The office's folder of configuration with these recipients instead."""
    root = story.settings.home / "config"
    shutil.copytree(SHIPPED, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = root / "campaigns" / story.settings.campaign / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    lines = "".join(f"  {id_}: {{name: {id_}, source: test, confirmed: false}}\n" for id_ in ids)
    path.write_text(re.sub(r"recipients:\n.*\n", f"recipients:\n{lines}", text), encoding="utf-8")
    story.set(config_root=root)


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


def deliver(story: Story, *arguments: str) -> Result:
    """`ntm deliver` with the story's settings."""
    return CliRunner().invoke(app, ["deliver", *arguments])


@pytest.mark.parametrize("mood", ["lies", "elsewhere", "unknown", "nowhere", "broken"])
def test_what_was_not_delivered_is_handed_over_once_by_the_command(
    story: Story, office: Receiver, mood: str
) -> None:
    office.moods = [mood]
    with pytest.raises(DeliveryError):
        story.weekly_run()
    first = deliver(story)
    assert first.exit_code == 0
    assert first.output.splitlines() == [
        "✓ Văn phòng HĐND-UBND huyện: bản 1 tuần thứ Tư 12/4/2023 đã giao, văn phòng đã xác nhận.",
        "Không còn bản nào chưa giao.",
    ]
    assert office.kept[KEY, RECIPIENT] == {name: sha(data) for name, data in story.published(1).items()}
    assert status(story).deliveries == {"delivered": 1}
    again = deliver(story)
    assert (again.exit_code, again.output) == (0, "Không còn bản nào chưa giao.\n")
    assert office.requests == [KEY, KEY]


def test_a_command_that_is_refused_again_ends_with_5_and_says_why(story: Story, office: Receiver) -> None:
    office.moods = ["unknown", "unknown", "unknown"]
    with pytest.raises(DeliveryError):
        story.weekly_run()
    result = deliver(story)
    assert result.exit_code == 5
    assert "✗ Văn phòng HĐND-UBND huyện: Bản 1 tuần thứ Tư 12/4/2023: văn phòng từ chối" in result.output
    assert "mã 401" in result.output
    assert "Còn 1 bản chưa giao được." in result.output
    told = json.loads(deliver(story, "--json").output)
    assert [(one["key"], one["delivered"]) for one in told["tried"]] == [(KEY, False)]
    assert told["undelivered"] == [f"{KEY} {RECIPIENT}"]
    assert status(story).deliveries == {"refused": 1}


def test_the_command_for_another_week_leaves_this_one_as_it_is(story: Story, office: Receiver) -> None:
    office.moods = ["unknown"]
    with pytest.raises(DeliveryError):
        story.weekly_run()
    assert deliver(story, "--week", "2023-W16").exit_code == 0
    assert office.requests == [KEY]
    assert status(story).deliveries == {"refused": 1}


def test_each_revision_is_handed_over_as_it_was_published(story: Story, office: Receiver) -> None:
    office.moods = ["unknown", "broken"]
    for issue in (story.weekly_run, story.late_file):
        with pytest.raises(DeliveryError):
            issue()
    assert deliver(story).exit_code == 0
    assert office.kept == {
        (f"my-loc-2023:{WEEK}:{revision}", RECIPIENT): {
            name: sha(data) for name, data in story.published(revision).items()
        }
        for revision in (1, 2)
    }


def test_status_and_doctor_say_what_is_undelivered_and_what_to_do(story: Story, office: Receiver) -> None:
    office.moods = ["unknown"]
    with pytest.raises(DeliveryError):
        story.weekly_run()
    for command in ("status", "doctor"):
        result = CliRunner().invoke(app, [command])
        assert "Giao bản 1 cho vp_hdnd_ubnd: bị từ chối." in result.output
        assert "mã 401" in result.output
        assert "→ Hãy xử lý nguyên nhân rồi chạy: ntm deliver" in result.output
        assert result.exit_code == (2 if command == "doctor" else 0)
    deliver(story)
    for command in ("status", "doctor"):
        assert "ntm deliver" not in CliRunner().invoke(app, [command]).output


def test_another_campaign_of_the_database_is_not_handed_over_with_our_settings(
    story: Story, office: Receiver
) -> None:
    with writing(story.work.engine) as connection:
        record_configuration(connection, SHA["c"], {}, NOON)
        record_revision(connection, revision(1, campaign="khac"), ["huyen_uy"])
    story.weekly_run()
    assert deliver(story).exit_code == 0
    assert office.requests == [KEY]
