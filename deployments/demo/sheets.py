"""A story's rows laid out as the sheets of a workbook, in its officer's manner.

Labels and headings come from the form (config/forms) unless the story spells them otherwise.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from deployments.demo import layout
from deployments.demo.layout import NOTHING, Cell, Look, Merge, Sheet, Value
from deployments.demo.stories import Manner, SentFile, Story
from deployments.demo.tables import Row, Telling, part_form, rows_of, total_row
from deployments.demo.writing import cell_of, dated, vi_date

_TITLES = {
    "progress": "TIẾN ĐỘ THỰC HIỆN CÁC CHỈ TIÊU NÔNG THÔN MỚI NÂNG CAO, KIỂU MẪU",
    "dossiers": "HỒ SƠ MINH CHỨNG CÁC TIÊU CHÍ NÔNG THÔN MỚI NÂNG CAO, KIỂU MẪU",
    "debt": "TỔNG HỢP NỢ XÂY DỰNG CƠ BẢN",
    "verification": "KẾT QUẢ THẨM TRA CÁC TIÊU CHÍ NÔNG THÔN MỚI NÂNG CAO, KIỂU MẪU",
    "remarks": "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH VÀ KIẾN NGHỊ",
}
_WIDTH = {
    "text": 22.0,
    "ignored": 5.0,
    "indicator": 10.0,
    "judgement": 13.0,
    "percent": 10.0,
    "money": 13.0,
    "date": 13.0,
}
_WIDTH_OF = {
    "criterion_name": 16.0,
    "indicator_text": 48.0,
    "document": 44.0,
    "project": 36.0,
    "result": 24.0,
    "lacking": 30.0,
    "subject": 34.0,
    "state": 16.0,
    "commune": 18.0,
    "commune_said": 14.0,
    "judgement": 14.0,
    "text": 95.0,
    "term": 13.0,
    "note": 18.0,
}

# Columns that a form has got since the sample's workbooks were handed out: part, column.
_ADDED_SINCE = frozenset({("verification", "result"), ("debt", "in_programme")})


@dataclass(frozen=True)
class _Column:
    id: str
    upper: str  # the heading, or the one it shares with its neighbours
    lower: str  # '' where the heading is one
    kind: str


def sheets_of(telling: Telling, file: SentFile) -> tuple[Sheet, ...]:
    """The sheets of one workbook in order: general information, then a sheet for each part it brings."""
    tables = [_table(telling, file, part) for part in file.parts]
    manner = telling.story.manner
    if manner.first_column:
        tables = [layout.moved_right(table, manner.first_column) for table in tables]
    sheets = [_information(telling), *tables]
    for spelling in _spellings(manner):
        sheets = [layout.respelled(sheet, spelling) for sheet in sheets]
    return tuple(sheets)


def table_text_of(telling: Telling, file: SentFile) -> Sheet:
    """The one sheet of a CSV: header lines, label and value side by side, then the table of its only part."""
    (part,) = file.parts
    header = telling.story.header
    table = _table(telling, file, part)
    below_the_titles = table.rows[table.heading_row :]
    lines = [
        ("Cơ quan/đơn vị báo cáo", header["agency"]),
        ("Kỳ báo cáo", f"{header['period']:%d/%m/%Y}"),
        ("Đơn vị tính", telling.story.money_unit),
    ]
    above = tuple((Cell(label), Cell(value)) for label, value in lines)
    return Sheet(part, (*above, (NOTHING,), *below_the_titles), table.widths)


def _spellings(manner: Manner) -> Iterator[Callable[[str], str]]:
    if manner.new_tone_placement:
        yield layout.tone_on_last_vowel
    if manner.decomposed:
        yield layout.decomposed


def _information(telling: Telling) -> Sheet:
    """Who reports, for which week: label and value side by side. Unfilled lines are left out, save nil."""
    story = telling.story
    form = telling.scenery.forms[story.form]
    office = str(story.header["agency"])
    rows = [
        (Cell(story.superior.upper(), Look.LABEL), Cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Look.LABEL)),
        (Cell(office.upper(), Look.LABEL), Cell("Độc lập - Tự do - Hạnh phúc", Look.LABEL)),
        (Cell(story.header.get("secrecy"), Look.PLAIN), NOTHING),
        (Cell(form["title"], Look.TITLE), NOTHING),
        (NOTHING, NOTHING),
    ]
    for line in form["header"]["fields"]:
        value = story.header.get(line["id"])
        if value is not None or line["id"] == "nil":
            rows.append((Cell(line["label"], Look.LABEL), dated(value, story.manner, Look.TEXT)))
    merges = (Merge(3, 0, 3, 1),)
    return Sheet(form["header"]["sheet"], tuple(rows), (46.0, 52.0), merges)


def _table(telling: Telling, file: SentFile, part: str) -> Sheet:
    columns = _columns(telling, part)
    above = _titles(telling, part, len(columns))
    headings, heading_merges = _headings(columns, len(above))
    first_row = len(above) + len(headings)
    told = rows_of(part, telling, file)
    body = [_cells(row, columns, telling.story) for row in told]
    merges = [Merge(row, 0, row, len(columns) - 1) for row in range(len(above)) if above[row][0].value]
    if telling.story.manner.merge_criteria and part == "progress":
        merges += _merged_criteria(told, first_row)
    if part == "debt":
        body.append(_total(telling, columns))
    body = _with_blank_rows(body, telling.story.manner.blank_rows_after.get(part, ()))
    hidden = frozenset(
        i for i, column in enumerate(columns) if column.id in telling.story.manner.hidden_columns
    )
    return Sheet(
        name=part_form(telling, part)["sheet"],
        rows=(*above, *headings, *body),
        widths=tuple(_WIDTH_OF.get(c.id, _WIDTH.get(c.kind, 22.0)) for c in columns),
        merges=(*merges, *heading_merges),
        hidden_columns=hidden,
        heading_row=first_row - 1,
    )


def _columns(telling: Telling, part: str) -> tuple[_Column, ...]:
    manner = telling.story.manner
    columns = []
    for raw in part_form(telling, part)["columns"]:
        if (part, raw["id"]) in _ADDED_SINCE:
            continue
        columns.append(_column(raw, telling.story))
        if manner.extra_column and (manner.extra_column.part, manner.extra_column.after) == (part, raw["id"]):
            columns.append(_Column("extra", manner.extra_column.heading, "", "text"))
    return tuple(columns)


def _column(raw: dict[str, Any], story: Story) -> _Column:
    heading = story.manner.headings.get(raw["id"], raw["heading"])
    upper, lower = heading, ""
    if story.manner.headings_in_two_rows and raw["id"].startswith("allotted"):
        upper, lower = heading.split(": ")
    if story.manner.unit_in_headings and raw["kind"] == "money":
        unit = f" ({story.money_unit})"
        upper, lower = (upper, lower + unit) if lower else (upper + unit, "")
    return _Column(raw["id"], upper, lower, raw["kind"])


def _titles(telling: Telling, part: str, width: int) -> list[tuple[Cell, ...]]:
    """The lines above a table, each merged over its whole width, and an empty one."""
    story = telling.story
    sheet_name = part_form(telling, part)["sheet"]
    letter = f"{sheet_name[:2]} " if sheet_name[1] == "." else ""
    under = f"({story.header['agency']}; kỳ báo cáo thứ Tư, ngày {vi_date(story.header['period'])})"
    lines = [Cell(letter + _TITLES[part], Look.TITLE), Cell(under, Look.SUBTITLE)]
    if part == "debt" and not story.manner.unit_in_headings:
        lines.append(Cell(f"Đơn vị tính: {story.money_unit}", Look.SUBTITLE))
    padding = (NOTHING,) * (width - 1)
    return [*((line, *padding) for line in lines), (NOTHING, *padding)]


def _headings(columns: Sequence[_Column], first_row: int) -> tuple[list[tuple[Cell, ...]], list[Merge]]:
    """One heading row, or two where headings share an upper one, merged across; the others downwards."""
    if not any(column.lower for column in columns):
        return [tuple(Cell(column.upper, Look.HEADING) for column in columns)], []
    upper: list[Cell] = []
    merges = []
    for shared, group in groupby(columns, key=lambda column: column.upper):
        size, start = len(list(group)), len(upper)
        upper += [Cell(shared, Look.HEADING)] + [Cell(None, Look.HEADING)] * (size - 1)
        is_alone = not columns[start].lower
        merges.append(Merge(first_row, start, first_row + int(is_alone), start + size - 1))
    lower = tuple(Cell(column.lower or None, Look.HEADING) for column in columns)
    return [tuple(upper), lower], merges


def _cells(row: Row, columns: Sequence[_Column], story: Story) -> tuple[Cell, ...]:
    is_percent = str(row.get("indicator_text", "")).startswith("Tỷ lệ")
    return tuple(
        cell_of(
            row.get(column.id),
            "percent" if column.kind == "result" and is_percent else column.kind,
            story.manner,
        )
        for column in columns
    )


def _total(telling: Telling, columns: Sequence[_Column]) -> tuple[Cell, ...]:
    sums = total_row(telling)
    named = Row(project="Tổng cộng") | sums
    kinds: dict[str, Value] = {column.id: column.kind for column in columns}
    cells = (cell_of(named.get(column.id), str(kinds[column.id]), telling.story.manner) for column in columns)
    return tuple(Cell(cell.value, Look.TOTAL) for cell in cells)


def _merged_criteria(rows: Sequence[Row], first_row: int) -> list[Merge]:
    """The criterion's name merged downwards over its rows (column 1 of the form)."""
    merges, row = [], first_row
    for _, group in groupby(rows, key=lambda told: told["criterion_name"]):
        size = len(list(group))
        if size > 1:
            merges.append(Merge(row, 1, row + size - 1, 1))
        row += size
    return merges


def _with_blank_rows(body: list[tuple[Cell, ...]], after: Sequence[int]) -> list[tuple[Cell, ...]]:
    spaced: list[tuple[Cell, ...]] = []
    for number, row in enumerate(body, start=1):
        spaced.append(row)
        if number in after:
            spaced.append((Cell(None),) * len(row))
    return spaced
