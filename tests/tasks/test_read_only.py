"""A file read without being stored says what the weekly run says of it, and leaves no trace."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from config.facts import load_campaign
from domain.campaign import Campaign
from domain.errors import UserError
from domain.findings import Severity
from domain.reading.money import Amount
from domain.reporters import ReporterKind
from domain.submissions import SubmissionState
from domain.weeks import WeekName
from tasks import read_only
from tasks.intake import recognise
from tasks.intake.grid import Book
from tasks.intake.preflight import LIMITS
from tasks.intake.recognise import Recognised
from tasks.intake.workbook import ReadLimits
from tasks.judging import judge_waiting
from tasks.read_only import FileRead, Wanted, in_the_archive, read_file
from tasks.receiving import take_named
from tasks.releasing import release
from tasks.settling import Answer
from tasks.store import verdicts
from tasks.store.engine import reading, writing
from tasks.store.submissions import Arrival, register
from tasks.store.tables import submissions
from tasks.workplace import Workplace
from tests.story import CLOSE, DEMO, Story, files_in, settings_of
from tests.tasks.intake.packages import BAD, FORMS, sheet, xlsx
from tests.tasks.intake.test_transcribed import HEADER, PROGRESS, ROW, old, tcvn3, vni, workbook

W15 = WeekName.parse("2023-W15")
CAMPAIGN = load_campaign("my-loc-2023")
INBOX = DEMO / "inbox" / "2023-W15"
DEBT_CSV = INBOX / "my_ha" / "Nợ XDCB xã Mỹ Hà 12.4.2023.csv"


def read(path: Path, reporter: str = "", week: WeekName | None = None) -> FileRead:
    return read_file(Wanted(path, path.name, CLOSE, reporter, week), CAMPAIGN, ReadLimits())


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    played = Story(settings_of(tmp_path / "home"), monkeypatch)
    yield played
    played.close()


def files_of(folder: Path) -> Mapping[str, bytes]:
    """But the log that SQLite keeps while somebody reads."""
    return {
        str(path): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


@pytest.mark.slow
def test_a_file_of_the_ledger_reads_as_the_weekly_run_judged_it_and_nothing_is_stored(story: Story) -> None:
    story.weekly_run()
    work = story.work
    with reading(work.engine) as connection:
        stored = {row.id: row for row in connection.execute(submissions.select())}
        judged = verdicts.in_force(connection, list(stored))
    before = files_of(story.settings.home)
    assert len(stored) == 13
    for number, verdict in judged.items():
        file = read_file(in_the_archive(work, number), work.campaign, work.read_limits, work)
        assert (file.verdict.state, [f.code for f in file.verdict.findings]) == (
            verdict.verdict.state,
            [f.code for f in verdict.verdict.findings],
        )
        assert file.sha256 == stored[number].sha256
    assert files_of(story.settings.home) == before
    with reading(work.engine) as connection:
        assert len(list(connection.execute(submissions.select()))) == len(stored)


@pytest.mark.slow
def test_a_number_that_the_ledger_does_not_have_is_said(story: Story) -> None:
    with pytest.raises(UserError, match="số 99"):
        in_the_archive(story.work, 99)


def test_every_filled_cell_is_told_with_its_place_its_text_and_what_it_was_taken_for() -> None:
    cells = {cell.place.cell: cell for cell in read(DEBT_CSV).cells}
    assert (cells["G6"].heading, cells["G6"].reading.raw) == (
        "Giá trị khối lượng thực hiện đã nghiệm thu",
        "6.412,5",
    )
    assert cells["G6"].reading.value == Amount(6_412_500_000, unit=10**6, last_digit=10**5)
    assert "F6" not in cells  # blank


@pytest.mark.slow
def test_of_the_sample_week_only_a_sum_in_a_unit_of_its_own_is_told_to_be_read_otherwise() -> None:
    paths = [path for folder in sorted(INBOX.iterdir()) for path in sorted(folder.iterdir())]
    told = [f for path in paths for f in read(path, path.parent.name, W15).verdict.findings]
    assert [
        (f.facts["seen"], f.facts["read"])
        for f in told
        if f.severity is Severity.NOTE and {"seen", "read"} <= f.facts.keys()
    ] == [("0,35 tỷ đồng", "350.000.000")]


def test_whose_and_which_week_it_is_the_file_says() -> None:
    file = read(DEBT_CSV)
    assert (file.reporter, file.week) == ("my_ha", W15)


def test_what_the_caller_says_goes_before_what_the_file_says_and_the_difference_is_found() -> None:
    file = read(DEBT_CSV, "my_thinh", WeekName.parse("2023-W16"))
    codes = {finding.code for finding in file.verdict.findings}
    assert {"REPORTER_DIFFERS", "WEEK_DIFFERS"} <= codes
    assert file.verdict.state is SubmissionState.QUARANTINED
    assert file.cells


def test_a_file_that_does_not_say_whose_it_is_needs_somebody_who_does(tmp_path: Path) -> None:
    path = tmp_path / "no.csv"
    path.write_text("Tên dự án;Khối lượng đã nghiệm thu (đồng)\nĐường;5\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"không ghi tên đơn vị.*--reporter.*Xã Mỹ Hà \(my_ha\)"):
        read(path)
    assert read(path, "my_ha").week == W15  # nor which week: the one that is due


def test_a_unit_that_nobody_knows_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "thinh.csv"
    path.write_text(
        "Đơn vị báo cáo;Xã Mỹ Thinh\nTên dự án;Khối lượng đã nghiệm thu (đồng)\nĐường;5\n", encoding="utf-8"
    )
    with pytest.raises(UserError, match=r"“Xã Mỹ Thinh”, chưa có trong danh sách.*\(my_thinh\)"):
        read(path)


@pytest.mark.parametrize(("script", "code"), [(vni, "VNI_TEXT"), (tcvn3, "TCVN3_WITHOUT_FONT")])
def test_a_whole_file_in_an_old_font_is_told_as_that(
    script: Callable[[str], str], code: str, tmp_path: Path
) -> None:
    path = tmp_path / "cũ.xlsx"
    workbook({"A": old([*HEADER, PROGRESS, ROW], script)}).save(path)
    told = read(path).verdict
    assert ({each.code for each in told.findings}, told.state) == ({code}, SubmissionState.RETURNED)


def test_a_table_of_something_else_is_no_form(tmp_path: Path) -> None:
    path = tmp_path / "khác.csv"
    path.write_text("Họ tên;Lương\nA;5\n", encoding="utf-8")
    assert [finding.code for finding in read(path).verdict.findings] == ["FORM_NOT_RECOGNISED"]


@pytest.mark.parametrize("name", BAD)
def test_a_container_that_is_refused_has_a_reason_and_no_cells(name: str) -> None:
    file = read(FORMS / "bad" / name)
    assert [finding.code for finding in file.verdict.findings] == [name.split()[0]]
    assert (file.cells, file.reporter) == ((), "")


def test_a_file_with_a_secrecy_mark_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "báo cáo.xlsx"
    marked = '<row r="1"><c r="A1" t="inlineStr"><is><t>TỐI MẬT</t></is></c></row>'
    path.write_bytes(xlsx(sheet1=sheet(marked)))
    file = read(path)
    assert [finding.code for finding in file.verdict.findings] == ["FILE_SECRET"]
    assert file.cells == ()


def test_reading_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / DEBT_CSV.name
    path.write_bytes(DEBT_CSV.read_bytes())
    read(path)
    assert files_in(tmp_path) == {path.name: DEBT_CSV.read_bytes()}


# --- what a run would do, this does -----------------------------------------------------------------------------------


def csv(folder: Path, text: str) -> Path:
    path = folder / "báo cáo.csv"
    path.write_text(text, encoding="utf-8")
    return path


DEBT = "Tên dự án;Khối lượng đã nghiệm thu (đồng)\nĐường;5\n"


@pytest.mark.slow
def test_a_released_file_reads_as_it_was_released(story: Story) -> None:
    story.at(datetime.fromisoformat("2023-04-18T10:00:00+07:00"))
    work = story.work
    number = take_named(work, "2023-W16", "my_ha", DEBT_CSV).id
    judge_waiting(work, [number])
    assert read_again(work, number).verdict.state is SubmissionState.QUARANTINED
    done = release(work, Answer(number, "Trưởng phòng", "ghi nhầm ngày"))
    verdict = read_again(work, number).verdict
    assert verdict.state is done.file.verdict.state is SubmissionState.ACCEPTED
    assert [f.code for f in verdict.findings] == [f.code for f in done.file.verdict.findings]


def read_again(work: Workplace, number: int) -> FileRead:
    return read_file(in_the_archive(work, number), work.campaign, work.read_limits, work)


@pytest.mark.slow
def test_a_file_too_large_to_be_kept_is_told_as_such_by_its_number(story: Story) -> None:
    work, name = story.work, "báo cáo.xlsx"
    came = Arrival(work.campaign.id, "my_ha", W15, "0" * 64, name, 10**9, CLOSE, "folder")
    with writing(work.engine) as connection:
        (registered,) = register(connection, [came], CLOSE)
    assert codes(read_again(work, registered.id)) == ["FILE_TOO_LARGE"]


def test_a_file_too_large_to_be_loaded_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "báo cáo.xlsx"
    with path.open("wb") as file:
        file.truncate(LIMITS.file_bytes + 1)
    assert codes(read(path, "my_ha")) == ["FILE_TOO_LARGE"]


@pytest.mark.parametrize("day", ["12/4/2050", "12/4/2019"])
def test_a_week_in_which_nothing_is_owed_is_not_believed(tmp_path: Path, day: str) -> None:
    file = read(csv(tmp_path, f"Kỳ báo cáo;{day}\n\n{DEBT}"), "my_ha")
    assert file.week == W15  # the one that is due
    assert "WEEK_DIFFERS" in codes(file)
    assert file.verdict.state is SubmissionState.QUARANTINED


@pytest.mark.parametrize("step", ["recognised", "understand", "judge", "every_cell"])
def test_a_file_over_which_our_own_code_fails_is_told_as_the_run_tells_it(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_only, step, lambda *_, **__: 1 / 0)
    file = read(DEBT_CSV)
    assert (codes(file), file.cells) == (["FILE_STOPPED_US"], ())
    assert file.verdict.state is SubmissionState.QUARANTINED


@pytest.mark.parametrize("reporter", ["", "my_ha"])
def test_the_cells_are_those_of_the_form_of_its_reporters_kind(
    reporter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds: list[ReporterKind | None] = []
    recognised = read_only.recognised

    def told(book: Book, campaign: Campaign, kind: ReporterKind | None) -> Recognised:
        kinds.append(kind)
        return recognised(book, campaign, kind)

    for module in (read_only, recognise):
        monkeypatch.setattr(module, "recognised", told)
    read(DEBT_CSV, reporter)
    assert kinds[-1] is CAMPAIGN.roster["my_ha"].kind
    assert len(kinds) == (1 if reporter else 2)


def codes(file: FileRead) -> list[str]:
    return [finding.code for finding in file.verdict.findings]
