"""Real files through the real child, and children that die, stall, swell or lie beside good files."""

import hashlib
import os
import signal
import sys
import threading
import time
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from domain.errors import IntakeError
from domain.findings import Finding, Severity
from tasks.intake.formats import FileFormat
from tasks.intake.grid import Book, Sheet, Style
from tasks.intake.workbook import FileToRead, ReadLimits, read_batch
from tests.tasks.intake.packages import FORMS, relations, sheet, xlsx, xlsx_parts, zipped

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def stored(folder: Path, data: bytes, file_name: str) -> FileToRead:
    """As the archive keeps it: named by its hash, without an extension."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = folder / sha256
    path.write_bytes(data)
    file_format = FileFormat.of_name(file_name)
    assert file_format
    return FileToRead(sha256, path, file_name, file_format)


def book(folder: Path, data: bytes, file_name: str = "bc.xlsx") -> Book:
    file = stored(folder, data, file_name)
    read = read_batch([file])[file]
    assert isinstance(read, Book), read
    return read


def first_sheet(folder: Path, data: bytes, file_name: str = "bc.xlsx") -> Sheet:
    return book(folder, data, file_name).sheets[0]


def code(answer: Book | Finding) -> str:
    assert isinstance(answer, Finding)
    assert answer.severity is Severity.QUARANTINE
    return answer.code


def good(folder: Path, count: int) -> list[FileToRead]:
    cells = [f'<row r="1"><c r="A1"><v>{n}</v></c></row>' for n in range(count)]
    return [stored(folder, xlsx(sheet1=sheet(cell)), f"bc{n}.xlsx") for n, cell in enumerate(cells)]


# --- what is read -----------------------------------------------------------------------------------------------------


def test_a_workbook_that_counts_days_from_1904_holds_the_right_days(tmp_path: Path) -> None:
    """Excel for Mac made them so; four years lie between the two ways of counting. LibreOffice wrote the .xls from the
    same cells: 25/4/2023 as a date, and as a bare number, which stays one."""
    path = tmp_path / "ngay.xlsx"
    workbook = openpyxl.Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    main = workbook.worksheets[0]
    main["A1"], main["A2"] = date(2023, 4, 25), date(2023, 4, 25)
    main["A1"].number_format, main["A2"].number_format = "dd/mm/yyyy", "0"
    workbook.save(path)
    for file in (path, FORMS / "good" / "days since 1904.xls"):
        assert first_sheet(tmp_path, file.read_bytes(), file.name).rows == ((date(2023, 4, 25),), (43579,))


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_the_same_cells_are_read_from_every_format(tmp_path: Path, suffix: str) -> None:
    path = FORMS / "good" / f"cells.{suffix}"
    main, hidden, empty = book(tmp_path, path.read_bytes(), path.name).sheets
    assert [sheet.name for sheet in (main, hidden, empty)] == ["Tiến độ", "Danh mục", "Trống"]
    assert [sheet.hidden for sheet in (main, hidden, empty)] == [False, True, False]
    assert empty.rows == ()
    assert main.rows[:2] == ((), ())
    assert main.rows[2][:6] == (None, None, 17.0, 0.85, "Đạt", date(2023, 4, 25))
    assert main.rows[2][7] == "#N/A"
    assert main.rows[6][2:] == ("B¸o c¸o", "Xã Myõ")
    assert main.rows[8] == (*[None] * 11, "ẩn cột")
    assert main.merged == ("C5:H6",)
    assert "%" in main.style("D3").number_format
    assert main.style("F3") == Style("dd/mm/yyyy")
    assert main.style("C7") == Style(font=".VnTime")
    assert main.style("C8").hidden
    assert main.style("L9").hidden
    assert hidden.style("A1").hidden
    assert "E3" not in main.styles


@pytest.mark.parametrize(("suffix", "formula"), [("xlsx", "C3+1"), ("ods", "[.C3]+1"), ("xls", "...")])
def test_a_formula_is_told_in_every_format(tmp_path: Path, suffix: str, formula: str) -> None:
    path = FORMS / "good" / f"cells.{suffix}"
    main = first_sheet(tmp_path, path.read_bytes(), path.name)
    assert main.style("G3").formula == formula
    assert main.rows[2][6:7] == ((None,) if suffix == "xlsx" else (18.0,))  # openpyxl saves no results


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_legacy_font_of_a_few_letters_is_seen(tmp_path: Path, suffix: str) -> None:
    path = FORMS / "good" / f"cells.{suffix}"
    assert first_sheet(tmp_path, path.read_bytes(), path.name).style("D7").font == "VNI-Times"


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_a_formula_that_came_to_nothing_is_text_and_not_blank(tmp_path: Path, suffix: str) -> None:
    path = FORMS / "good" / f"cells.{suffix}"
    assert first_sheet(tmp_path, path.read_bytes(), path.name).rows[2][8] == ""


def test_a_formula_never_computed_is_blank_and_one_that_came_to_nothing_is_not(tmp_path: Path) -> None:
    never, nothing = '<c r="A1"><f>B1</f><v></v></c>', '<c r="B1" t="str"><f>C1</f><v></v></c>'
    cells = f'<row r="1">{never}{nothing}<c r="C1"><f>1</f></c></row>'
    read = first_sheet(tmp_path, xlsx(sheet1=sheet(cells)))
    assert read.rows == ((None, ""),)
    assert {cell: style.formula for cell, style in read.styles.items()} == {"A1": "B1", "B1": "C1", "C1": "1"}


def test_every_cell_of_a_shared_formula_has_its_text(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>'
    )
    assert first_sheet(tmp_path, xlsx(sheet1=sheet(cells))).styles == {
        "A1": Style(formula="B1*2"),
        "A2": Style(formula="B1*2"),
    }


def test_a_hidden_run_of_columns_and_cells_without_references_keep_their_places(tmp_path: Path) -> None:
    cells = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>"
    columns = '<cols><col min="2" max="16384" hidden="1"/></cols>'
    read = first_sheet(tmp_path, xlsx(sheet1=sheet(cells, before=columns)))
    assert read.rows == ((1.0, 2.0), (None, 3.0))
    assert set(read.styles) == {"B1", "B2"}


def test_a_cell_lies_where_it_says_itself_as_its_value_does(tmp_path: Path) -> None:
    """A made-up file: its row says another line. calamine takes the cell's word."""
    read = first_sheet(tmp_path, xlsx(sheet1=sheet('<row r="9"><c r="B2"><f>1+1</f><v>2</v></c></row>')))
    assert read.value(1, 1) == 2.0
    assert read.style("B2").formula == "1+1"


@pytest.mark.parametrize("without_place", ["<c>", "<c\ts='0'>", "<c  r='C1'>"])
def test_a_cell_without_a_reference_keeps_its_place_behind_cells_that_say_nothing(
    tmp_path: Path, without_place: str
) -> None:
    cells = f'<row><c r="A1"/><c r="B1"><v>1</v></c>{without_place}<f>1+1</f><v>2</v></c></row>'
    assert "C1" in first_sheet(tmp_path, xlsx(sheet1=sheet(cells))).styles


@pytest.mark.parametrize("hidden", ['"1"', "'true'", ' = "1"', '"&#49;"'])
def test_a_plain_cell_of_a_hidden_row_is_told_however_that_is_written(tmp_path: Path, hidden: str) -> None:
    hidden = hidden if "=" in hidden else f"={hidden}"
    row = f'<row r="1" hidden{hidden}><c r="A1"><v>17</v></c></row>'
    assert first_sheet(tmp_path, xlsx(sheet1=sheet(row))).style("A1").hidden


PERCENT = '<cellXfs><xf numFmtId="{}"/><xf numFmtId="{}"/></cellXfs>'


def styled(first: int, second: int, cells: str) -> bytes:
    """A workbook with two cell styles, of these number formats."""
    links = relations(("worksheet", "worksheets/sheet1.xml", ""), ("styles", "styles.xml", ""))
    styles = f"<styleSheet {MAIN}>{PERCENT.format(first, second)}</styleSheet>".encode()
    return xlsx({"xl/styles.xml": styles}, workbook_rels=links, sheet1=sheet(cells))


def test_a_cell_without_a_style_has_the_first_one_whatever_that_says(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>0.85</v></c><c r="B1" s="1"><v>0.85</v></c><c r="C1" s="0"/></row>'
    assert first_sheet(tmp_path, styled(9, 0, cells)).styles == {"A1": Style("0%")}
    assert first_sheet(tmp_path, styled(0, 9, cells)).styles == {"B1": Style("0%")}


@pytest.mark.parametrize("around", ["<!--%s-->", "<![CDATA[%s]]>", "<?note %s?>"])
def test_what_looks_like_a_cell_and_is_none_gives_no_cell_its_look(tmp_path: Path, around: str) -> None:
    none = around % '<c r="A1" s="1"><v>1</v></c>'
    cells = f'<row r="1">{none}<c r="A1"><v>0.85</v></c></row>'
    assert first_sheet(tmp_path, styled(0, 9, cells)).styles == {}


def test_a_font_inside_a_shared_string_is_seen_also_with_prefixed_names(tmp_path: Path) -> None:
    legacy = '<x:si><x:r><x:rPr><x:rFont val=".VnArial"/></x:rPr><x:t>b</x:t></x:r></x:si>'
    strings = f"<x:sst xmlns:x{MAIN[5:]}><x:si><x:t>a</x:t></x:si>{legacy}</x:sst>"
    links = relations(
        ("worksheet", "/xl/worksheets/sheet1.xml", ""), ("sharedStrings", "sharedStrings.xml", "")
    )
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    data = xlsx({"xl/sharedStrings.xml": strings.encode()}, workbook_rels=links, sheet1=sheet(cells))
    assert first_sheet(tmp_path, data).styles == {"B1": Style(font=".VnArial")}


def test_numbers_dates_and_texts_keep_their_types(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active
    workbook.active.append([17.0, 1, True, "17.10", " x ", date(2023, 4, 12), "=1+1"])
    workbook.save(tmp_path / "a.xlsx")
    (row,) = first_sheet(tmp_path, (tmp_path / "a.xlsx").read_bytes()).rows
    assert [type(value) for value in row] == [float, float, bool, str, str, date]
    assert row == (17.0, 1.0, True, "17.10", " x ", date(2023, 4, 12))


def test_a_csv_is_read_by_the_same_child(tmp_path: Path) -> None:
    assert first_sheet(tmp_path, "Mã;Giá\n17.10;1,5\n".encode(), "no.csv") == Sheet(
        "", (("Mã", "Giá"), ("17.10", "1,5"))
    )


def test_the_same_bytes_of_two_senders_are_each_read_by_their_own_name(tmp_path: Path) -> None:
    """The separator of .csv is found out, that of .tsv is the tab."""
    both = [stored(tmp_path, "Mã;Giá\n17.10;1,5\n".encode(), name) for name in ("b.csv", "x.tsv")]
    read = read_batch(both)
    assert [_width(read[file]) for file in both] == [2, 1]


def test_a_finding_names_the_file_of_its_own_sender(tmp_path: Path) -> None:
    twice = [stored(tmp_path, good(tmp_path, 1)[0].path.read_bytes(), name) for name in ("a.xlsx", "b.xlsx")]
    answers = read_batch(twice, ReadLimits(cells=0))
    assert [_name(answers[file]) for file in twice] == ["a.xlsx", "b.xlsx"]


def _width(read: Book | Finding) -> int:
    assert isinstance(read, Book), read
    return len(read.sheets[0].rows[0])


def _name(read: Book | Finding) -> str:
    assert isinstance(read, Finding), read
    return read.facts["name"]


def test_the_bytes_decide_and_not_their_order_or_number(tmp_path: Path) -> None:
    files = good(tmp_path, 3)
    assert read_batch([*reversed(files), *files]) == read_batch(files)
    assert read_batch([]) == {}


# --- what is refused --------------------------------------------------------------------------------------------------


def test_a_csv_without_a_clear_separator_is_a_finding_that_says_so(tmp_path: Path) -> None:
    file = stored(tmp_path, b"a,b;c\n1,2;3\n", "Nợ.csv")
    finding = read_batch([file])[file]
    assert code(finding) == "FILE_DAMAGED"
    assert isinstance(finding, Finding)
    assert finding.facts == {
        "name": "Nợ.csv",
        "why": "không rõ cột phân cách bằng dấu phẩy hay dấu chấm phẩy",
    }


@pytest.mark.parametrize(
    "broken",
    [
        b"<worksheet",
        b"not xml",
        sheet('<row r="x"><c r="A1"><v>1</v></c></row>'),
        # Without the cells that say nothing they would be well-formed, and hide a formula.
        sheet('<row r="1"><<c r="Z1"/>!-- <c r="A1"><f>1+1</f><v>5</v></c>--></row>'),
        sheet('<ro<c r="B1"/>w r="1"><c r="A1"><v>5</v></c></row>'),
        sheet("""<row r="1" spans='<c r="B1"/>'><c r="A1"><v>5</v></c></row>"""),
        sheet('<row r="1"<c r="B1"/>><c r="A1"><v>5</v></c></row>'),
        sheet('<row r="1"><c r="A1"><v>5</v></c></row>') + b'<c r="B1"><v>5</v></c>',
    ],
)
def test_a_sheet_that_is_no_sheet_is_damaged_and_the_next_file_is_read(tmp_path: Path, broken: bytes) -> None:
    bad, after = stored(tmp_path, xlsx(sheet1=broken), "bad.xlsx"), good(tmp_path, 1)[0]
    answers = read_batch([bad, after])
    assert code(answers[bad]) == "FILE_DAMAGED"
    assert isinstance(answers[after], Book)


def test_a_sheet_of_as_many_cells_as_allowed_is_read_and_a_larger_one_is_not(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="50"><c r="J50"><v>1</v></c></row>'
    file = stored(tmp_path, xlsx(sheet1=sheet(cells)), "bc.xlsx")
    assert isinstance(read_batch([file], ReadLimits(cells=500))[file], Book)
    assert code(read_batch([file], ReadLimits(cells=499))[file]) == "FILE_TOO_LARGE"


def test_a_stray_cell_at_the_far_corner_stops_the_reader_and_nobody_else(tmp_path: Path) -> None:
    """1,048,576 x 16,384 cells: calamine asks for 400 GB and the process is aborted. A real file, the real child."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    hostile = stored(tmp_path, xlsx(sheet1=sheet(cells)), "bad.xlsx")
    others = good(tmp_path, 20)
    answers = read_batch([*others[:10], hostile, *others[10:]])
    assert code(answers[hostile]) == "FILE_STOPPED_THE_READER"
    assert [answers[file].sheets[0].rows for file in others] == [((float(n),),) for n in range(20)]  # type: ignore[union-attr]


def test_strings_that_swell_in_memory_stop_the_reader(tmp_path: Path) -> None:
    """One string of 32,000 letters in 4,000 cells is 128 MB and more, out of a file of 10 KB."""
    strings = f"<sst {MAIN}><si><t>{'a' * 32_000}</t></si></sst>".encode()
    links = relations(("worksheet", "worksheets/sheet1.xml", ""), ("sharedStrings", "sharedStrings.xml", ""))
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 4_001))
    parts = {**xlsx_parts(workbook_rels=links, sheet1=sheet(rows)), "xl/sharedStrings.xml": strings}
    hostile = stored(tmp_path, zipped(parts.items(), zipfile.ZIP_DEFLATED), "bad.xlsx")
    after = good(tmp_path, 1)[0]
    answers = read_batch([hostile, after], ReadLimits(memory_bytes=160 << 20, answer_bytes=1 << 30))
    assert code(answers[hostile]) == "FILE_STOPPED_THE_READER"
    assert isinstance(answers[after], Book)


# --- children that misbehave ----------------------------------------------------------------------------

FAKE = """
import json, os, resource, sys, time
limits = json.loads(sys.stdin.readline())
resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"],) * 2)
print('{"ready": true}', flush=True)
for line in sys.stdin:
    if open(json.loads(line)["path"], "rb").read() == b"bad":
        %s
    print('{"sheets": []}', flush=True)
"""
MISDEEDS = {
    "kills itself": "os.kill(os.getpid(), 9)",
    "aborts": "os.abort()",
    "leaves": "sys.exit(0)",
    "loops": "while True: pass",
    "sleeps": "time.sleep(60)",
    "eats memory": "held = [bytearray(1 << 20) for _ in range(10**6)]",
    "never ends its line": "sys.stdout.write('x' * 3_000_000); sys.stdout.flush(); time.sleep(60)",
    "says too much": """print('{"sheets": [], "x": "' + 'x' * 3_000_000 + '"}', flush=True)""",
    "talks without end": "\n        while True: sys.stdout.write('x' * 100_000)",
    "dies in the middle of a line": "sys.stdout.write('{'); sys.stdout.flush(); sys.exit(1)",
}


@pytest.mark.slow
@pytest.mark.parametrize("misdeed", MISDEEDS.values(), ids=MISDEEDS)
def test_a_reader_that_misbehaves_costs_one_file_and_twenty_beside_it_are_read(
    tmp_path: Path, misdeed: str
) -> None:
    files = [stored(tmp_path, f"{n}".encode(), f"{n}.csv") for n in range(20)]
    bad = stored(tmp_path, b"bad", "xấu.csv")
    files.insert(7, bad)
    limits = ReadLimits(wall_seconds=1.0, memory_bytes=200 << 20, answer_bytes=2_000_000)
    started = time.monotonic()
    answers = dict(read_batch(files, limits, command=(sys.executable, "-I", "-c", FAKE % misdeed)))
    assert time.monotonic() - started < 20  # the fake would sleep for 60
    assert code(answers.pop(bad)) == "FILE_STOPPED_THE_READER"
    assert list(answers.values()) == [Book(())] * 20


@pytest.mark.parametrize("answer", ['{"sheets": [[1]]}', '{"sheets": 7}', "{}", "nonsense"])
def test_an_answer_that_is_no_book_costs_one_file(tmp_path: Path, answer: str) -> None:
    bad, after = stored(tmp_path, b"bad", "a.csv"), stored(tmp_path, b"good", "b.csv")
    lying = FAKE % f"print({answer!r}, flush=True); continue"
    answers = read_batch([bad, after], command=(sys.executable, "-I", "-c", lying))
    assert code(answers[bad]) in ("FILE_STOPPED_US", "FILE_STOPPED_THE_READER")
    assert answers[after] == Book(())


def test_a_reader_killed_from_outside_costs_one_file(tmp_path: Path) -> None:
    slow = FAKE % "open(json.loads(line)['path'] + '.pid', 'w').write(str(os.getpid())); time.sleep(30)"
    bad, after = stored(tmp_path, b"bad", "a.csv"), stored(tmp_path, b"good", "b.csv")

    def kill() -> None:
        told = Path(f"{bad.path}.pid")
        while not (told.exists() and told.read_text()):
            time.sleep(0.01)
        os.kill(int(told.read_text()), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    answers = read_batch([bad, after], command=(sys.executable, "-I", "-c", slow))
    killer.join()
    assert code(answers[bad]) == "FILE_STOPPED_THE_READER"
    assert answers[after] == Book(())


def test_no_child_is_left_behind_that_says_what_is_no_answer(tmp_path: Path) -> None:
    gone = (
        FAKE
        % "print('no json at all', flush=True); open(json.loads(line)['path'] + '.pid', 'w').write(str(os.getpid()))"
    )
    bad = stored(tmp_path, b"bad", "a.csv")
    answers = read_batch([bad], command=(sys.executable, "-I", "-c", gone))
    assert code(answers[bad]) == "FILE_STOPPED_THE_READER"
    told = Path(f"{bad.path}.pid")
    if told.exists() and told.read_text():  # killed before it wrote: gone too
        with pytest.raises(ProcessLookupError):
            os.kill(int(told.read_text()), 0)


def test_a_reader_that_cannot_start_is_our_fault_and_no_finding(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="không chạy được"):
        read_batch(good(tmp_path, 1), command=(sys.executable, "-I", "-m", "no_such_module"))


def test_a_file_missing_from_the_archive_is_our_fault_and_no_finding(tmp_path: Path) -> None:
    file = stored(tmp_path, xlsx(), "Báo cáo.xlsx")
    file.path.unlink()
    with pytest.raises(IntakeError, match=r"Báo cáo\.xlsx"):
        read_batch([file])


@pytest.mark.slow
def test_the_cpu_limit_holds_per_file_and_not_for_the_batch(tmp_path: Path) -> None:
    """More files than a limit of 1 s for all of them together would let through."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>1+1</f><v>{n}</v></c></row>' for n in range(1, 20_001))
    notes = [{"xl/note.txt": str(n).encode()} for n in range(12)]
    files = [stored(tmp_path, xlsx(note, sheet1=sheet(rows)), "bc.xlsx") for note in notes]
    answers = read_batch(files, ReadLimits(cpu_seconds=1))
    assert all(isinstance(answer, Book) for answer in answers.values())


@pytest.mark.slow
def test_a_file_that_takes_too_much_time_to_read_stops_the_reader(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>1+1</f><v>{n}</v></c></row>' for n in range(1, 200_001))
    file = stored(tmp_path, xlsx(sheet1=sheet(rows)), "bc.xlsx")
    answers = read_batch([file], ReadLimits(cpu_seconds=0, wall_seconds=60))
    assert code(answers[file]) == "FILE_STOPPED_THE_READER"


def test_a_file_over_which_calamine_panics_is_named_and_twenty_beside_it_are_read(tmp_path: Path) -> None:
    """Found by fuzzing: a directory of a compound file whose stream ends in the middle of an entry (calamine 0.37)."""
    hostile = stored(tmp_path, (FORMS.parent / "fuzz/seeds/0aa3cc10.xls").read_bytes(), "xấu.xls")
    others = good(tmp_path, 20)
    answers = read_batch([*others[:10], hostile, *others[10:]])
    finding = answers[hostile]
    assert isinstance(finding, Finding)
    assert (finding.code, finding.facts["name"]) == ("FILE_STOPPED_THE_READER", "xấu.xls")
    assert [answers[file].sheets[0].rows for file in others] == [((float(n),),) for n in range(20)]  # type: ignore[union-attr]
