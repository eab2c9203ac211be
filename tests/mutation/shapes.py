"""What happens to a whole report: header lines, headings, units, the order of sheets, columns and rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from domain.forms import Part
from tests.mutation.typed import BLANK, Page, Report, Spot, Typed

Row = tuple[Typed, ...]


@dataclass(frozen=True)
class Shape:
    """`change` gives None where the report has nothing of the kind. `told_at`: the spot in the changed report at which
    it must be told; None: it reads as before.
    """

    name: str
    change: Callable[[Report], Report | None]
    told_at: Callable[[Report], Spot] | None = None


def shapes() -> Iterator[Shape]:
    """All of them, each under its own name."""
    for field, texts in _HEADER.items():
        for text in texts:
            yield Shape(f"{field} says {text!r}", _saying(field, text), _line_of(field))
    for part, column in _REQUIRED:
        yield Shape(
            f"{part.value}: {column} under another name", _heading(part, column, "Cột gì đó"), _leftmost(part)
        )
        yield Shape(f"{part.value}: {column} without a name", _heading(part, column, ""), _leftmost(part))
    yield Shape("a column twice", _doubled, _doubled_at)
    yield Shape("no unit", _with_unit(""), _first_money)
    yield Shape("an unknown unit", _with_unit("Đơn vị tính: nghìn USD"), _unit_line)
    for name, change in _HARMLESS.items():
        yield Shape(name, change)


_HEADER = {
    "agency": ("Xã Mỹ Thịnh", "Xã Mỹ Hải", "#REF!", "UBND huyện", "Phòng Nội vụ"),
    "period": ("19/4/2023", "2023-W16", "31/4/2023", "tuần này", "#VALUE!", "12/4/2032", "5/4", "tuần 2/4"),
}
_REQUIRED = (
    (Part.PROGRESS, "indicator"),
    (Part.PROGRESS, "judgement"),
    (Part.DOSSIERS, "document"),
    (Part.DEBT, "project"),
    (Part.DEBT, "accepted"),
    (Part.VERIFICATION, "commune"),
    (Part.VERIFICATION, "judgement"),
)


# --- where things stand ---------------------------------------------------------------------------


def _numbers(report: Report, part: Part) -> Iterator[int]:
    return (n for n, page in enumerate(report.pages) if page.part is part)


def _line_of(field: str) -> Callable[[Report], Spot]:
    def spot(report: Report) -> Spot:
        return next(
            Spot(n, row, 1)
            for n, page in enumerate(report.pages)
            for row, line in page.labels.items()
            if line.id == field
        )

    return spot


def _leftmost(part: Part) -> Callable[[Report], Spot]:
    """The first column whose heading is still known: that of a missing column is where its table begins."""

    def spot(report: Report) -> Spot:
        (n,) = _numbers(report, part)
        page = report.pages[n]
        known = [
            c
            for c, column in enumerate(page.columns)
            if page.rows[page.heading][c].value == column.headings[0]
        ]
        return Spot(n, page.heading, known[0])

    return spot


def _doubled_at(report: Report) -> Spot:
    n = next(n for n, page in enumerate(report.pages) if page.part)
    page = report.pages[n]
    return Spot(n, page.heading, len(page.rows[page.heading]) - 1)


def _first_money(report: Report) -> Spot:
    (n,) = _numbers(report, Part.DEBT)
    page = report.pages[n]
    return Spot(
        n, page.heading, next(c for c, column in enumerate(page.columns) if column.kind.value == "money")
    )


def _unit_line(report: Report) -> Spot:
    (n,) = _numbers(report, Part.DEBT)
    return Spot(n, report.pages[n].heading - 1, 0)


# --- what is done to them -------------------------------------------------------------------------


def _saying(field: str, text: str) -> Callable[[Report], Report | None]:
    return lambda report: report.put(_line_of(field)(report), Typed(text))


def _heading(part: Part, column: str, text: str) -> Callable[[Report], Report | None]:
    def change(report: Report) -> Report | None:
        for n in _numbers(report, part):
            page = report.pages[n]
            at = next(c for c, each in enumerate(page.columns) if each.id == column)
            return report.put(Spot(n, page.heading, at), Typed(text) if text else BLANK)
        return None

    return change


def _with_unit(text: str) -> Callable[[Report], Report | None]:
    def change(report: Report) -> Report | None:
        has_debt = bool(list(_numbers(report, Part.DEBT)))
        return report.put(_unit_line(report), Typed(text) if text else BLANK) if has_debt else None

    return change


def _doubled(report: Report) -> Report:
    """The first table's first column stands there once more, at its end."""
    n = next(n for n, page in enumerate(report.pages) if page.part)
    return _with_page(report, n, lambda page: _rows(page, lambda row: (*row, row[0]), page.heading))


def _with_page(report: Report, number: int, change: Callable[[Page], Page]) -> Report:
    pages = tuple(change(page) if n == number else page for n, page in enumerate(report.pages))
    return replace(report, pages=pages)


def _tables(change: Callable[[Page], Page]) -> Callable[[Report], Report]:
    return lambda report: replace(
        report, pages=tuple(change(page) if page.part else page for page in report.pages)
    )


def _rows(page: Page, change: Callable[[Row], Row], first: int = 0) -> Page:
    return replace(page, rows=(*page.rows[:first], *(change(row) for row in page.rows[first:])))


def _headings(change: Callable[[str], str]) -> Callable[[Report], Report]:
    def of_page(page: Page) -> Page:
        row = tuple(replace(cell, value=change(str(cell.value))) for cell in page.rows[page.heading])
        return replace(page, rows=(*page.rows[: page.heading], row, *page.rows[page.heading + 1 :]))

    return _tables(of_page)


def _wide(row: Row, width: int) -> Row:
    return (*row, *(BLANK,) * (width - len(row)))


def _mirrored(page: Page) -> Page:
    width = len(page.columns)
    return _rows(page, lambda row: tuple(reversed(_wide(row, width))), page.heading)


def _spread(page: Page) -> Page:
    """A blank line after each row."""
    below = [each for row in page.rows[page.heading + 1 :] for each in (row, (BLANK,) * len(row))]
    return replace(page, rows=(*page.rows[: page.heading + 1], *below))


def _numbered(page: Page) -> Page:
    """The line (1) (2) (3) below the headings."""
    numbers = tuple(Typed(f"({n})") for n in range(1, len(page.columns) + 1))
    return replace(page, rows=(*page.rows[: page.heading + 1], numbers, *page.rows[page.heading + 1 :]))


def _more(text: str) -> Callable[[Page], Page]:
    """A column more, with words in it."""

    def change(page: Page) -> Page:
        heading, *body = page.rows[page.heading :]
        below = (_wide(row, len(heading)) for row in body)
        rows = ((*heading, Typed(text)), *((*row, Typed("ý kiến")) for row in below))
        return replace(page, rows=(*page.rows[: page.heading], *rows))

    return change


_HARMLESS: dict[str, Callable[[Report], Report | None]] = {
    "columns mirrored": _tables(_mirrored),
    "blank lines between rows": _tables(_spread),
    "a numbering line": _tables(_numbered),
    "a column nobody asked for": _tables(_more("Cán bộ theo dõi")),
    "everything two columns to the right": _tables(
        lambda page: _rows(page, lambda row: (BLANK, BLANK, *row))
    ),
    "everything three rows down": _tables(lambda page: replace(page, rows=(*((BLANK,),) * 3, *page.rows))),
    "sheets in another order": lambda report: replace(
        report, pages=(report.pages[0], *reversed(report.pages[1:]))
    ),
    "sheets under other names": lambda report: replace(
        report, pages=tuple(replace(page, name=f"Sheet{n}") for n, page in enumerate(report.pages, start=1))
    ),
    "headings in capitals": _headings(str.upper),
    "headings with a colon": _headings(lambda text: f"{text}:"),
    "headings in two lines": _headings(lambda text: text.replace(" ", "\n", 1)),
    "headings with odd spaces": _headings(lambda text: f"\u00a0{text.replace(' ', '  ')} "),
    "a footer": _tables(lambda page: replace(page, rows=(*page.rows, (BLANK,), (Typed("Người lập biểu"),)))),
}
