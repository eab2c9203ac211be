"""A person answers for a quarantined file: it is judged again and told so; what was not opened stays refused."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from domain.errors import UserError
from domain.findings import Severity
from domain.submissions import SubmissionState
from domain.weeks import WeekName
from tasks import judging
from tasks.judging import judge_waiting
from tasks.receiving import take_named
from tasks.releasing import release
from tasks.settling import Answer, Way, waiting, ways_out
from tasks.store import settlements, verdicts
from tasks.store.engine import reading
from tasks.store.settlements import Settlement
from tasks.store.submissions import find
from tests.databases import database_url  # noqa: F401 - a fixture
from tests.story import DEMO, WEEK, Story, settings_of

pytestmark = pytest.mark.slow

NEXT_WEEK = "2023-W16"  # every file here says 12/4/2023 and is handed in for the week of 19/4/2023
BY, REASON = "Trưởng phòng Nông nghiệp và PTNT", "Đơn vị ghi nhầm ngày kỳ báo cáo"
TUESDAY = datetime.fromisoformat("2023-04-18T10:00:00+07:00")
LATER = datetime.fromisoformat("2023-04-18T11:00:00+07:00")


@pytest.fixture
def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:  # noqa: F811
    played = Story(settings_of(tmp_path / "home", database_url, story_now=TUESDAY), monkeypatch)
    yield played
    played.close()


def handed_in(story: Story, reporter: str, folder: str = "", week: str = NEXT_WEEK) -> int:
    """The number of a file of `folder`, judged as this reporter's of the week."""
    file = min((DEMO / "inbox" / WEEK / (folder or reporter)).iterdir())
    number = take_named(story.work, week, reporter, file).id
    judge_waiting(story.work, [number])
    return number


def verdict_over(story: Story, number: int) -> verdicts.VerdictInForce:
    with reading(story.work.engine) as connection:
        return verdicts.in_force(connection, [number])[number]


def severities(story: Story, number: int) -> dict[str, Severity]:
    return {f.code: f.severity for f in verdict_over(story, number).verdict.findings}


def released_ones(story: Story, number: int) -> dict[int, Settlement]:
    with reading(story.work.engine) as connection:
        return {n: decided.settlement for n, decided in settlements.of(connection, [number]).items()}


def test_a_file_that_names_another_week_waits_and_is_accepted_once_somebody_answers_for_it(
    story: Story,
) -> None:
    number = handed_in(story, "pgd")
    (file,) = waiting(story.work)
    assert (file.submission_id, Way.RELEASE in ways_out(file)) == (number, True)
    assert release(story.work, Answer(number, BY, REASON)).is_new
    assert waiting(story.work) == ()
    assert verdict_over(story, number).verdict.state is SubmissionState.ACCEPTED
    said = severities(story, number)
    assert (said["WEEK_DIFFERS"], said["RELEASED_BY_HAND"]) == (Severity.WARNING, Severity.NOTE)
    (note,) = (f for f in verdict_over(story, number).verdict.findings if f.code == "RELEASED_BY_HAND")
    assert story.work.messages[note.code].sentence(note).count(BY) == 1
    assert REASON in story.work.messages[note.code].sentence(note)


def test_a_file_that_names_another_unit_is_not_released(story: Story) -> None:
    """Its figures would be published as the neighbour's."""
    number = handed_in(story, "my_thinh", folder="my_ha", week=WEEK)
    with pytest.raises(UserError, match="--reporter my_ha"):
        release(story.work, Answer(number, BY, REASON))
    assert severities(story, number)["REPORTER_DIFFERS"] is Severity.QUARANTINE


def test_bytes_that_were_accepted_for_another_week_are_not_released(story: Story) -> None:
    assert verdict_over(story, handed_in(story, "pgd", week=WEEK)).verdict.state is SubmissionState.ACCEPTED
    number = handed_in(story, "pgd")
    with pytest.raises(UserError, match="đã được tiếp nhận là báo cáo của Phòng Giáo dục và Đào tạo"):
        release(story.work, Answer(number, BY, REASON))


def test_what_an_accepted_file_followed_still_waits_and_is_told_apart(story: Story) -> None:
    """The later file may bring other parts; only a person knows whether the earlier one is still wanted."""
    quarantined = handed_in(story, "pgd", folder="ptckh", week=WEEK)
    accepted = handed_in(story, "pgd", week=WEEK)
    files = waiting(story.work)
    assert [file.submission_id for file in files] == [quarantined]
    with reading(story.work.engine) as connection:
        assert verdicts.followed_by(connection, story.work.campaign.id, files) == {quarantined: accepted}


def test_a_release_changes_nothing_of_the_receipt(story: Story) -> None:
    number = handed_in(story, "pgd")
    story.at(LATER)
    release(story.work, Answer(number, BY, REASON))
    assert verdict_over(story, number).received_at == TUESDAY


def test_an_error_in_a_released_file_returns_it_and_its_sender_is_told(story: Story) -> None:
    """Mỹ Thành's file of 12/4 has errors (it is returned in its own week)."""
    number = handed_in(story, "my_thanh")
    assert release(story.work, Answer(number, BY, REASON)).file.verdict.state is SubmissionState.RETURNED
    (page,) = (story.settings.replies / story.settings.campaign / "my_thanh").iterdir()
    assert "được trả lại" in page.read_text(encoding="utf-8")


def test_a_file_whose_container_was_refused_stays_refused_and_nothing_is_recorded(story: Story) -> None:
    number = handed_in(story, "pktht")
    (file,) = waiting(story.work)
    assert ways_out(file) == (Way.REFUSE,)
    with pytest.raises(UserError, match="macro"):
        release(story.work, Answer(number, BY, REASON))
    assert verdict_over(story, number).id == file.id
    assert released_ones(story, number) == {}


def test_a_file_that_is_no_longer_read_stays_in_quarantine_and_nothing_is_recorded(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its verdict names the week alone; judged again today, our own code fails over it."""
    number = handed_in(story, "pgd")
    monkeypatch.setattr(judging, "understand", lambda *_, **__: 1 / 0)
    with pytest.raises(UserError, match="chưa xử lý được"):
        release(story.work, Answer(number, BY, REASON))
    assert released_ones(story, number) == {}


def test_only_a_file_in_quarantine_is_released(story: Story) -> None:
    number = handed_in(story, "pgd", week=WEEK)
    for wrong in (number, number + 1):
        with pytest.raises(UserError, match="ntm quarantine list"):
            release(story.work, Answer(wrong, BY, REASON))


def test_who_released_first_stands(story: Story) -> None:
    number = handed_in(story, "pgd")
    release(story.work, Answer(number, BY, REASON))
    before = verdict_over(story, number)
    again = release(story.work, Answer(number, "Chánh Văn phòng", "lý do khác"))
    assert not again.is_new
    assert verdict_over(story, number) == before
    assert released_ones(story, number)[number].decided_by == BY


def test_a_file_that_is_judged_again_under_other_rules_keeps_its_release(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = handed_in(story, "pgd")
    release(story.work, Answer(number, BY, REASON))
    released = released_ones(story, number)
    with reading(story.work.engine) as connection:
        files = find(connection, [number])
    monkeypatch.setattr("tasks.workplace.rules_hash", lambda: "other")
    ((judged,),) = judging.judgements(story.work, files, released)
    assert judged.verdict.state is SubmissionState.ACCEPTED
    assert "other" in judged.judged_by
    ((unreleased,),) = judging.judgements(story.work, files, {})
    assert unreleased.judged_by != judged.judged_by
    assert unreleased.verdict.state is SubmissionState.QUARANTINED


def test_a_week_of_the_campaign_is_that_of_the_folder(story: Story) -> None:
    number = handed_in(story, "pgd")
    release(story.work, Answer(number, BY, REASON))
    assert verdict_over(story, number).week == WeekName.parse(NEXT_WEEK)
