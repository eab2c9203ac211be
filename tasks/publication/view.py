"""One view of a revision for every renderer: titles, labels, what needs attention, and the sections in order.

Built from a Summary and a Campaign alone: no clock, no settings, no file. Word and the page draw all of it,
the annex takes the tables it needs from the same builders.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from domain.calendar import Milestone
from domain.campaign import Campaign
from domain.judgement import Judgement, Witness
from domain.open_points import ownerless
from domain.summary import ReporterWeekState, Summary, count_id, milestone_id, rate_id
from domain.vietnamese import first_capital, first_of, vi_date
from tasks.publication.blocks import Block, Kind, Paragraph, Section, Table, Tone
from tasks.publication.cells import NOT_STATED, Report, Says
from tasks.publication.many import (
    DOSSIERS_SHEET,
    REMARKS_SHEET,
    foremost,
    is_many,
    least,
    least_words,
    others_stand_in,
    shortened_lists,
)
from tasks.publication.section_changes import changes_section
from tasks.publication.section_criteria import criteria_section
from tasks.publication.section_debt import debt_section, missing_words, total_words
from tasks.publication.section_differences import difference_words, differences_section
from tasks.publication.section_dossiers import dossiers_section, remarks_section
from tasks.publication.section_progress import Direction, moves_by_direction, slipped_plans
from tasks.publication.section_reports import in_state, names_of, next_section, reports_section
from tasks.publication.section_standing import standing_point, standing_section
from tasks.publication.week_before import NAMES_SHOWN

DRAFT = "DỰ THẢO"  # until approval exists, everything that goes out is one
SAMPLE = "DỮ LIỆU MẪU"
NEAR_WORKING_DAYS = 5  # a milestone within the week before the next report


@dataclass(frozen=True)
class View:
    """`key_points` say in a minute what needs attention; `provenance` names configuration and code of the
    revision.
    """

    title: str
    unbroken: tuple[str, ...]  # names that no line of the title may tear apart
    period: str
    labels: tuple[str, ...]
    basis: str
    key_points: tuple[Paragraph, ...]
    changes: Section | None
    sections: tuple[Section, ...]
    provenance: str
    year: int  # of the blank date line


def view_of(summary: Summary, campaign: Campaign, says: Says) -> View:
    report = Report(summary, campaign, says)
    sections = (
        reports_section(report),
        criteria_section(report),
        _dossiers(report),
        debt_section(report),
        differences_section(report),
        _remarks(report),
        standing_section(report),
        next_section(report),
    )
    return View(
        title=campaign.heading.subject,
        unbroken=tuple(name for commune in report.communes() for name in (commune.name, *commune.aliases)),
        period=f"tuần báo cáo thứ Tư, {decree_date(summary.week.wednesday)}",
        labels=(DRAFT, SAMPLE) if campaign.sample else (DRAFT,),
        basis=_basis(report),
        key_points=tuple(_key_points(report)),
        changes=changes_section(report),
        sections=tuple(_numbered(section) for section in sections),
        provenance=_provenance(report),
        year=report.closed_on.year,
    )


def _dossiers(report: Report) -> Section:
    section = dossiers_section(foremost(report))
    return replace(section, blocks=(*others_stand_in(report, DOSSIERS_SHEET), *section.blocks))


def _remarks(report: Report) -> Section:
    section = remarks_section(report)
    return replace(section, blocks=shortened_lists(report, section.blocks, REMARKS_SHEET))


def decree_date(day: date) -> str:
    """`ngày 03 tháng 5 năm 2023`: days below 10 and months 1 and 2 take a zero. Source: NĐ 30/2020, Phụ lục
    I, box 4.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _basis(report: Report) -> str:
    issue = f", {report.summary.issue_vi}," if report.summary.revision > 1 else ""
    week = f"tuần báo cáo {report.summary.week.vi}{issue}"
    return f"Thực hiện {report.campaign.notice}, kết quả tổng hợp {week} như sau:"


def _provenance(report: Report) -> str:
    summary = report.summary
    return (
        f"{first_capital(summary.issue_vi)}, số liệu nhận đến {report.moment_words(summary.as_of)}. "
        f"Cấu hình {summary.config_hash[:12]}, phiên bản phần mềm {summary.code_version}."
    )


def _numbered(section: Section) -> Section:
    """Headings and captions as `1. ...` where a section has several (NĐ 30/2020: khoản có tiêu đề)."""
    if sum(_heading_of(block) != "" for block in section.blocks) < 2:
        return section
    blocks: list[Block] = []
    last, number = "", 0
    for block in section.blocks:
        heading = _heading_of(block)
        number += heading not in ("", last)  # a table in several bands is one khoản
        last = heading or last
        blocks.append(_with_heading(block, f"{number}. {heading}") if heading else block)
    return replace(section, blocks=tuple(blocks))


def _heading_of(block: Block) -> str:
    if isinstance(block, Table):
        return block.caption
    return block.text if block.kind is Kind.HEADING else ""


def _with_heading(block: Block, heading: str) -> Block:
    return replace(block, caption=heading) if isinstance(block, Table) else replace(block, text=heading)


def _key_points(report: Report) -> Iterator[Paragraph]:
    """Plain ones say again what the headline figures say; the page leaves them out."""
    yield Paragraph(_reported_words(report), kind=Kind.BULLET)
    yield from _reporting_points(report)
    yield _criteria_point(report)
    yield Paragraph(total_words(report), Tone.WARN if missing_words(report) else Tone.PLAIN, Kind.BULLET)
    yield from _moved_points(report)
    differences = difference_words(report)
    if differences:
        yield Paragraph(f"{differences} (mục V).", Tone.WARN, Kind.BULLET)
    without = len(ownerless(report.campaign, report.summary.week))
    if without:
        yield Paragraph(
            f"{without} dòng chỉ tiêu chưa có cơ quan phụ trách (mục II).", Tone.WARN, Kind.BULLET
        )
    yield from standing_point(report)
    yield from _milestone_point(report)


def _moved_points(report: Report) -> Iterator[Paragraph]:
    moves = moves_by_direction(report)
    up, down = len(moves[Direction.UP]), len(moves[Direction.DOWN])
    if up or down:
        text = f"Chuyển biến trong tuần: {up} đánh giá tăng mức, {down} đánh giá giảm mức (mục II)."
        yield Paragraph(text, Tone.WARN if down else Tone.MUTED, Kind.BULLET)
    slipped = len(slipped_plans(report))
    if slipped:
        text = f"{slipped} tiêu chí lùi ngày dự kiến hoàn thành so với ban đầu (mục II)."
        yield Paragraph(text, Tone.WARN, Kind.BULLET)


def _reporting_points(report: Report) -> Iterator[Paragraph]:
    named = (
        ("Chưa nộp báo cáo", ReporterWeekState.MISSING),
        ("Báo cáo bị trả lại, chờ đơn vị sửa", ReporterWeekState.RETURNED),
        ("Tệp chờ xác minh", ReporterWeekState.QUARANTINED),
        ("Nộp muộn", ReporterWeekState.LATE),
    )
    for words, state in named:
        lines = in_state(report, state)
        if lines:
            tone = Tone.WARN if state is ReporterWeekState.LATE else Tone.BAD
            count = f" ({len(lines)})" if is_many(report) else ""
            yield Paragraph(f"{words}{count}: {names_of(report, lines)}.", tone, Kind.BULLET)
    newer = tuple(line for line in report.summary.reporters if line.awaits_correction)
    if newer:
        yield Paragraph(f"Có tệp mới đang chờ sửa: {names_of(report, newer)}.", Tone.WARN, Kind.BULLET)


def _reported_words(report: Report) -> str:
    words = {what: report.cell(rate_id(what)).text for what in ("received", "owed", "on_time")}
    return (
        f"{words['received']}/{words['owed']} đơn vị đã báo cáo, trong đó {words['on_time']} đơn vị đúng hạn."
    )


def _criteria_point(report: Report) -> Paragraph:
    total = len(report.campaign.catalogue.criteria)
    each = "; ".join(
        f"{commune.name} {_said(report, commune.id, Witness.COMMUNE)} "
        f"({_said(report, commune.id, Witness.AGENCY)})"
        for commune in least(report).communes()
    )
    whose = f", các xã {least_words(least(report))}" if is_many(report) else ""
    return Paragraph(
        f"Số tiêu chí đạt trên {total}, xã tự đánh giá (cơ quan thẩm tra){whose}: {each}.", kind=Kind.BULLET
    )


def _said(report: Report, commune: str, witness: Witness) -> str:
    """How many criteria are met; within a sentence a dash would say nothing."""
    cell = report.cell(count_id(commune, witness, Judgement.MET))
    return NOT_STATED if cell.number is None else cell.text


def _milestone_point(report: Report) -> Iterator[Paragraph]:
    """The next milestone: there is always at most one that is nearest."""
    ahead = [m for m in report.campaign.calendar.milestones if m.last_good_day >= report.closed_on]
    if ahead:
        nearest = min(ahead, key=lambda milestone: milestone.last_good_day)
        day = nearest.last_good_day
        text = f"Mốc gần nhất: {nearest.name}, ngày cuối cùng {vi_date(day)} ({report.left_words(day)})"
        text += f"; theo xã báo cáo, đã đạt: {_reached_words(report, nearest)}."
        yield Paragraph(
            text, Tone.WARN if report.days_left(day) <= NEAR_WORKING_DAYS else Tone.MUTED, Kind.BULLET
        )


def _reached_words(report: Report, milestone: Milestone) -> str:
    """`Xã Mỹ Hà 14/75, Xã Mỹ Thành chưa có số liệu`; of many communes those that reached the least."""

    def said(commune: str) -> str:
        ready, of = (milestone_id(milestone.id, commune, what) for what in ("ready", "applicable"))
        number = report.cell(ready)
        return NOT_STATED if number.number is None else f"{number.text}/{report.cell(of).text}"

    ids = {commune: milestone_id(milestone.id, commune.id, "ready") for commune in report.communes()}
    known = {commune: number for commune, i in ids.items() if (number := report.count(i)) is not None}
    if not (is_many(report) and known):
        return first_of([f"{commune.name} {said(commune.id)}" for commune in ids], NAMES_SHOWN, "xã")
    fewest = sorted(known, key=lambda commune: known[commune])[:NAMES_SHOWN]
    silent = f"; chưa có số liệu: {len(ids) - len(known)} xã" if len(known) < len(ids) else ""
    return f"ít nhất là {', '.join(f'{commune.name} {said(commune.id)}' for commune in fewest)}{silent}"
