"""Of sections I and II, what is still open: who reports in whose place, indicators without an owner, owners without a
report, targets that nobody confirmed. Listed, never decided; what is open is domain/open_points.py's to say.
"""

from collections.abc import Iterator

from domain.open_points import ended_units, ownerless, silent_owners, unconfirmed_targets
from domain.vietnamese import vi_date
from tasks.publication.blocks import Block, Kind, Paragraph, Tone
from tasks.publication.cells import Report
from tasks.publication.many import names


def open_blocks(report: Report) -> Iterator[Block]:
    yield from _without_owner(report)
    yield from _without_report(report)
    yield from _unnamed(report)
    yield from _without_sure_target(report)


def _without_owner(report: Report) -> Iterator[Block]:
    codes = ownerless(report.campaign, report.summary.week)
    if codes:
        yield Paragraph(f"Chỉ tiêu chưa có cơ quan phụ trách ({len(codes)} dòng chỉ tiêu)", kind=Kind.HEADING)
    for criterion in report.campaign.catalogue.criteria:
        own = [indicator.code for indicator in criterion.indicators if indicator.code in codes]
        if own:
            yield Paragraph(
                f"Tiêu chí {criterion.number} - {criterion.name}: {', '.join(own)}.", kind=Kind.BULLET
            )


def _without_report(report: Report) -> Iterator[Block]:
    silent = silent_owners(report.summary.reporters, report.campaign, report.summary.week)
    if not silent.codes:
        return
    heading = f"Cơ quan phụ trách chưa có báo cáo được tiếp nhận ({silent.codes} dòng chỉ tiêu)"
    yield Paragraph(heading, kind=Kind.HEADING)
    states = {line.reporter: line.state.vi for line in report.summary.reporters}
    for agency, codes in silent.named.items():
        said = f"{report.name(agency)} ({states.get(agency, 'không gửi')}): {', '.join(codes)}."
        yield Paragraph(said, kind=Kind.BULLET)
    if silent.unnamed:
        said = f"Phân công chưa được xác nhận, không nêu cơ quan: {', '.join(silent.unnamed)}."
        yield Paragraph(said, kind=Kind.BULLET)


def _unnamed(report: Report) -> Iterator[Block]:
    """Why no agency is named beside an indicator; of those that are confirmed they are."""
    assignments, day = report.campaign.assignments, report.summary.week.wednesday
    rows = [assignments.of(indicator.code, day) for indicator in report.campaign.catalogue.indicators()]
    some = " của một số chỉ tiêu" if any(row.confirmed for row in rows if row and row.lead) else ""
    where, whom = ("; ở đó", "") if some else (";", " cơ quan phụ trách")
    if any(not row.confirmed for row in assignments.rows):
        words = f"Phân công{whom}{some} chưa được xác nhận{where} báo cáo này không nêu cơ quan nào chậm"
        yield Paragraph(f"{words} hoặc chưa thẩm tra chỉ tiêu.", Tone.MUTED)


def _without_sure_target(report: Report) -> Iterator[Block]:
    targets = unconfirmed_targets(report.campaign, report.summary.week)
    if targets:
        yield Paragraph(f"Mức cần đạt chưa được xác nhận ({len(targets)} dòng chỉ tiêu)", kind=Kind.HEADING)
        listed = (f"{code} ({', '.join(groups)})" if groups else code for code, groups in targets.items())
        yield Paragraph(f"{', '.join(listed)}.", kind=Kind.BULLET)
        yield Paragraph("Mức này chỉ để nhắc đơn vị xem lại, không quyết định đánh giá.", Tone.MUTED)


def ended_blocks(report: Report) -> Iterator[Block]:
    """Who no longer reports, and who does instead; in every week after."""
    for ended in ended_units(report.campaign, report.summary.week):
        units = names(report, [unit.name for unit in ended.units], "đơn vị")
        if ended.successor:
            said = f"Sau ngày {vi_date(ended.last_day)}, {ended.successor.name} báo cáo thay {units}."
            yield Paragraph(said, Tone.MUTED)
        else:
            yield Paragraph(f"Thôi báo cáo sau ngày {vi_date(ended.last_day)}: {units}.", Tone.MUTED)
