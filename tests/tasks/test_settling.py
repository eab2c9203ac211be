"""A person decides over a quarantined file: it is another unit's or week's, no report, or was typed from a scan."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.errors import UserError
from domain.findings import Finding, Severity
from domain.lateness import in_force, reporter_lines
from domain.snapshot import WeekSnapshot
from domain.submissions import SubmissionState
from domain.summary import ReporterLine
from domain.weeks import WeekName
from tasks.answering import answer_all
from tasks.intake import doors
from tasks.intake.preflight import Examined, examine
from tasks.judging import judge_waiting
from tasks.receiving import take_named
from tasks.recorded import known
from tasks.releasing import Target, release
from tasks.settling import Answer, Settled, Way, answer, refuse, settled_words, waiting, ways_out
from tasks.store import verdicts
from tasks.store.engine import Connection, reading, writing
from tasks.store.snapshots import snapshot
from tasks.store.status import week_statuses
from tasks.store.submissions import Arrival, Stored, find, register
from tasks.store.verdicts import VerdictInForce, first_received_at
from tasks.typed_in import type_in
from tests.databases import database_url  # noqa: F401 - a fixture
from tests.story import CLOSE, DEMO, WEEK, Story, settings_of

pytestmark = pytest.mark.slow

BY, REASON = "Trưởng phòng Nông nghiệp và PTNT", "Đơn vị để nhầm thư mục"
W15, W16 = WeekName.parse("2023-W15"), WeekName.parse("2023-W16")
WEDNESDAY = datetime.fromisoformat("2023-04-12T09:00:00+07:00")
LATER = WEDNESDAY + timedelta(days=1)


@pytest.fixture
def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:  # noqa: F811
    played = Story(settings_of(tmp_path / "home", database_url, story_now=WEDNESDAY), monkeypatch)
    yield played
    played.close()


def file_of(folder: str) -> Path:
    return min((DEMO / "inbox" / WEEK / folder).iterdir())


def handed_in(story: Story, reporter: str, file: Path, week: str = WEEK) -> int:
    number = take_named(story.work, week, reporter, file).id
    judge_waiting(story.work, [number])
    answer_all(story.work)
    return number


def over(story: Story, number: int) -> VerdictInForce:
    with reading(story.work.engine) as connection:
        return verdicts.in_force(connection, [number])[number]


def stored(story: Story, number: int) -> Stored:
    with reading(story.work.engine) as connection:
        return find(connection, [number])[0]


def known_of_the_week(story: Story, as_of: datetime, week: WeekName = W15) -> WeekSnapshot:
    with reading(story.work.engine) as connection:
        return snapshot(connection, story.work.campaign.id, week, as_of)


def line(story: Story, reporter: str) -> ReporterLine:
    lines = reporter_lines(known_of_the_week(story, story.work.now()), story.work.campaign)
    return next(one for one in lines if one.reporter == reporter)


def page(story: Story, reporter: str) -> str:
    (file,) = (story.settings.replies / story.settings.campaign / reporter).iterdir()
    return file.read_text(encoding="utf-8")


def to(reporter: str | None = None, week: WeekName | None = None) -> Target:
    return Target(reporter, week)


# --- another unit's, another week's -----------------------------------------------------------------------------------


def test_a_file_that_names_another_unit_is_released_to_that_unit(story: Story) -> None:
    """It came when it came, whoever finds out later whose it is."""
    number = handed_in(story, "my_thinh", file_of("my_ha"))
    story.at(LATER)
    done = release(story.work, Answer(number, BY, REASON), to("my_ha"))
    assert (done.is_new, done.file.reporter, done.file.week) == (True, "my_ha", W15)
    assert done.file.verdict.state is SubmissionState.ACCEPTED
    arrival = stored(story, done.file.submission_id).arrival
    assert (arrival.received_at, arrival.stated_by) == (WEDNESDAY, "")  # our clock; who decided: settlements
    assert waiting(story.work) == ()


def test_the_folders_own_unit_owes_as_if_nothing_had_come_and_is_told_where_its_file_went(
    story: Story,
) -> None:
    number = handed_in(story, "my_thinh", file_of("my_ha"))
    assert str(line(story, "my_thinh").state) == "quarantined"
    release(story.work, Answer(number, BY, REASON), to("my_ha"))
    assert over(story, number).verdict.state is SubmissionState.SUPERSEDED
    told = line(story, "my_thinh")
    assert (str(told.state), told.received_at, told.awaits_correction) == ("waiting", None, False)
    assert [str(file.state) for file in told.files] == ["superseded"]
    assert str(line(story, "my_ha").state) == "on_time"
    said = page(story, "my_thinh")
    assert [words for words in ("Xã Mỹ Hà", BY, REASON) if words not in said] == []
    assert "Hạn gửi bản sửa" not in said
    story.at(LATER)
    assert str(line(story, "my_thinh").state) == "missing"


def test_what_turned_out_to_be_anothers_gives_its_folders_unit_no_time_to_correct(story: Story) -> None:
    """What the page of a returned file promises and what makes it late must agree."""
    number = handed_in(story, "my_thinh", file_of("my_ha"))
    release(story.work, Answer(number, BY, REASON), to("my_ha"))
    with reading(story.work.engine) as connection:
        assert first_received_at(connection, story.work.campaign.id, "my_thinh", W15) is None
    story.at(LATER)  # within the correction time of an attempt that came on time
    handed_in(story, "my_thinh", file_of("my_thinh"))
    assert str(line(story, "my_thinh").state) == "late"


@pytest.mark.parametrize("is_refused", [True, False])
def test_a_file_that_names_another_unit_gives_no_time_to_correct(story: Story, is_refused: bool) -> None:
    """Nor does one that a person says is no report."""
    number = handed_in(story, "my_thinh", file_of("my_ha"))
    if is_refused:
        refuse(story.work, Answer(number, BY, REASON))
    answer_all(story.work)
    assert "hết ngày" not in page(story, "my_thinh")  # of the correction time
    story.at(LATER)
    handed_in(story, "my_thinh", file_of("my_thinh"))
    assert str(line(story, "my_thinh").state) == "late"


def test_a_file_is_still_never_released_as_somebody_else(story: Story) -> None:
    number = handed_in(story, "my_thinh", file_of("my_ha"))
    for other in ("my_thanh", None):
        with pytest.raises(UserError, match="--reporter my_ha"):
            release(story.work, Answer(number, BY, REASON), to(other))
    assert [file.submission_id for file in waiting(story.work)] == [number]
    assert known(story.work, number).decision is None


def test_a_file_of_another_week_is_released_to_its_week(story: Story) -> None:
    story.at(WEDNESDAY + timedelta(days=6))
    number = handed_in(story, "pgd", file_of("pgd"), week="2023-W16")
    done = release(story.work, Answer(number, BY, REASON), to(week=W15))
    assert (done.file.reporter, done.file.week) == ("pgd", W15)
    assert done.file.verdict.state is SubmissionState.ACCEPTED
    assert over(story, number).verdict.state is SubmissionState.SUPERSEDED
    story.at(WEDNESDAY + timedelta(days=7))
    assert str(line(story, "pgd").state) == "late"  # it lay there on the next Tuesday


def test_what_the_folder_says_may_be_said_too(story: Story) -> None:
    story.at(WEDNESDAY + timedelta(days=6))
    number = handed_in(story, "pgd", file_of("pgd"), week="2023-W16")
    done = release(story.work, Answer(number, BY, REASON), to("pgd", W16))
    assert (done.file.submission_id, done.file.verdict.state) == (number, SubmissionState.ACCEPTED)


def test_an_error_in_it_returns_it_to_the_unit_whose_it_is(story: Story) -> None:
    """Mỹ Thành's file of the week has errors."""
    number = handed_in(story, "my_thinh", file_of("my_thanh"))
    done = release(story.work, Answer(number, BY, REASON), to("my_thanh"))
    assert done.file.verdict.state is SubmissionState.RETURNED
    assert "được trả lại" in page(story, "my_thanh")
    assert str(line(story, "my_thanh").state) == "returned"


def test_a_copy_that_its_unit_had_sent_itself_stands_and_settles_the_other(story: Story) -> None:
    own = handed_in(story, "my_ha", file_of("my_ha"))
    before = over(story, own)
    number = handed_in(story, "my_thinh", file_of("my_ha"))
    with pytest.raises(UserError, match="--reporter my_ha --week 2023-W15"):
        release(story.work, Answer(number, BY, REASON), to("my_ha", W16))
    done = release(story.work, Answer(number, BY, REASON), to("my_ha"))
    assert (done.file, stored(story, own).arrival.stated_by) == (before, "")
    assert waiting(story.work) == ()


def test_in_a_back_fill_who_stated_when_it_came_stays_its_witness(story: Story) -> None:
    number = take_named(story.work, WEEK, "my_thinh", file_of("my_ha"), WEDNESDAY).id
    judge_waiting(story.work, [number])
    stated_by = stored(story, number).arrival.stated_by
    done = release(story.work, Answer(number, BY, REASON), to("my_ha"))
    assert stated_by
    assert stored(story, done.file.submission_id).arrival.stated_by == stated_by


def test_what_is_told_is_what_was_recorded(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    """The target's own verdict stands: nothing was ruled over it now."""
    handed_in(story, "my_ha", file_of("my_ha"))
    number = handed_in(story, "my_thinh", file_of("my_ha"))
    with caplog.at_level("INFO", logger="ntm.check"):
        release(story.work, Answer(number, BY, REASON), to("my_ha"))
    (told,) = caplog.records
    assert "superseded" in told.getMessage()


def test_the_folders_own_week_is_named_as_such(story: Story) -> None:
    """The unit sent the week of 12/4; what it may still owe is that of 19/4."""
    story.at(WEDNESDAY + timedelta(days=6))
    number = handed_in(story, "pgd", file_of("pgd"), week="2023-W16")
    release(story.work, Answer(number, BY, REASON), to(week=W15))
    (told,) = (f for f in over(story, number).verdict.findings if f.code == "SETTLED_AS_OTHER")
    message = story.work.messages[told.code]
    assert W15.vi in message.sentence(told)
    assert (W16.vi in message.advice(told), W15.vi in message.advice(told)) == (True, False)
    assert W16.vi in message.advice(told.without_quotes())


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_a_target_that_somebody_refuses_meanwhile_is_not_accepted(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal is committed after the move looked at the target, and before it writes: all rolls back."""
    story.at(WEDNESDAY + timedelta(days=6))
    number = handed_in(story, "my_thinh", file_of("my_ha"), week="2023-W16")
    target = handed_in(story, "my_ha", file_of("my_ha"), week="2023-W16")
    looked_at: list[int] = []
    in_force = verdicts.in_force

    def refused_meanwhile(connection: Connection, numbers: Sequence[int]) -> Mapping[int, VerdictInForce]:
        found = in_force(connection, numbers)
        if target in numbers and not looked_at:
            looked_at.append(target)
            refuse(story.work, Answer(target, "Chánh Văn phòng", "không phải báo cáo"))
        return found

    monkeypatch.setattr(verdicts, "in_force", refused_meanwhile)
    with pytest.raises(UserError, match="đang được người khác xử lý"):
        release(story.work, Answer(number, BY, REASON), to("my_ha"))
    assert over(story, target).verdict.state is SubmissionState.RETURNED
    assert known(story.work, number).decision is None
    assert [file.submission_id for file in waiting(story.work)] == [number]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (to("nobody"), "Không có đơn vị 'nobody'"),
        (to(week=WeekName.parse("2099-W01")), "nằm ngoài đợt báo cáo"),
    ],
)
def test_a_place_that_takes_no_report_is_refused(story: Story, where: Target, said: str) -> None:
    number = handed_in(story, "my_thinh", file_of("my_ha"))
    with pytest.raises(UserError, match=said):
        release(story.work, Answer(number, BY, REASON), where)
    assert known(story.work, number).decision is None


def test_a_locked_week_takes_nothing_that_came_after_the_lock(story: Story) -> None:
    file = file_of("my_ha")
    take_named(story.work, WEEK, "my_ha", file)  # archived
    at = story.work.campaign.calendar.locked_from() + timedelta(days=1)
    sha256 = stored(story, 1).arrival.sha256
    came = Arrival(story.work.campaign.id, "my_thinh", W15, sha256, file.name, 1, at, "folder")
    story.at(at)
    with writing(story.work.engine) as connection:
        (late,) = register(connection, [came], at)
    judge_waiting(story.work, [late.id])
    with pytest.raises(UserError, match="đã khóa"):
        release(story.work, Answer(late.id, BY, REASON), to("my_thanh"))


def test_the_container_check_and_secrecy_are_never_overridden(story: Story, tmp_path: Path) -> None:
    secret = tmp_path / "mật.csv"
    secret.write_text("Mã;Ghi chú\n17.1;TỐI MẬT\n", encoding="utf-8")
    for file in (file_of("pktht"), secret):
        number = handed_in(story, "pgd", file)
        assert ways_out(over(story, number)) == (Way.REFUSE,)
        for where in (to(), to("pktht")):
            with pytest.raises(UserError, match=f"ntm quarantine refuse {number}"):
                release(story.work, Answer(number, BY, REASON), where)


def test_who_decided_first_stands_and_is_named(story: Story) -> None:
    number = handed_in(story, "my_thinh", file_of("my_ha"))
    first = release(story.work, Answer(number, BY, REASON), to("my_ha"))
    again = release(story.work, Answer(number, "Chánh Văn phòng", "khác"), to("my_ha"))
    assert again == Settled(first.file, first.decision, is_new=False)
    with pytest.raises(UserError, match=BY):
        refuse(story.work, Answer(number, "Chánh Văn phòng", "khác"))
    with pytest.raises(UserError, match=BY):
        release(story.work, Answer(number, "Chánh Văn phòng", "khác"))
    with pytest.raises(UserError, match="quyết định đầu tiên được giữ"):
        release(story.work, Answer(number, "Chánh Văn phòng", "khác"), to("my_ha", W16))


def test_a_week_as_it_stood_before_the_decision_is_unchanged(story: Story) -> None:
    number = handed_in(story, "my_thinh", file_of("my_ha"))
    before = known_of_the_week(story, WEDNESDAY)
    story.at(LATER)
    release(story.work, Answer(number, BY, REASON), to("my_ha"))
    assert known_of_the_week(story, LATER - timedelta(seconds=1)).attempts == before.attempts
    assert {str(a.state) for a in before.attempts["my_thinh"]} == {"quarantined"}
    assert known_of_the_week(story, LATER).attempts.keys() == {"my_thinh", "my_ha"}


# --- no report --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["my_ha", "pktht"])  # another unit's; one with a macro
def test_a_refused_file_leaves_the_queue_and_goes_back_with_the_reason(story: Story, folder: str) -> None:
    number = handed_in(story, "my_thinh", file_of(folder))
    done = refuse(story.work, Answer(number, BY, REASON))
    assert (done.is_new, done.file.verdict.state) == (True, SubmissionState.RETURNED)
    assert waiting(story.work) == ()
    assert str(line(story, "my_thinh").state) == "returned"
    said = page(story, "my_thinh")
    assert all(words in said for words in ("được trả lại", BY, REASON))
    assert all(f.severity is not Severity.QUARANTINE for f in done.file.verdict.findings)
    assert not refuse(story.work, Answer(number, "Chánh Văn phòng", "khác")).is_new
    with pytest.raises(UserError, match="không chấp nhận"):
        release(story.work, Answer(number, BY, REASON), to("my_ha"))


def test_after_a_wrong_refusal_the_file_saved_anew_waits_again_and_the_same_bytes_do_not(
    story: Story, tmp_path: Path
) -> None:
    """What an operator is told to do about it, and what they are told in vain to try."""
    number = handed_in(story, "my_ha", file_of("my_ha"), "2023-W16")
    done = refuse(story.work, Answer(number, BY, REASON))
    said = settled_words(story.work, number, done)
    assert "Nếu nhầm, đề nghị Xã Mỹ Hà lưu tệp thành bản mới rồi gửi lại" in said
    assert "Nếu nhầm" in settled_words(story.work, number, refuse(story.work, Answer(number, BY, REASON)))
    with pytest.raises(UserError, match="Nếu nhầm, đề nghị Xã Mỹ Hà"):
        release(story.work, Answer(number, BY, REASON))
    assert handed_in(story, "my_ha", file_of("my_ha"), "2023-W16") == number
    assert waiting(story.work) == ()
    again = handed_in(story, "my_ha", saved_anew(file_of("my_ha"), tmp_path), "2023-W16")
    assert [file.submission_id for file in waiting(story.work)] == [again]
    released = release(story.work, Answer(again, BY, REASON))
    assert released.file.verdict.state is SubmissionState.ACCEPTED


def test_after_a_wrong_release_the_units_next_report_takes_its_place(story: Story, tmp_path: Path) -> None:
    number = handed_in(story, "my_thinh", file_of("my_ha"))
    done = release(story.work, Answer(number, BY, REASON), to("my_ha"))
    assert "Nếu nhầm, báo cáo mới của Xã Mỹ Hà" in settled_words(story.work, number, done)
    story.at(LATER)
    again = handed_in(story, "my_ha", saved_anew(file_of("my_ha"), tmp_path))
    attempts = known_of_the_week(story, LATER).attempts["my_ha"]
    assert {attempt.sha256 for attempt in in_force(attempts).values()} == {
        stored(story, again).arrival.sha256
    }


def test_a_release_that_returned_the_file_needs_no_other_report_to_take_its_place(story: Story) -> None:
    number = handed_in(story, "my_thinh", file_of("my_thanh"))
    done = release(story.work, Answer(number, BY, REASON), to("my_thanh"))
    assert done.file.verdict.state is SubmissionState.RETURNED
    assert "Nếu nhầm" not in settled_words(story.work, number, done)


def saved_anew(file: Path, folder: Path) -> Path:
    """As an office program does it: the same cells in other bytes."""
    path = folder / file.name
    load_workbook(file).save(path)
    return path


def test_a_refused_file_beside_an_accepted_one_awaits_nothing(story: Story) -> None:
    handed_in(story, "my_thinh", file_of("my_thinh"))
    story.at(WEDNESDAY + timedelta(hours=1))
    number = handed_in(story, "my_thinh", file_of("my_ha"))
    assert line(story, "my_thinh").awaits_correction
    refuse(story.work, Answer(number, BY, REASON))
    told = line(story, "my_thinh")
    assert (str(told.state), told.awaits_correction) == ("on_time", False)


def test_an_accepted_file_is_not_decided_over(story: Story) -> None:
    number = handed_in(story, "my_ha", file_of("my_ha"))
    for decide in (refuse, release):
        with pytest.raises(UserError, match=r"không ở diện chờ xác minh \(tiếp nhận\)"):
            decide(story.work, Answer(number, BY, REASON))
    with pytest.raises(UserError, match="không ở diện chờ xác minh"):
        type_in(story.work, Answer(number, BY, REASON), file_of("my_ha"))


@pytest.mark.parametrize(("by", "reason", "said"), [(" ", "x", "--by"), ("Trưởng phòng", "\t", "--reason")])
def test_a_decision_names_who_and_why(by: str, reason: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        answer(1, by, reason)


def test_a_week_published_with_a_file_in_doubt_is_revised_by_the_decision(story: Story) -> None:
    """The department's file with a macro waits at the close."""
    story.set(story_now=CLOSE)
    assert story.weekly_run()
    (number,) = (file.submission_id for file in waiting(story.work) if file.reporter == "pktht")
    assert state_in_summary(story, "pktht") == "quarantined"
    story.at(CLOSE + timedelta(hours=1))
    refuse(story.work, Answer(number, BY, REASON))
    assert story._summary("Đã xác minh tệp")
    assert (story.summary.revision, state_in_summary(story, "pktht")) == (2, "returned")
    assert not story._summary("Đã xác minh tệp")


def state_in_summary(story: Story, reporter: str) -> str:
    return next(str(one.state) for one in story.summary.reporters if one.reporter == reporter)


# --- scans ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def scan(story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Mỹ Thịnh's report as a picture, in time."""

    def seen(data: bytes, file_name: str) -> Examined:
        facts = {"name": file_name, "why": "ảnh"}
        to_type = Finding("FILE_TO_BE_TYPED", Severity.QUARANTINE, facts=facts)
        return Examined(None, (to_type,)) if file_name.endswith(".jpg") else examine(data, file_name)

    monkeypatch.setattr(doors, "examine", seen)
    picture = tmp_path / "báo cáo.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0 scanned")
    return handed_in(story, "my_thinh", picture)


def test_a_typed_scan_counts_from_when_the_scan_came(story: Story, scan: int) -> None:
    assert ways_out(over(story, scan)) == (Way.TYPED, Way.REFUSE)
    story.at(LATER)
    done = type_in(story.work, Answer(scan, BY, REASON), file_of("my_thinh"))
    assert (done.is_new, done.file.verdict.state) == (True, SubmissionState.ACCEPTED)
    arrival = stored(story, done.file.submission_id).arrival
    assert (arrival.received_at, arrival.stated_by, arrival.channel) == (WEDNESDAY, "", "typed")
    told = line(story, "my_thinh")
    assert (str(told.state), told.received_at, told.awaits_correction) == ("on_time", WEDNESDAY, False)
    assert waiting(story.work) == ()
    assert f"đã được {BY} nhập vào mẫu biểu" in page(story, "my_thinh")
    assert not type_in(story.work, Answer(scan, "Chánh Văn phòng", "khác"), file_of("my_thinh")).is_new


def test_a_typed_file_with_errors_lets_the_scan_wait_until_it_is_mended(
    story: Story, scan: int, tmp_path: Path
) -> None:
    blank = tmp_path / "trống.csv"
    blank.write_text("Mã;Ghi chú\n", encoding="utf-8")
    done = type_in(story.work, Answer(scan, BY, REASON), blank)
    assert done.decision is None
    assert done.file.verdict.state is not SubmissionState.ACCEPTED
    assert scan in [file.submission_id for file in waiting(story.work)]
    answers = [
        path.name for path in (story.settings.replies / story.settings.campaign / "my_thinh").iterdir()
    ]
    assert not [name for name in answers if done.file.sha256[:8] in name]  # the unit never sent it
    assert type_in(story.work, Answer(scan, BY, REASON), file_of("my_thinh")).decision is not None


def test_only_a_scan_is_typed_and_not_into_itself(story: Story, scan: int, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Đây chính là bản quét"):
        type_in(story.work, Answer(scan, BY, REASON), tmp_path / "báo cáo.jpg")
    with pytest.raises(UserError, match="Không có tệp"):
        type_in(story.work, Answer(scan, BY, REASON), tmp_path / "nowhere.xlsx")
    other = handed_in(story, "my_thinh", file_of("my_ha"))
    with pytest.raises(UserError, match="không phải bản quét"):
        type_in(story.work, Answer(other, BY, REASON), file_of("my_thinh"))


def test_a_typed_file_with_a_secrecy_mark_is_not_kept(story: Story, scan: int, tmp_path: Path) -> None:
    secret = tmp_path / "TỐI MẬT.xlsx"
    shutil.copy(file_of("my_thinh"), secret)
    done = type_in(story.work, Answer(scan, BY, REASON), secret)
    assert (done.decision, done.file.file_name) == (None, "")


def test_a_refused_scan_goes_back(story: Story, scan: int) -> None:
    assert refuse(story.work, Answer(scan, BY, REASON)).file.verdict.state is SubmissionState.RETURNED


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_shows_all_that_status_counts(story: Story, scan: int) -> None:
    handed_in(story, "my_thinh", file_of("my_ha"))
    handed_in(story, "my_thinh", file_of("my_thinh"))  # accepted, after both
    (week,) = week_statuses(story.settings.database_url, story.work.campaign.id)
    assert week.files["quarantined"] == len(waiting(story.work)) == 2
