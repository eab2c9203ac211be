"""Writes docs/reading.md: `python -m config.reading_page docs/reading.md`. What is understood, what isn't.

From the tables of spellings (domain/reading/spellings*.py), which tests read line by line, the lists of a campaign, its
forms and the sentences of messages.vi.yaml. Knows Markdown, and nothing of its own about spellings.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any

import yaml

from config.facts import load_campaign, load_messages
from config.markdown import markdown_table
from config.messages import Message
from domain.campaign import Campaign
from domain.findings import Finding, Place, Severity
from domain.forms import CellKind, Column, Form, PartForm
from domain.reading.indicator import codes_of
from domain.reading.spellings import Spelling, SpellingTable
from domain.reading.spellings_date import DATES, PERIODS
from domain.reading.spellings_listed import (
    code_table,
    commune_table,
    dossier_table,
    judgement_table,
    mark_table,
    nil_table,
    yes_no_table,
)
from domain.reading.spellings_money import money_table
from domain.reading.spellings_number import NUMBERS, PERCENTS, RESULTS
from domain.reading.spellings_text import TABLES as TEXTS
from domain.vietnamese import first_capital, vi_date, vi_number

CAMPAIGN = "my-loc-2023"  # whose lists and forms the page shows
_TOP = """# Hệ thống đọc báo cáo như thế nào

Trang này cho cán bộ điền mẫu biểu: cách ghi nào được hiểu, cách ghi nào sẽ được hỏi lại. Ô nào hiểu được theo hai cách
thì hệ thống không tự chọn mà hỏi lại; ô để trống không bao giờ được tính là 0.

- **Nên ghi:** số `1234,5`; tỷ lệ `85%`; ngày `25/4/2023`; đánh giá `Đạt`, `Cơ bản đạt`, `Chưa đạt`; một dòng
  `Đơn vị tính: triệu đồng` phía trên bảng tiền; chữ Unicode (Times New Roman).
- **Lỗi** (ô tiền, cột bắt buộc): cả tệp được trả lại để sửa, chưa số nào của tệp được tổng hợp.
- **Lưu ý** (các cột khác): tệp vẫn được tiếp nhận, riêng ô ấy không được ghi.
- **Ghi chú:** ô được hiểu theo cách ghi khác với mẫu; cán bộ tổng hợp xem được từng ô bằng `ntm read`.
"""
_BOTTOM = """Trang do `python -m config.reading_page docs/reading.md` viết ra từ chính các bảng mà chương trình dùng;
không sửa tay. Đợt báo cáo khác: thêm tên thư mục của đợt, ví dụ
`python -m config.reading_page doc-so-lieu.md an-phu-2026`.
"""
# What no single cell shows, with an example of each. Code -> facts.
_BESIDE_OTHERS: Mapping[str, Mapping[str, str]] = {
    "NUMBERS_MIXED": {"seen": "1,234.5", "read": "1.234,5", "first": "E5"},
    "MONEY_UNITS_DIFFER": {
        "seen": "ĐVT: triệu đồng",
        "read": "Tổng mức đầu tư (tỷ đồng)",
        "first": "ô F5",
    },
    "MONEY_UNIT_UNKNOWN": {"seen": "ĐVT: nghìn USD"},
    "MONEY_MERGED": {"seen": "500"},
    "DATE_OUT_OF_CAMPAIGN": {"seen": "25/4/2032", "expected": "từ 12/4/2021 đến 30/5/2025"},
    "JUDGEMENT_MARKED_TWICE": {"readings": "Đạt, Chưa đạt"},
    "JUDGEMENT_MARK_UNCLEAR": {"seen": "100%", "heading": "Đạt"},
    "JUDGEMENT_NOT_MARKED": {},
    "REQUIRED_CELL_BLANK": {"heading": "Mã chỉ tiêu"},
    "COLUMN_MISSING": {"heading": "Tự đánh giá"},
    "COLUMN_REPEATED": {"heading": "Tự đánh giá"},
    "COLUMN_UNKNOWN": {"seen": "Cột riêng"},
}
_WHAT_BECOMES_OF_IT = {"read": "Đọc được", "typed": "Tiếp nhận, chờ nhập tay", "refused": "Không nhận"}
_NOT_STATED = "chưa có số liệu"
_OF_THE_FILE = {"name": "bao-cao.xlsx", "why": "nêu rõ trong thư trả lời"}
_OF_THE_COLUMN = {"heading": "Nợ đọng đến kỳ báo cáo"}


def tables_of(campaign: Campaign) -> tuple[SpellingTable, ...]:
    """Every table of spellings, in the order of the page."""
    lists, codes = campaign.spellings, codes_of(campaign.catalogue)
    example = next(code for code in codes.values() if "." in code)
    twin = next(code for code in codes.values() if "." in code and f"{code}0" in codes.values())
    return (
        *TEXTS,
        NUMBERS,
        PERCENTS,
        RESULTS,
        money_table(lists.money_unit),
        DATES,
        PERIODS,
        judgement_table(lists.judgement),
        mark_table(lists.mark, lists.unmarked),
        nil_table(lists),
        yes_no_table(lists.mark | lists.affirmed, lists.denied, lists.unmarked),
        dossier_table(lists.dossier_state),
        code_table(codes, example, twin),
        commune_table(campaign.roster),
    )


def reading_page(campaign: Campaign, messages: Mapping[str, Message]) -> str:
    """The whole document."""
    kinds = (_kind(table, messages) for table in tables_of(campaign))
    forms = (_form(form) for form in campaign.forms)
    return "\n".join(
        (_TOP, _formats(), *kinds, _beside_others(messages), *forms, _containers(messages), _BOTTOM)
    )


def _formats() -> str:
    """What becomes of a file by its extension (config/formats.vi.yaml)."""
    told = yaml.safe_load((Path(__file__).parent / "formats.vi.yaml").read_text(encoding="utf-8"))
    tables = [_format_table(heading, told[kind]) for kind, heading in _WHAT_BECOMES_OF_IT.items()]
    return "\n".join(["## Loại tệp", "", *(line for table in tables for line in table)])


def _format_table(heading: str, entries: Iterable[Mapping[str, Any]]) -> list[str]:
    rows = ((", ".join(entry["extensions"]), entry["says"]) for entry in entries)
    return markdown_table(("Phần mở rộng", heading), rows)


def _kind(table: SpellingTable, messages: Mapping[str, Message]) -> str:
    """One row for all spellings that become the same; of those that are refused alike, the answer to the first."""
    taken: dict[str, list[Spelling]] = {}
    asked: dict[str, list[Spelling]] = {}
    for each in table.spellings:
        if _is_refused(each, messages):
            asked.setdefault(each.code, []).append(each)
        else:
            taken.setdefault(each.reads or _NOT_STATED, []).append(each)
    understood = ((_listed(alike), reads) for reads, alike in taken.items())
    refused = ((_listed(alike), _sentence(table, alike[0], messages)) for alike in asked.values())
    return "\n".join(
        [
            f"## {table.title}",
            "",
            table.intro,
            "",
            *markdown_table(("Ghi", "Hiểu là"), understood),
            *markdown_table(("Ghi", "Hệ thống trả lời (ví dụ)"), refused),
        ]
    )


def _listed(spellings: Iterable[Spelling]) -> str:
    return ", ".join(f"{_typed(each)} ({each.where})" if each.where else _typed(each) for each in spellings)


def _is_refused(spelling: Spelling, messages: Mapping[str, Message]) -> bool:
    return bool(spelling.code) and messages[spelling.code].severity is not Severity.NOTE


def _sentence(table: SpellingTable, spelling: Spelling, messages: Mapping[str, Message]) -> str:
    facts = table.read(spelling.cell, **spelling.facts).facts
    return _told(spelling.code, {**_OF_THE_COLUMN, **facts}, messages)


def _told(code: str, facts: Mapping[str, str], messages: Mapping[str, Message]) -> str:
    message = messages[code]
    return message.text(Finding(code, message.severity, Place(), facts))


def _beside_others(messages: Mapping[str, Message]) -> str:
    lines = [f"- {_told(code, facts, messages)}" for code, facts in _BESIDE_OTHERS.items()]
    return "\n".join(["## Nhiều ô, cả cột, cả tệp", "", "Ví dụ câu trả lời:", "", *lines, ""])


def _containers(messages: Mapping[str, Message]) -> str:
    """Why a file isn't opened at all."""
    lines = [f"- {_told(code, _OF_THE_FILE, messages)}" for code in messages if code.startswith("FILE_")]
    intro = "Trước khi mở, hệ thống kiểm tra tệp có an toàn không. Tệp không mở được thì nêu lý do:"
    return "\n".join(["## Tệp không được mở", "", intro, "", *lines, ""])


def _form(form: Form) -> str:
    """Which headings and labels are known."""
    labels = ((field.labels[0], "; ".join(field.labels[1:])) for field in form.header)
    return "\n".join(
        [
            f"## Tiêu đề của mẫu {form.mark}",
            "",
            "Tên trang, thứ tự cột và các dòng trống không quan trọng; tiêu đề phải đúng chữ (không kể hoa, thường).",
            "",
            *markdown_table(("Dòng đầu", "Cũng hiểu"), labels),
            *(line for part in form.parts for line in _part(part)),
        ]
    )


def _part(part: PartForm) -> Iterator[str]:
    yield f"### {first_capital(part.part.vi)}"
    yield ""
    rows = (
        (column.headings[0], "; ".join(_also(column)), "bắt buộc" if column.required else "")
        for column in part.columns
        if column.kind is not CellKind.IGNORED
    )
    yield from markdown_table(("Cột", "Cũng hiểu", ""), rows)
    texts = {
        "Dòng tổng": part.total_row,
        "Dòng thuộc dự án ở trên": part.part_row,
        "Tiêu đề chung": part.groups,
        "Không có nợ": part.no_debt,
        "Mục": tuple(part.subjects),
    }
    for name, spellings in texts.items():
        if spellings:
            yield f"{name}: {'; '.join(spellings)}."
            yield ""


def _also(column: Column) -> Iterator[str]:
    yield from column.headings[1:]
    if column.marked:
        ticked = ", ".join(heading for texts in column.marked.values() for heading in texts)
        yield f"hoặc các cột {ticked} để đánh dấu x"


def _typed(spelling: Spelling) -> str:
    """As an officer sees it on the screen."""
    value, cell = spelling.typed, spelling.cell
    if value is None:
        return "công thức" if spelling.formula else "ô trống"
    if isinstance(value, str):
        return f"`{value}`"
    if isinstance(value, datetime):
        return f"{value:%H:%M} {vi_date(value)}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if cell.number is None or cell.number == int(cell.number):
        return cell.seen
    return f"{vi_number(cell.number * 100)}%" if cell.is_percent else vi_number(cell.number)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python -m config.reading_page FILE [CAMPAIGN]")
    page = reading_page(load_campaign((*sys.argv, CAMPAIGN)[2]), load_messages())
    Path(sys.argv[1]).write_text(page, encoding="utf-8")
