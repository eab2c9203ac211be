"""CSV and TSV as offices save them: encodings, separators, quotes."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.intake.delimited import read, readings_of
from tasks.intake.formats import FileFormat
from tasks.intake.refusals import Refused

TEXT = 'Mã;Tên dự án;Giá trị\r\n1;"Đường trục xã; đoạn 2";1.234,5\r\n2;Trường "A";0\r\n'
ROWS = (("Mã", "Tên dự án", "Giá trị"), ("1", "Đường trục xã; đoạn 2", "1.234,5"), ("2", 'Trường "A"', "0"))


def rows(data: bytes, file_format: FileFormat = FileFormat.CSV):
    return read(data, file_format).rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_files_are_read_with_and_without_their_mark(encoding: str) -> None:
    assert rows(TEXT.encode(encoding)) == ROWS


def test_windows_1258_writes_a_tone_as_a_sign_after_its_letter() -> None:
    # D0 is Đ; F2 the dot below, DE the tilde (code page 1258)
    assert rows(b"Ma\xde;\xd0a\xf2t\r\n1;2\r\n")[0] == ("Ma\u0303", "Đa\u0323t")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"M\xb7;\xa7\xb9t\r\n1;2\r\n", "giống bảng mã TCVN3"),
        (b"Ma\xf5;\xd1a\xeft\r\n1;2\r\n", "giống bảng mã VNI"),
        (b"caf\xe9;\x81\r\n1;2\r\n", "bảng mã không phải Unicode hoặc Windows-1258"),
    ],
    ids=["TCVN3", "VNI", "neither"],
)
def test_an_older_encoding_is_named_and_not_read_as_something_else(text: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        rows(text)
    assert refused.value.code == "FILE_NOT_UNICODE"


@pytest.mark.parametrize(
    ("data", "mark"),
    [
        (b"M\xcbT\r\n\xa7\xb9t", "MËT"),
        (b"MA\xc4T\r\n\xd1a\xeft", "MAÄT"),
        (b"M\xc2\xf2T\r\n\xb9", "MÂ\u0323T"),
    ],
    ids=["TCVN3", "VNI", "Windows-1258"],
)
def test_a_file_that_is_refused_for_its_encoding_still_shows_its_lines(data: bytes, mark: str) -> None:
    with pytest.raises(Refused):
        rows(data)
    assert any(mark in text.splitlines() for text in readings_of(data))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_each_separator_is_found_out(separator: str) -> None:
    assert rows(f"a{separator}b{separator}c\n1{separator}2{separator}3\n".encode()) == (
        ("a", "b", "c"),
        ("1", "2", "3"),
    )


def test_a_decimal_comma_is_no_separator_where_semicolons_explain_the_heading_too() -> None:
    assert rows("Tên;Giá trị\nĐường;1,5\nTrường;2,5\n".encode())[1] == ("Đường", "1,5")


def test_a_title_above_the_table_does_not_hide_the_separator() -> None:
    assert rows("BÁO CÁO, xã Mỹ Hà\n\nMã;Tên;Giá trị\n1;Đường;1,5\n2;Trường;2,5\n".encode())[2] == (
        "Mã",
        "Tên",
        "Giá trị",
    )


def test_two_separators_that_fit_alike_are_asked_about() -> None:
    with pytest.raises(Refused, match="dấu phẩy hay dấu chấm phẩy"):
        rows(b"a,b;c\n1,2;3\n")


def test_rows_of_all_lengths_are_asked_about() -> None:
    with pytest.raises(Refused, match="không đều"):
        rows(b"a;b\nc\nd\ne;f;g\nh\n")


def test_a_quote_that_is_never_closed_is_asked_about() -> None:
    with pytest.raises(Refused, match="ngoặc kép"):
        rows(b'a;b\n"1;2\n')


def test_a_tsv_may_hold_commas_and_semicolons_as_it_likes() -> None:
    assert rows(b"a,b;c\td\n1,2;3\t4\n", FileFormat.TSV) == (("a,b;c", "d"), ("1,2;3", "4"))


def test_a_blank_line_keeps_its_row_and_blank_fields_are_none() -> None:
    assert rows(b"a;b;c\n\n;2;\n;;\n;;1\n") == (("a", "b", "c"), (), (None, "2"), (), (None, None, "1"))


def test_everything_stays_text() -> None:
    assert rows(b"17.10;2023-04-12;TRUE\n1;=1+1;0\n") == (("17.10", "2023-04-12", "TRUE"), ("1", "=1+1", "0"))


letters = st.text(st.characters(exclude_categories=["C"], include_characters='\n\t;,"Đạế'), max_size=8)


@given(
    st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(letters, min_size=n, max_size=n), min_size=1)),
    st.sampled_from(",;\t"),
)
def test_a_table_with_every_field_in_quotes_comes_back_as_it_was(
    table: list[list[str]], separator: str
) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(table)
    read_back = [[cell or "" for cell in row] for row in rows(buffer.getvalue().encode())]
    lost: list[list[str]] = [[]] * (len(table) - len(read_back))  # blank lines at the end
    assert [row + [""] * (len(table[0]) - len(row)) for row in [*read_back, *lost]] == table


def test_a_report_of_one_project_below_its_header_lines_is_a_table() -> None:
    text = "Đơn vị báo cáo;Xã Mỹ Hà\nKỳ báo cáo;12/4/2023\nĐơn vị tính: đồng\nTên;Giá;Nợ\nĐường;5;4\n"
    assert rows(text.encode())[4] == ("Đường", "5", "4")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(encoding: str) -> None:
    assert rows("Mã;Kết quả\n1.1;Đạt\n".encode(encoding)) == (("Mã", "Kết quả"), ("1.1", "Đạt"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (";".join(f"a{n}" for n in range(16_385)), "1 dòng x 16385 cột"),
        ("a;b\n" + ";" * 20_000 + "\n1;2", "3 dòng x 20001 cột"),
        ("a;b\n" * 125_001, "125001 dòng x 2 cột"),
        ("a\n" * 250_001, "250001 dòng"),
        ("a;b\n" + "\n" * 124_999 + "1;2", "125001 dòng x 2 cột"),
    ],
    ids=["wide", "wide and blank", "long", "one column", "far down"],
)
def test_a_table_that_no_sheet_could_hold_is_too_large(text: str, told: str) -> None:
    with pytest.raises(Refused, match=told) as refused:
        rows(text.encode())
    assert refused.value.code == "FILE_TOO_LARGE"


def test_a_table_as_wide_as_a_sheet_is_read_and_commas_in_a_text_are_no_columns() -> None:
    assert len(rows(";".join(f"a{n}" for n in range(16_384)).encode())[0]) == 16_384
    assert rows(f"a;b\n1;{',' * 20_000}\n2;c\n".encode())[1] == ("1", "," * 20_000)


def test_blank_lines_at_the_end_are_no_rows() -> None:
    assert rows(b"a;b\n1;2\n" + b";;;;\n" * 400_000) == (("a", "b"), ("1", "2"))


@pytest.mark.parametrize("before", ["", " ", "\t", "\n", "\r\n", "\ufeff", "\u00a0", "\u200b", "\u3000 \t"])
@pytest.mark.parametrize("sign", "=+-@＝")
def test_a_cell_that_a_spreadsheet_would_take_for_a_formula_may_not_reach_outside(
    before: str, sign: str
) -> None:
    cell = f"\"{before}{sign}cmd|'/c calc'!A0\""
    with pytest.raises(Refused) as refused:
        read(f"TT;Nội dung\n1;{cell}\n2;b\n".encode(), FileFormat.CSV)
    assert refused.value.code == "FILE_HAS_EXTERNAL_LINK"


def test_a_formula_that_stays_in_the_file_and_words_before_one_are_none() -> None:
    rows = read("TT;Nội dung\n1; =1400+50\n2;a =cmd|'/c calc'!A0\n3;\t-5\n".encode(), FileFormat.CSV).rows
    assert len(rows) == 4


PADDED = [
    "Đơn vị;Xã Mỹ Hà;;;",
    ";;;;",
    "TT;Dự án;Nghiệm thu;Đã trả;Ghi chú",
    "1;Đường;500;400;",
    "2;Kênh;80;70;xong",
]


def short_rows(*lines: str) -> tuple[tuple[str, str], ...]:
    return read("\n".join(lines).encode(), FileFormat.CSV).doubts


@pytest.mark.parametrize(
    ("lines", "cell"),
    [
        ([*PADDED, "3;Trạm;60;chưa xong"], "E6"),
        ([*PADDED[:3], "3;Trạm;60;chưa xong", *PADDED[3:]], "E4"),
        ([*PADDED[2:3], *PADDED[4:] * 2, "3;Trạm;60;chưa xong"], "E4"),
    ],
    ids=["at the end", "in the middle", "all others full"],
)
def test_a_row_with_a_field_too_few_is_a_doubt_where_its_program_fills_up_blanks(lines, cell):
    assert short_rows(*lines) == ((cell, "ROW_TOO_SHORT"),)


@pytest.mark.parametrize(
    "lines",
    [
        PADDED,
        ["Đơn vị;Xã Mỹ Hà", *PADDED[2:], "Người lập;Kế toán"],
        ["Đơn vị;Xã Mỹ Hà", *PADDED[2:3], *PADDED[4:] * 2, "3;Trạm;60", "4;Cầu;70;60"],
        [*PADDED[:3], *["1;Đường;500;400;"] * 13, *["2;Kênh;80;70"] * 4],
    ],
    ids=[
        "full",
        "header and footer",
        "trailing blanks left out everywhere",
        "by Excel, in blocks of 16 rows",
    ],
)
def test_a_row_whose_trailing_blanks_its_program_leaves_out_is_none(lines):
    assert short_rows(*lines) == ()
