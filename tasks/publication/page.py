"""The web page: one self-contained file that a leader understands in a minute. Headline figures, what needs
attention, charts, then the same tables as the document.

No script, no request to anywhere; it prints in black and white and fits a telephone.
"""

from dataclasses import dataclass

from domain.forms import Part
from domain.judgement import Judgement, Witness
from domain.reporters import Reporter
from domain.summary import AGREED, ALL, change_id, count_id, debt_id, rate_id
from domain.vietnamese import vi_date
from tasks.publication.blocks import Cell, Table, grouped_headings
from tasks.publication.cells import Report
from tasks.publication.charts import BAR_HEIGHT, WIDTH, charts
from tasks.publication.many import has_assessed, is_many, least
from tasks.publication.section_changes import CHANGES_SHOWN, stated_changes_table
from tasks.publication.section_debt import missing_words
from tasks.publication.templating import filled
from tasks.publication.view import View
from tasks.publication.week_before import (
    change_words,
    day_before,
    is_last,
    last_cell,
    last_week_words,
    previous_on,
)


@dataclass(frozen=True)
class Card:
    """One headline: `value` of `out_of`, and what stands below it in small type."""

    label: str
    what: str
    value: Cell
    out_of: str
    notes: tuple[str, ...]


def page(view: View, report: Report) -> bytes:
    summary, heading = report.summary, report.campaign.heading
    return filled(
        "page.html.j2",
        view=view,
        every_change=_every_change(report),
        heading=heading,
        subtitle=(
            f"Tuần báo cáo {summary.week.vi}, {summary.issue_vi}, "
            f"số liệu nhận đến {report.moment_words(summary.as_of)}"
        ),
        cards=(
            _reports_card(report),
            *(_commune_card(report, c) for c in least(report).communes()),
            _debt_card(report),
        ),
        charts=charts(report),
        chart_width=WIDTH,
        bar_height=BAR_HEIGHT,
        grouped_headings=grouped_headings,
    )


def _every_change(report: Report) -> Table | None:
    """Folded away below the first ones; None where those are all, or too many for a page."""
    if is_many(report):
        return None
    every = stated_changes_table(report).whole()
    return every if len(every.lines) > CHANGES_SHOWN else None


def _reports_card(report: Report) -> Card:
    words = {
        what: report.cell(rate_id(what)).text
        for what in ("owed", "on_time", "extended", "late", "returned", "quarantined", "missing")
    }
    notes = (
        f"đúng hạn {words['on_time']}, được gia hạn {words['extended']}, muộn {words['late']}",
        f"trả lại {words['returned']}, chờ xác minh {words['quarantined']}, chưa nộp {words['missing']}",
    )
    return Card(
        "Báo cáo tuần", "đơn vị đã báo cáo", report.cell(rate_id("received")), f"/{words['owed']}", notes
    )


def _commune_card(report: Report, commune: Reporter) -> Card:
    def met(witness: Witness | str) -> Cell:
        return report.cell(count_id(commune.id, witness, Judgement.MET))

    total = len(report.campaign.catalogue.criteria)
    notes = (
        *(("thuộc các xã đạt ít nhất",) if is_many(report) and has_assessed(report, commune) else ()),
        *_beside(report, commune),
        f"cơ quan thẩm tra: {met(Witness.AGENCY).text}",
        f"hai bên thống nhất: {met(AGREED).text}",
    )
    return Card(commune.name, "tiêu chí đạt, xã tự đánh giá", met(Witness.COMMUNE), f"/{total}", notes)


def _beside(report: Report, commune: Reporter) -> tuple[str, ...]:
    """`+2 so với tuần 19/4/2023`, or "không đổi"; of a commune that is silent its last number and of which week."""
    met = count_id(commune.id, Witness.COMMUNE, Judgement.MET)
    change = report.summary.figures.get(change_id(met))
    if is_last(report, met):
        of = last_week_words(report, commune.id, Part.PROGRESS)
        return (f"{of}: {last_cell(report, met).text}",)
    if change is None:
        return ()
    day = previous_on(report, commune.id, Part.PROGRESS) or day_before(report)
    changed = change_words(change) if change.value else "không đổi"
    return (f"{changed} so với tuần {vi_date(day)}",)


def _debt_card(report: Report) -> Card:
    total = report.cell(debt_id(ALL, "legal"))
    gaps = missing_words(report)
    notes = (gaps,) if gaps else ("đủ số liệu các xã",)
    return Card("Nợ đọng XDCB", "triệu đồng, theo Luật Đầu tư công", total, "", notes)
