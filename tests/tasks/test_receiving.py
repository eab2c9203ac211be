"""How a file comes in: refused where nobody could be meant, registered once, left out with a reason, and archived
only where it carries no secrecy mark.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from config.settings import InboxKind
from deployments.cli.progress import sentence
from domain.errors import UserError
from domain.summary import ReporterLine
from domain.weeks import WeekName
from tasks import receiving
from tasks.intake import inbox
from tasks.intake.preflight import LIMITS
from tasks.receiving import left_out, take_named, take_waiting
from tasks.store.archive import sha256_of
from tasks.store.engine import reading
from tasks.store.submissions import Stored, find
from tests.story import DEMO, WEEK, Story, files_in, settings_of
from tests.tasks.intake.packages import zipped

pytestmark = pytest.mark.slow

FILE = next((DEMO / "inbox" / WEEK / "ca").iterdir())
OTHER = next((DEMO / "inbox" / WEEK / "pgd").iterdir())
SECRET = "Mã;Ghi chú\n17.1;MẬT\n17.2;nội dung không được lộ\n".encode()


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    played = Story(settings_of(tmp_path / "home"), monkeypatch)
    yield played
    played.close()


def test_the_same_file_is_registered_once(story: Story) -> None:
    assert take_named(story.work, WEEK, "ca", FILE).is_new
    assert not take_named(story.work, WEEK, "ca", FILE).is_new


def test_a_time_without_a_zone_is_the_campaigns_local_time(story: Story) -> None:
    taken = take_named(story.work, WEEK, "ca", FILE, datetime(2023, 4, 13, 10, 20))  # noqa: DTZ001
    with reading(story.work.engine) as connection:
        (stored,) = find(connection, [taken.id])
    assert stored.arrival.received_at == datetime.fromisoformat("2023-04-13T10:20+07:00")
    assert stored.arrival.stated_by


@pytest.mark.parametrize(("reporter", "file"), [("nobody", FILE), ("ca", Path("/nowhere.xlsx"))])
def test_an_unknown_reporter_or_file_is_refused(story: Story, reporter: str, file: Path) -> None:
    with pytest.raises(UserError):
        take_named(story.work, WEEK, reporter, file)


def test_a_locked_week_refuses_and_names_the_extension_that_reopens_it(story: Story) -> None:
    """The campaign ends on 31/5/2023; 30 days later it is locked."""
    story.at(datetime.fromisoformat("2023-06-29T23:59:00+07:00"))
    assert take_named(story.work, WEEK, "pgd", FILE).is_new
    story.at(datetime.fromisoformat("2023-06-30T00:00:00+07:00"))
    with pytest.raises(UserError, match=r"gia hạn .* cho ca, tuần 2023-W15"):
        take_named(story.work, WEEK, "ca", FILE)


def test_a_file_that_comes_later_than_now_is_not_seen_yet(story: Story) -> None:
    """On the story's clock the afternoon of Tuesday has only what had come by then."""
    story.at(datetime.fromisoformat("2023-04-11T23:00:00+07:00"))
    assert 0 < len(take_waiting(story.work)) < 13
    story.at(datetime.fromisoformat("2023-04-12T16:30:00+07:00"))
    assert len(take_waiting(story.work)) == 13


def test_a_file_reaches_its_own_week_only(story: Story) -> None:
    taken = take_named(story.work, "2023-W16", "ca", FILE)
    with reading(story.work.engine) as connection:
        (stored,) = find(connection, [taken.id])
    assert stored.arrival.week == WeekName.parse("2023-W16")


# --- a folder that offices save into ------------------------------------------------------------------------


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    """An inbox of one's own. The files come now; the story's clock says when that is."""
    given = settings_of(tmp_path / "home", inbox=tmp_path / "inbox", inbox_kind=InboxKind.FOLDER)
    given.inbox.mkdir()
    changed_at(monkeypatch, CLOSE - timedelta(hours=1))
    played = Story(given, monkeypatch)
    yield played
    played.close()


CLOSE = datetime.fromisoformat("2023-04-12T16:30:00+07:00")
LATE = CLOSE + timedelta(hours=2)


def changed_at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """What the disk says of every file from now on: nobody can set a ctime, that is why it counts."""
    monkeypatch.setattr(inbox, "datetime", SimpleNamespace(fromtimestamp=lambda *_: moment))


def put(story: Story, place: str, data: bytes | None = None) -> Path:
    path = story.settings.inbox / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(FILE.read_bytes() if data is None else data)
    return path


def taken(story: Story) -> list[Stored]:
    ids = [registered.id for registered in take_waiting(story.work)]
    with reading(story.work.engine) as connection:
        return list(find(connection, ids))


def archived(story: Story) -> set[str]:
    return {path.name for path in story.settings.archive.rglob("*") if path.is_file()}


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the operator reads."""
    events = [(str(r.msg).split(" ")[0], r.args) for r in caplog.records if isinstance(r.args, dict)]
    return [line for event, facts in events if (line := sentence(event, facts))]


def test_what_was_taken_keeps_its_first_moment_and_is_not_archived_again(
    folders: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folders, f"{WEEK}/ca/bc.xlsx")
    (first,) = taken(folders)
    shutil.rmtree(folders.settings.archive)  # as after a purge: it must not come back from the inbox
    folders.at(LATE)
    changed_at(monkeypatch, LATE - timedelta(hours=1))
    (again,) = taken(folders)
    assert again == first
    assert archived(folders) == set()


@pytest.mark.parametrize("place", [f"{WEEK}/pgd/bc.xlsx", "2023-W16/ca/bc.xlsx"])
def test_the_same_bytes_of_somebody_else_or_of_another_week_make_no_late_file_punctual(
    folders: Story, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    put(folders, f"{WEEK}/ca/bc.xlsx")
    (first,) = taken(folders)
    folders.at(LATE)
    changed_at(monkeypatch, LATE - timedelta(hours=1))
    put(folders, place)
    (copy,) = [stored for stored in taken(folders) if stored.id != first.id]
    assert copy.arrival.received_at == LATE - timedelta(hours=1)


LEFT_OUT = {
    f"{WEEK}/my_haa/bc.xlsx": "Không có đơn vị 'my_haa'",
    "2023-W52/ca/bc.xlsx": "nằm ngoài đợt báo cáo",
    "tuần 15/ca/bc.xlsx": "Tên thư mục không phải là tuần",
    f"{WEEK}/bc.xlsx": "nằm ngoài thư mục đơn vị",
    "bc.xlsx": "nằm ngoài thư mục tuần",
}


@pytest.mark.parametrize(("place", "why"), LEFT_OUT.items())
def test_what_is_left_out_is_told_to_the_operator_and_costs_the_others_nothing(
    folders: Story, caplog: pytest.LogCaptureFixture, place: str, why: str
) -> None:
    put(folders, place)
    put(folders, f"{WEEK}/ca/bc.xlsx")
    with caplog.at_level(logging.WARNING, "ntm"):
        assert [stored.arrival.reporter for stored in taken(folders)] == ["ca"]
    (said,) = told(caplog)
    assert said.startswith("Để ngoài ")
    assert why in said
    (seen,) = left_out(folders.work)
    assert place.startswith(seen.path)
    assert said == f"Để ngoài {seen.path}: {seen.why}"


def test_a_locked_week_leaves_out_what_is_new_and_keeps_what_it_has(
    folders: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folders, f"{WEEK}/ca/bc.xlsx")
    (first,) = taken(folders)
    locked = datetime.fromisoformat("2023-06-30T00:00:00+07:00")
    folders.at(locked + timedelta(hours=1))
    changed_at(monkeypatch, locked)
    put(folders, f"{WEEK}/pgd/bc.xlsx")
    assert taken(folders) == [first]
    (seen,) = left_out(folders.work)
    assert (seen.path, "gia hạn" in seen.why) == (f"{WEEK}/pgd/bc.xlsx", True)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (PermissionError(13, "Permission denied"), "không có quyền đọc"),
        (FileNotFoundError(2, "No such file"), "không còn ở đó"),
        (OSError(5, "Input/output error"), "kiểm tra ổ đĩa"),
    ],
)
def test_a_file_that_cannot_be_read_is_left_out_and_the_others_come_in(
    folders: Story, monkeypatch: pytest.MonkeyPatch, error: OSError, why: str
) -> None:
    """The tests may run as root, whom no file refuses: the error is handed in."""
    put(folders, f"{WEEK}/ca/bc.xlsx")
    put(folders, f"{WEEK}/pgd/bc.xlsx", OTHER.read_bytes())
    whole = receiving.load

    def failing(path: Path, file_name: str) -> object:
        if path.parent.name == "ca":
            raise error
        return whole(path, file_name)

    monkeypatch.setattr(receiving, "load", failing)
    assert [stored.arrival.reporter for stored in taken(folders)] == ["pgd"]
    (seen,) = left_out(folders.work)
    assert why in seen.why


def test_many_files_come_in_by_batches_and_all_of_them_do(
    folders: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MOST_HELD_FILES", 3)
    for n in range(7):
        put(folders, f"{WEEK}/ca/{n}.csv", f"Mã;Giá\n{n};1\n".encode())
    assert len(taken(folders)) == 7
    assert len(archived(folders)) == 7


def test_a_reporter_outside_its_time_is_refused_with_a_sentence(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    from domain.reporters import Reporter

    monkeypatch.setattr(Reporter, "is_valid_on", lambda self, day: day >= date(2023, 4, 19))
    with pytest.raises(UserError, match=r"không thuộc danh sách báo cáo tuần thứ Tư 12/4/2023.*valid_from"):
        take_named(story.work, WEEK, "ca", FILE)
    assert take_named(story.work, "2023-W16", "ca", FILE).is_new


def test_a_week_without_a_report_is_refused_by_hand_too(story: Story) -> None:
    with pytest.raises(UserError, match="nằm ngoài đợt báo cáo"):
        take_named(story.work, "2023-W52", "ca", FILE)
    assert archived(story) == set()


# --- what is too large ------------------------------------------------------------------------------------------


def test_a_file_too_large_to_open_is_registered_by_its_hash_and_answered(folders: Story) -> None:
    data = os.urandom(LIMITS.file_bytes + 1)
    put(folders, f"{WEEK}/ca/bc.xlsx", data)
    assert folders.weekly_run()
    assert sha256_of(data) not in archived(folders)
    line = line_of(folders, "ca")
    assert (line.state, line.files[0].sha256) == ("quarantined", sha256_of(data))
    assert [found.code for found in line.files[0].findings] == ["FILE_TOO_LARGE"]
    assert len(replies(folders)) == 1


def line_of(story: Story, reporter: str) -> ReporterLine:
    return next(line for line in story.summary.reporters if line.reporter == reporter)


def replies(story: Story) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(story.settings.replies.rglob("*.html"))]


# --- secrecy marks ------------------------------------------------------------------------------------------------


def everything_written(story: Story) -> bytes:
    """All that an installation keeps: database, archive, replies, published files."""
    return b"\0".join(path.read_bytes() for path in story.settings.home.rglob("*") if path.is_file())


def test_a_marked_file_is_refused_before_archiving_and_its_sender_is_told(
    folders: Story, caplog: pytest.LogCaptureFixture
) -> None:
    put(folders, f"{WEEK}/ca/Kế hoạch tuần tra.csv", SECRET)
    with caplog.at_level(logging.DEBUG):
        assert folders.weekly_run()
    line = line_of(folders, "ca")
    assert line.state == "quarantined"
    (file,) = line.files
    assert (file.file_name, file.sha256) == ("", sha256_of(SECRET))
    assert [found.code for found in file.findings] == ["FILE_SECRET"]
    assert "Kiểm tra Công an huyện: chờ xác minh" in told(caplog)
    (page,) = replies(folders)
    assert "đường văn bản mật" in page
    assert "giữ nguyên" not in page
    for word in ("tuần tra", "không được lộ"):
        assert word not in caplog.text
        assert word.encode() not in everything_written(folders)
    assert sha256_of(SECRET) not in archived(folders)


def test_a_marked_file_comes_in_and_is_answered_once(folders: Story) -> None:
    put(folders, f"{WEEK}/ca/bc.csv", SECRET)
    folders.weekly_run()
    before = files_in(folders.settings.replies / folders.settings.campaign / "ca")
    assert not folders.weekly_run()
    assert files_in(folders.settings.replies / folders.settings.campaign / "ca") == before
    assert len(taken(folders)) == 1


def test_a_scan_is_kept_answered_and_waits_to_be_typed(folders: Story) -> None:
    put(folders, f"{WEEK}/ca/bc.pdf", b"%PDF-1.4\n%%EOF\n")
    folders.weekly_run()
    (line,) = (line for line in folders.summary.reporters if line.reporter == "ca")
    assert line.state == "quarantined"
    assert [found.code for file in line.files for found in file.findings] == ["FILE_TO_BE_TYPED"]
    (page,) = (folders.settings.replies / folders.settings.campaign / "ca").iterdir()
    assert "Tệp đã được tiếp nhận, chờ nhập tay" in page.read_text(encoding="utf-8")


def test_a_marked_file_handed_in_by_name_is_refused_too(story: Story, tmp_path: Path) -> None:
    word = zipped([("word/document.xml", "<d><p><t>TỐI </t><t>MẬT</t></p></d>".encode())])
    marked = [
        ("bc.csv", SECRET),
        ("bc (MẬT).xlsx", FILE.read_bytes()),
        ("bc.docx", word),
        ("TỐI MẬT.pdf", b"%PDF"),
    ]
    for n, (name, data) in enumerate(marked):
        file = tmp_path / name
        file.write_bytes(data)
        assert take_named(story.work, WEEK, "ca", file).is_new
        assert not take_named(story.work, WEEK, "ca", file).is_new
        assert len(taken_by_name(story)) == n + 1
    assert archived(story) == set()


def taken_by_name(story: Story) -> list[str]:
    from tasks.store.submissions import unjudged

    with reading(story.work.engine) as connection:
        found = find(connection, unjudged(connection, story.work.campaign.id))
    assert {stored.arrival.file_name for stored in found} == {""}
    return [stored.arrival.sha256 for stored in found]


def test_a_marked_late_file_leaves_the_accepted_report_in_force(story: Story, tmp_path: Path) -> None:
    story.weekly_run()
    marked = tmp_path / "bc.csv"
    marked.write_bytes(SECRET)
    story.late_file(marked, "my_ha")
    assert line_of(story, "my_ha").state == "on_time"
    assert sha256_of(SECRET) not in archived(story)


def test_a_marked_file_is_told_without_its_name_wherever_it_lies(
    folders: Story, caplog: pytest.LogCaptureFixture
) -> None:
    put(folders, f"{WEEK}/my_haa/Diễn tập (TỐI MẬT).xlsx")
    put(folders, f"{WEEK}/ca/Diễn tập (TỐI MẬT).xlsx")
    with caplog.at_level(logging.DEBUG):
        take_waiting(folders.work)
    assert "Diễn tập" not in caplog.text
    assert any("không lưu; hãy chuyển tệp" in line and WEEK in line for line in told(caplog))


# --- first sight --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen_in", "seen_at", "counts"),
    [
        ("2023-W16/ca", CLOSE - timedelta(hours=5), True),  # the wrong week's folder, in good time
        ("2023-W16/ca", CLOSE - timedelta(days=7), True),  # the week before has just closed
        ("2023-W16/ca", CLOSE - timedelta(days=7, minutes=1), False),  # last week's report under a new date
        ("2023-W15/pgd", CLOSE - timedelta(hours=5), False),  # a neighbour's file
    ],
)
def test_a_file_moved_from_the_wrong_folder_came_when_it_was_first_seen_there(
    folders: Story, monkeypatch: pytest.MonkeyPatch, seen_in: str, seen_at: datetime, counts: bool
) -> None:
    changed_at(monkeypatch, seen_at)
    put(folders, f"{seen_in}/bc.xlsx")
    assert len(taken(folders)) == 1
    shutil.rmtree(folders.settings.inbox / seen_in)
    changed_at(monkeypatch, LATE)
    folders.at(LATE + timedelta(hours=1))
    put(folders, f"{WEEK}/ca/bc.xlsx")
    (moved,) = taken(folders)
    assert moved.arrival.received_at == (seen_at if counts else LATE)


def test_what_a_person_stated_in_a_back_fill_is_not_changed_by_an_earlier_sight(story: Story) -> None:
    early = datetime.fromisoformat("2023-04-06T09:00:00+07:00")
    take_named(story.work, "2023-W16", "ca", FILE, early)
    of_week = [one for one in taken(story) if one.arrival.reporter == "ca"]
    assert [one.arrival.received_at.hour for one in of_week] == [3]  # 10:05 in Vietnam, as received.yaml says
