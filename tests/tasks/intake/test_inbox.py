"""Folders as they are found: what waits, since when, and what is left alone."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.errors import IntakeError
from tasks.intake.inbox import Arrival, BackfillInbox, FolderInbox, LeftOut

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR = timedelta(hours=1)


def put(root: Path, place: str, content: bytes = b"x") -> Path:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_ctime, ZONE)


def folder(root: Path) -> FolderInbox:
    """The inbox as it looks an hour from now: the clock is ours, the disk's is not."""
    return FolderInbox(root, ZONE, datetime.now(ZONE) + HOUR)


def arrivals(inbox: FolderInbox | BackfillInbox) -> list[Arrival]:
    return [one for one in inbox.waiting() if isinstance(one, Arrival)]


def names(inbox: FolderInbox | BackfillInbox) -> list[str]:
    return [f"{arrival.week}/{arrival.reporter}/{arrival.file_name}" for arrival in arrivals(inbox)]


def left_out(inbox: FolderInbox | BackfillInbox) -> dict[str, str]:
    return {one.path: one.why for one in inbox.waiting() if isinstance(one, LeftOut)}


def test_a_file_waits_with_its_week_its_reporter_and_the_moment_it_came(tmp_path: Path) -> None:
    path = put(tmp_path, "2023-W15/my_ha/Báo cáo.xlsx")
    assert list(folder(tmp_path).waiting()) == [
        Arrival("my_ha", "2023-W15", "Báo cáo.xlsx", path, changed_at(path))
    ]


def test_a_modification_time_that_somebody_set_counts_for_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, "2023-W15/my_ha/bc.xlsx")
    os.utime(path, (0, 0))
    (arrival,) = arrivals(folder(tmp_path))
    assert arrival.received_at == changed_at(path)
    assert arrival.received_at.year >= 2024


def test_the_time_is_told_in_the_zone_of_the_campaign(tmp_path: Path) -> None:
    path = put(tmp_path, "2023-W15/my_ha/bc.xlsx")
    (arrival,) = arrivals(FolderInbox(tmp_path, ZONE, datetime.now(UTC) + HOUR))
    assert arrival.received_at.isoformat() == changed_at(path).isoformat()
    assert arrival.received_at.isoformat().endswith("+07:00")


def test_a_file_that_changed_a_moment_ago_waits_for_the_next_run(tmp_path: Path) -> None:
    path = put(tmp_path, "2023-W15/my_ha/bc.xlsx")
    settled = changed_at(path) + timedelta(seconds=10)
    just_before = FolderInbox(tmp_path, ZONE, settled - timedelta(milliseconds=1))
    assert names(just_before) == []
    assert names(FolderInbox(tmp_path, ZONE, settled)) == ["2023-W15/my_ha/bc.xlsx"]
    patient = FolderInbox(tmp_path, ZONE, settled, settled_after=HOUR)
    assert names(patient) == []
    assert "vừa được chép" in left_out(just_before)["2023-W15/my_ha/bc.xlsx"]


def test_a_file_that_came_after_the_clock_of_the_run_is_told_and_waits(tmp_path: Path) -> None:
    """As with a story's clock over a folder of today: it took nothing, said nothing and published all as missing."""
    path = put(tmp_path, "2023-W15/my_ha/bc.xlsx")
    before = FolderInbox(tmp_path, ZONE, changed_at(path) - HOUR)
    assert names(before) == []
    assert "đến sau giờ của lượt chạy" in left_out(before)["2023-W15/my_ha/bc.xlsx"]


@pytest.mark.parametrize(
    "name", ["~$bc.xlsx", ".~lock.bc.xlsx#", "bc.xlsx.part", "bc.xlsx.PART", "bc.crdownload", ".DS_Store"]
)
def test_lock_files_and_halves_of_files_are_left_alone(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"2023-W15/my_ha/{name}")
    put(tmp_path, "2023-W15/my_ha/bc.xlsx")
    assert names(folder(tmp_path)) == ["2023-W15/my_ha/bc.xlsx"]


def test_the_order_is_that_of_week_reporter_and_name(tmp_path: Path) -> None:
    places = ["2023-W16/a/1.xlsx", "2023-W15/b/1.xlsx", "2023-W15/a/2.xlsx", "2023-W15/a/1.xlsx"]
    for place in places:
        put(tmp_path, place)
    assert names(folder(tmp_path)) == sorted(places)


def test_a_decomposed_file_name_is_told_composed_and_opened_as_it_is(tmp_path: Path) -> None:
    put(tmp_path, "2023-W15/my_ha/Nơ\u0323.csv")
    (arrival,) = arrivals(folder(tmp_path))
    assert arrival.file_name == "Nợ.csv"
    assert arrival.path.read_bytes() == b"x"


def test_what_lies_beside_the_layout_is_left_out_with_what_to_do(tmp_path: Path) -> None:
    put(tmp_path, "loose.xlsx")
    put(tmp_path, "received.yaml")
    put(tmp_path, "2023-W15/loose.xlsx")
    put(tmp_path, "2023-W15/my_ha/deeper/bc.xlsx")
    put(tmp_path, "tuần 15/my_ha/bc.xlsx")
    put(tmp_path, "2023-W60/my_ha/bc.xlsx")
    assert names(folder(tmp_path)) == []
    said = left_out(folder(tmp_path))
    assert set(said) == {
        "loose.xlsx",
        "2023-W15/loose.xlsx",
        "2023-W15/my_ha/deeper",
        "tuần 15",
        "2023-W60",
    }
    assert all("; hãy " in why or "là tuần: " in why for why in said.values())
    assert said["2023-W60"].endswith("năm 2023 có các tuần từ W01 đến W52.")


def test_a_folder_that_cannot_be_opened_is_left_out_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "2023-W15/ca/bc.xlsx")
    put(tmp_path, "2023-W15/my_ha/bc.xlsx")
    whole = os.scandir

    def refusing(path):  # the tests may run as root, whom no folder refuses
        if Path(path).name == "ca":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert names(folder(tmp_path)) == ["2023-W15/my_ha/bc.xlsx"]
    assert left_out(folder(tmp_path)) == {"2023-W15/ca": "Hệ thống không có quyền đọc; hãy cấp quyền đọc."}


def test_a_file_that_vanishes_while_the_folder_is_listed_stops_nothing(tmp_path: Path) -> None:
    put(tmp_path, "2023-W15/my_ha/0.xlsx")
    gone = put(tmp_path, "2023-W15/my_ha/1.xlsx")
    put(tmp_path, "2023-W15/my_ha/2.xlsx")
    waiting = folder(tmp_path).waiting()
    next(waiting)
    gone.unlink()
    vanished, after = waiting
    assert vanished == LeftOut("2023-W15/my_ha/1.xlsx", "Tệp không còn ở đó; hãy chép lại nếu vẫn cần nộp.")
    assert isinstance(after, Arrival)


def test_symbolic_links_are_refused_at_every_level(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "inbox"
    secret = put(outside, "2023-W14/my_ha/secret.xlsx")
    inside = put(root, "2023-W15/my_ha/bc.xlsx")
    (root / "2023-W15/my_ha/link.xlsx").symlink_to(secret)
    (root / "2023-W15/my_ha/near.xlsx").symlink_to(inside)
    (root / "2023-W15/my_thanh").symlink_to(secret.parent)
    (root / "2023-W14").symlink_to(outside / "2023-W14")
    assert names(folder(root)) == ["2023-W15/my_ha/bc.xlsx"]
    assert set(left_out(folder(root))) == {
        "2023-W14",
        "2023-W15/my_ha/link.xlsx",
        "2023-W15/my_ha/near.xlsx",
        "2023-W15/my_thanh",
    }


def test_a_pipe_in_the_inbox_is_not_waited_for(tmp_path: Path) -> None:
    put(tmp_path, "2023-W15/my_ha/bc.xlsx")
    os.mkfifo(tmp_path / "2023-W15/my_ha/pipe.xlsx")
    assert names(folder(tmp_path)) == ["2023-W15/my_ha/bc.xlsx"]


def test_an_inbox_that_is_not_there_is_an_error_and_not_an_empty_week(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="Không mở được hộp thư đến"):
        list(folder(tmp_path / "nowhere").waiting())


def test_looking_changes_nothing_in_the_inbox(tmp_path: Path) -> None:
    put(tmp_path, "2023-W15/my_ha/bc.xlsx")
    before = [
        (path, path.stat().st_mtime_ns, path.stat().st_ctime_ns) for path in sorted(tmp_path.rglob("*"))
    ]
    assert names(folder(tmp_path)) == names(folder(tmp_path))
    assert [(p, p.stat().st_mtime_ns, p.stat().st_ctime_ns) for p in sorted(tmp_path.rglob("*"))] == before


# --- back-fill ------------------------------------------------------------------------------------------

STATED = """
2023-W15/my_ha/Nợ.csv: {received_at: '2023-04-12T15:10:00+07:00', stated_by: Văn thư}
2023-W15/my_ha/bc.xlsx: {received_at: '2023-04-12T16:00:01+07:00', stated_by: Văn thư}
"""


def backfill(root: Path, statements: str = STATED) -> BackfillInbox:
    (root / "received.yaml").write_text(statements, encoding="utf-8")
    return BackfillInbox(root)


def test_a_backfilled_file_came_when_a_named_person_says_it_came(tmp_path: Path) -> None:
    put(tmp_path, "2023-W15/my_ha/Nợ.csv")
    path = put(tmp_path, "2023-W15/my_ha/bc.xlsx")
    _, arrival = arrivals(backfill(tmp_path))
    stated_at = datetime(2023, 4, 12, 16, 0, 1, tzinfo=ZONE)
    assert arrival == Arrival("my_ha", "2023-W15", "bc.xlsx", path, stated_at, "Văn thư")


def test_a_statement_finds_its_file_in_either_writing_of_a_letter(tmp_path: Path) -> None:
    put(tmp_path, "2023-W15/my_ha/Nơ\u0323.csv")
    assert names(backfill(tmp_path)) == ["2023-W15/my_ha/Nợ.csv"]


def test_every_file_that_nobody_speaks_for_is_listed_and_none_is_handed_out(tmp_path: Path) -> None:
    for place in ("2023-W15/my_ha/bc.xlsx", "2023-W15/my_ha/bc2.xlsx", "2023-W15/ca/bc.xlsx"):
        put(tmp_path, place)
    with pytest.raises(IntakeError, match=r"2023-W15/ca/bc\.xlsx, 2023-W15/my_ha/bc2\.xlsx\. Hãy"):
        next(backfill(tmp_path).waiting())


def test_what_the_refusal_shows_as_an_example_is_a_statement(tmp_path: Path) -> None:
    put(tmp_path, "2023-W15/my_ha/Nợ - xã Mỹ Hà.csv")
    with pytest.raises(IntakeError) as refused:
        next(backfill(tmp_path, "").waiting())
    example = str(refused.value).partition("ví dụ: ")[2]
    assert names(backfill(tmp_path, example)) == ["2023-W15/my_ha/Nợ - xã Mỹ Hà.csv"]


@pytest.mark.parametrize(
    "line",
    [
        "{received_at: '2023-04-12T15:10:00', stated_by: Văn thư}",
        "{received_at: '2023-04-12T15:10:00+07:00'}",
        "{received_at: hôm qua, stated_by: Văn thư}",
        "{stated_by: Văn thư}",
        "'2023-04-12T15:10:00+07:00'",
    ],
)
def test_a_statement_without_a_zone_or_a_name_states_nothing(tmp_path: Path, line: str) -> None:
    put(tmp_path, "2023-W15/my_ha/bc.xlsx")
    with pytest.raises(IntakeError, match=r"2023-W15/my_ha/bc\.xlsx"):
        list(backfill(tmp_path, f"2023-W15/my_ha/bc.xlsx: {line}").waiting())


@pytest.mark.parametrize("statements", ["- a list", "{broken", "text"])
def test_statements_that_are_no_map_are_an_error_that_names_the_file(tmp_path: Path, statements: str) -> None:
    with pytest.raises(IntakeError, match=r"received\.yaml"):
        list(backfill(tmp_path, statements).waiting())


def test_without_statements_nothing_is_handed_out(tmp_path: Path) -> None:
    put(tmp_path, "2023-W15/my_ha/bc.xlsx")
    with pytest.raises(IntakeError, match=r"Không có .*received"):
        list(BackfillInbox(tmp_path).waiting())


def test_a_moved_inbox_says_the_same(tmp_path: Path) -> None:
    put(tmp_path / "one", "2023-W15/my_ha/bc.xlsx")
    first = arrivals(backfill(tmp_path / "one"))
    shutil.move(tmp_path / "one", tmp_path / "two")
    second = arrivals(BackfillInbox(tmp_path / "two"))
    assert [arrival.received_at for arrival in first] == [arrival.received_at for arrival in second]
