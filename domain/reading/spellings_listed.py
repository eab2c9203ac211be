"""Spellings of what must stand in an exact list: judgements, states of a dossier, codes, communes.

The lists come with the campaign; what is refused stands here.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from domain.forms import DossierState, Spellings
from domain.judgement import Judgement
from domain.reading.cell import Cell, Reading
from domain.reading.indicator import read_indicator
from domain.reading.listed import (
    read_commune,
    read_dossier_state,
    read_judgement,
    read_mark,
    read_nil,
    read_yes_no,
)
from domain.reading.spellings import Spelling, SpellingTable
from domain.reporters import ReporterKind, Roster
from domain.submissions import canonical_text
from domain.vietnamese import first_capital


def judgement_table(spellings: Mapping[str, Judgement]) -> SpellingTable:
    def read(cell: Cell) -> Reading[Judgement]:
        return read_judgement(cell, spellings)

    return SpellingTable(
        kind="judgement",
        title="Mức đánh giá",
        intro="Đúng một trong các cách ghi sau, không phân biệt chữ hoa, chữ thường. "
        "Nếu bảng có các cột Đạt, Cơ bản đạt, Chưa đạt riêng thì đánh dấu x vào một cột.",
        read=read,
        shown=lambda judgement: judgement.vi,
        spellings=(
            *_listed(spellings),
            Spelling("ĐẠT", Judgement.MET.vi),
            Spelling(" đạt. ", Judgement.MET.vi),
            Spelling("Ðạt", Judgement.MET.vi, where="Ð thay cho Đ"),
            Spelling(None, Judgement.NOT_STATED.vi),
            *_refused(
                "JUDGEMENT_UNKNOWN",
                "Dat",
                "Đ",
                "x",
                "100%",
                "Đạt 100%",
                "Gần đạt",
                "Đạt/Chưa đạt",
                "-",
                1,
                True,
            ),
            Spelling("#N/A", code="CELL_ERROR_VALUE"),
        ),
    )


def mark_table(marks: frozenset[str], unmarked: frozenset[str]) -> SpellingTable:
    def read(cell: Cell) -> Reading[bool]:
        return read_mark(cell, marks, unmarked, Judgement.MET.vi)

    return SpellingTable(
        kind="mark",
        title="Dấu chọn",
        intro="Trong các cột Đạt, Cơ bản đạt, Chưa đạt riêng.",
        read=read,
        shown=lambda _: "có đánh dấu",
        spellings=(
            *(Spelling(mark, "có đánh dấu") for mark in sorted(marks)),
            Spelling(None),
            *(Spelling(box) for box in sorted(unmarked)),
            *_refused("JUDGEMENT_MARK_UNCLEAR", "✗", "100%", Judgement.MET.vi, 0, True),
        ),
    )


def nil_table(spellings: Spellings) -> SpellingTable:
    def read(cell: Cell) -> Reading[bool]:
        return read_nil(cell, spellings)

    return SpellingTable(
        kind="nil",
        title="Không phát sinh",
        intro='Ở dòng "Không phát sinh so với báo cáo trước". Ghi "Không" thì chưa rõ là không có gì mới hay không '
        "chọn dòng này: nếu tệp không có bảng nào thì được hỏi lại.",
        read=read,
        shown=lambda _: "không phát sinh",
        spellings=(
            *(Spelling(word, "không phát sinh") for word in sorted(spellings.mark | spellings.nil)),
            Spelling(None),
            *(Spelling(box) for box in sorted(spellings.unmarked)),
            *_refused("NIL_UNCLEAR", "Không", "✗", "0", "x (không phát sinh)"),
            Spelling("#N/A", code="CELL_ERROR_VALUE"),
        ),
    )


def yes_no_table(yes: frozenset[str], no: frozenset[str], unmarked: frozenset[str]) -> SpellingTable:
    """`yes`: with the marks."""

    def read(cell: Cell) -> Reading[bool]:
        return read_yes_no(cell, yes, no, unmarked)

    return SpellingTable(
        kind="yes_no",
        title="Có hay không",
        intro="Trong cột hỏi có hay không (dự án có thuộc Chương trình hay không). "
        'Ô để trống là chưa ghi, không được hiểu là "không".',
        read=read,
        shown=canonical_text,
        spellings=(
            *(Spelling(word, canonical_text(True)) for word in sorted(yes)),
            *(Spelling(word, canonical_text(False)) for word in sorted(no)),
            Spelling(" KHÔNG. ", canonical_text(False)),
            Spelling(None),
            *(Spelling(box) for box in sorted(unmarked)),
            *_refused("YES_NO_UNKNOWN", "✗", "-", "Một phần", 0, 1, True),
            Spelling("#N/A", code="CELL_ERROR_VALUE"),
        ),
    )


def dossier_table(spellings: Mapping[str, DossierState]) -> SpellingTable:
    def read(cell: Cell) -> Reading[DossierState]:
        return read_dossier_state(cell, spellings)

    return SpellingTable(
        kind="dossier_state",
        title="Tình trạng hồ sơ",
        intro="Đúng một trong các cách ghi sau.",
        read=read,
        shown=lambda state: state.vi,
        spellings=(
            *_listed(spellings),
            Spelling(None),
            *_refused("DOSSIER_STATE_UNKNOWN", "Đã gửi rồi", "Xong", "x", "100%", 1),
        ),
    )


def code_table(codes: Mapping[str, str], example: str, twin: str) -> SpellingTable:
    """`codes`: match key -> code. `example`: one of them; `twin`: one that as a number is another's too (17.1)."""

    def read(cell: Cell) -> Reading[str]:
        return read_indicator(cell, codes)

    return SpellingTable(
        kind="indicator",
        title="Mã chỉ tiêu",
        intro="Mã như trong bộ tiêu chí, nhập dạng chữ.",
        read=read,
        shown=str,
        spellings=(
            Spelling(example, example),
            Spelling(f" {example}. ", example),
            Spelling(float(twin), code="INDICATOR_AMBIGUOUS", where="nhập dạng số"),
            *_refused("INDICATOR_UNKNOWN", f"{example} Quy hoạch", "99.9", f"Chỉ tiêu {example}", "x", True),
        ),
    )


def commune_table(roster: Roster) -> SpellingTable:
    def read(cell: Cell) -> Reading[str]:
        return read_commune(cell, roster)

    communes = [reporter for reporter in roster.reporters if reporter.kind is ReporterKind.COMMUNE]
    agency = next(each for each in roster.reporters if each.kind is not ReporterKind.COMMUNE)
    return SpellingTable(
        kind="commune",
        title="Tên xã",
        intro="Đúng tên trong danh sách, đủ dấu; không lấy tên gần giống. "
        "Sau tên có thể ghi huyện, tỉnh của chính xã ấy.",
        read=read,
        shown=lambda commune: roster[commune].name,
        spellings=(
            *(Spelling(name, each.name) for each in communes for name in (each.name, *each.aliases)),
            *(Spelling(each.name.upper(), each.name) for each in communes[:1]),
            *(Spelling(text, communes[0].name) for text in _with_areas(communes[0].name, roster)),
            *_refused(
                "COMMUNE_UNKNOWN",
                f"{communes[0].name}nh",
                f"{communes[0].name}, huyện khác",
                "Xã",
                agency.name,
                1,
            ),
        ),
    )


def _with_areas(name: str, roster: Roster) -> Iterator[str]:
    areas = [area.names[0] for area in roster.within]
    if areas:
        yield from (", ".join((name, *areas)), f"{name} - {areas[0]}", f"{name} ({areas[0]})")


def _listed(spellings: Mapping[str, Judgement | DossierState]) -> Iterator[Spelling]:
    for text, meaning in spellings.items():
        yield Spelling(first_capital(text), meaning.vi)


def _refused(code: str, *typed: Any) -> Iterable[Spelling]:
    return (Spelling(text, code=code) for text in typed)
