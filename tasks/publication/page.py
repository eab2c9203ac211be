"""The web page: one self-contained file that a leader understands in a minute. Headline figures, what needs
attention, charts, then the same tables as the document.

No script, no request to anywhere; it prints in black and white and fits a telephone.
"""

from dataclasses import dataclass

from domain.judgement import Judgement, Witness
from domain.reporters import Reporter
from domain.summary import AGREED, ALL, count_id, debt_id, rate_id
from tasks.publication.blocks import Cell, Table, grouped_headings
from tasks.publication.cells import Report
from tasks.publication.charts import BAR_HEIGHT, WIDTH, charts
from tasks.publication.section_changes import changes_table
from tasks.publication.section_debt import missing_words
from tasks.publication.templating import filled
from tasks.publication.view import View


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
        every_change=_every_change(view, report),
        heading=heading,
        subtitle=(
            f"Tuần báo cáo {summary.week.vi}, {summary.issue_vi}, "
            f"số liệu nhận đến {report.moment_words(summary.as_of)}"
        ),
        cards=(
            _reports_card(report),
            *(_commune_card(report, c) for c in report.communes()),
            _debt_card(report),
        ),
        charts=charts(report),
        chart_width=WIDTH,
        bar_height=BAR_HEIGHT,
        grouped_headings=grouped_headings,
    )


def _every_change(view: View, report: Report) -> Table | None:
    """Folded away below the first ones; None where those are all."""
    every = changes_table(report)
    shown = view.changes.tables()[0].lines if view.changes else every.lines
    return every if len(every.lines) > len(shown) else None


def _reports_card(report: Report) -> Card:
    words = {
        what: report.cell(rate_id(what)).text
        for what in ("owed", "on_time", "late", "returned", "quarantined", "missing")
    }
    notes = (
        f"đúng hạn {words['on_time']}, muộn {words['late']}",
        f"trả lại {words['returned']}, chờ xác minh {words['quarantined']}, chưa nộp {words['missing']}",
    )
    return Card(
        "Báo cáo tuần", "đơn vị đã báo cáo", report.cell(rate_id("received")), f"/{words['owed']}", notes
    )


def _commune_card(report: Report, commune: Reporter) -> Card:
    def met(witness: Witness | str) -> Cell:
        return report.cell(count_id(commune.id, witness, Judgement.MET))

    total = len(report.campaign.catalogue.criteria)
    notes = (f"cơ quan thẩm tra: {met(Witness.AGENCY).text}", f"hai bên thống nhất: {met(AGREED).text}")
    return Card(commune.name, "tiêu chí đạt, xã tự đánh giá", met(Witness.COMMUNE), f"/{total}", notes)


def _debt_card(report: Report) -> Card:
    total = report.cell(debt_id(ALL, "legal"))
    gaps = missing_words(report)
    notes = (gaps,) if gaps else ("đủ số liệu các xã",)
    return Card("Nợ đọng XDCB", "triệu đồng, theo Luật Đầu tư công", total, "", notes)
