"""What stood there before: the change beside a count, and the last values of a unit that is silent this week.

Both are published figures (docs/decisions/0015); nothing is subtracted here. A last value is a word, never a number:
it enters no sum, on paper or in a spreadsheet.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from domain.forms import Part
from domain.judgement import Witness
from domain.lineage import EarlierSource
from domain.reporters import Reporter
from domain.summary import Figure, FigureKind, change_id, last_id, previous_on_id
from domain.vietnamese import first_of, vi_date, vi_million_dong, vi_number
from tasks.publication.blocks import Cell, Look, Paragraph, Tone
from tasks.publication.cells import Report, cell_of

UNCHANGED = "="
NAMES_SHOWN = 6


def is_compared(report: Report) -> bool:
    return report.summary.compared_with is not None


def day_before(report: Report) -> date:
    """The Wednesday of the week before."""
    earlier = report.summary.compared_with
    return earlier.week.wednesday if earlier else report.summary.week.shifted(-1).wednesday


def beside(report: Report, cell: Cell) -> Cell:
    """`14 (+2)`: the number with what it changed by; the cell as it is where nothing is compared."""
    change = report.summary.figures.get(change_id(cell.figure_id))
    if change is None or cell.number is None:
        return cell
    words = f" ({change_words(change)})"
    return replace(cell, text=cell.text + words, sign=cell.sign + words)


def change_words(change: Figure) -> str:
    """`+2`, `−300`, or `=`; money in triệu đồng."""
    value = change.value
    if not isinstance(value, int) or value == 0:
        return UNCHANGED
    amount = vi_million_dong(abs(value)) if change.kind is FigureKind.MONEY else vi_number(abs(value))
    return f"{'+' if value > 0 else '−'}{amount}"


def signed(cell: Cell) -> Cell:
    """A change that stands in a cell of its own: `+7`, or `=`; a dash is left to what nobody stated."""
    if isinstance(cell.number, date) or cell.number is None:
        return cell
    if not cell.number:
        return replace(cell, text=UNCHANGED, tone=Tone.MUTED)
    return replace(cell, text=f"+{cell.text}" if cell.number > 0 else cell.text.replace("-", "−"))


def previous_on(report: Report, reporter: str, part: Part) -> date | None:
    """The Wednesday of the week from which the unit's last values of this part come."""
    value = report.summary.value(previous_on_id(reporter, part))
    return value if isinstance(value, date) else None


def last_week_words(report: Report, reporter: str, part: Part) -> str:
    """`số liệu tuần 19/4/2023`."""
    day = previous_on(report, reporter, part)
    return f"số liệu tuần {vi_date(day)}" if day else "số liệu lần trước"


def is_last(report: Report, figure_id: str) -> bool:
    return last_id(figure_id) in report.summary.figures


def last_cell(report: Report, figure_id: str) -> Cell:
    """The last value; the row or column says of which week. A dash where none was stated."""
    figure = report.summary.figures.get(last_id(figure_id))
    if figure is None:
        return Cell("–", Tone.MUTED)
    return replace(
        cell_of(figure.kind, figure.value, figure.id), tone=Tone.MUTED, number=None, look=Look.TEXT
    )


def dated_last_cell(report: Report, figure_id: str, reporter: str, part: Part) -> Cell:
    """`tuần 19/4/2023: ● Đạt`, where cells of several weeks stand side by side."""
    cell, day = (
        last_cell(report, figure_id),
        stated_on(report, figure_id) or previous_on(report, reporter, part),
    )
    return replace(cell, text=f"tuần {vi_date(day)}: {cell.text}") if day else cell


def stated_on(report: Report, figure_id: str) -> date | None:
    """Of a last value, the Wednesday of the week that stated it: another lead may have spoken since."""
    last = report.summary.figures.get(last_id(figure_id))
    weeks = [source.week for source in last.sources if isinstance(source, EarlierSource)] if last else []
    return weeks[0].wednesday if weeks else None


def now_or_last(report: Report, figure_id: str) -> Cell:
    """This week's value, else the last one."""
    return last_cell(report, figure_id) if is_last(report, figure_id) else report.cell(figure_id)


def word_or_last(report: Report, figure_id: str, commune: str, code: str, witness: Witness) -> Cell:
    """What a witness says of an indicator or condition; of one that is silent this week the last word
    with its week."""
    if not is_last(report, figure_id):
        return report.cell(figure_id)
    if witness is Witness.COMMUNE:
        return dated_last_cell(report, figure_id, commune, Part.PROGRESS)
    lead = report.campaign.assignments.lead_of(code, report.summary.week.wednesday)
    return dated_last_cell(report, figure_id, lead or "", Part.VERIFICATION)


Counted = Callable[[Reporter], Iterable[str]]


def compared_note(report: Report, part: Part, counted: Counted) -> tuple[Paragraph, ...]:
    """Below a table with changes: with which week they compare, and which communes with another one. `counted`: the
    figures that the table shows of a commune."""
    figures = report.summary.figures
    shown = [c for c in report.communes() if any(change_id(i) in figures for i in counted(c))]
    if not shown:
        return ()
    others: dict[date, list[str]] = defaultdict(list)
    for commune in shown:
        day = previous_on(report, commune.id, part)
        if day and day != day_before(report):
            others[day].append(commune.name)
    apart = "".join(
        f"; riêng {first_of(names, NAMES_SHOWN, 'xã')} so với tuần {vi_date(day)}"
        for day, names in sorted(others.items())
    )
    words = (
        f"Trong ngoặc: tăng (+), giảm (−), không đổi (=) so với tuần {vi_date(day_before(report))}{apart}."
    )
    return (Paragraph(words, Tone.MUTED),)
