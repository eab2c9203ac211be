"""Section I: who reported and who didn't, what awaits correction; and section VIII: what is due next.

Source: the notice, item 1 (last dash) and item 2 (second and last dash).
"""

from collections.abc import Iterator, Sequence

from domain.findings import Finding, Severity, is_refused
from domain.submissions import SubmissionState
from domain.summary import FileLine, ReporterLine, ReporterWeekState, rate_id, state_id
from domain.vietnamese import vi_date, vi_moment
from tasks.publication.blocks import (
    Block,
    Cell,
    Column,
    Kind,
    Line,
    Listing,
    Paragraph,
    Section,
    Table,
    Tone,
    shortened,
)
from tasks.publication.cells import STATE_TONES, Report
from tasks.publication.many import (
    FINDINGS_SHEET,
    NAMES_SHOWN,
    REPORTS_SHEET,
    UNITS_SHOWN,
    is_many,
    most_urgent_first,
    names,
)
from tasks.publication.section_open import ended_blocks

FINDINGS_SHOWN_PER_FILE = 5
_FILE_TONES = {
    SubmissionState.RETURNED: Tone.BAD,
    SubmissionState.QUARANTINED: Tone.BAD,
    SubmissionState.ACCEPTED: Tone.GOOD,
    SubmissionState.SUPERSEDED: Tone.MUTED,
    SubmissionState.RECEIVED: Tone.MUTED,
}
_BLOCKED = (SubmissionState.RETURNED, SubmissionState.QUARANTINED)


def reports_section(report: Report) -> Section:
    awaiting, table = awaiting_table(report), reporters_table(report, owing(report)).whole()
    if is_many(report):
        every = reporters_table(report, most_urgent_first(report, owing(report)))
        table = shortened(
            every, UNITS_SHOWN, f"Còn {{}} đơn vị khác: xem phụ lục, trang tính “{REPORTS_SHEET}”."
        )
        awaiting = shortened(
            awaiting, UNITS_SHOWN, f"Còn {{}} tệp khác: xem phụ lục, trang tính “{FINDINGS_SHEET}”."
        )
    blocks: list[Block] = [Paragraph(_rates(report)), table]
    blocks += _not_reported(report)
    if awaiting.lines:
        blocks.append(awaiting)
    blocks += _owe_nothing(report)
    blocks += ended_blocks(report)
    return Section("nop-bao-cao", "I", "Tình hình nộp báo cáo", tuple(blocks))


def owing(report: Report) -> tuple[ReporterLine, ...]:
    return tuple(line for line in report.summary.reporters if line.owes)


def in_state(report: Report, *states: ReporterWeekState) -> tuple[ReporterLine, ...]:
    """Those that owed a report and stand in one of these states."""
    return tuple(line for line in owing(report) if line.state in states)


def names_of(report: Report, lines: tuple[ReporterLine, ...]) -> str:
    ordered = most_urgent_first(report, lines)
    return names(report, [report.name(line.reporter) for line in ordered], "đơn vị")


def _rates(report: Report) -> str:
    def words(what: str) -> str:
        return report.cell(rate_id(what)).text

    summary, calendar = report.summary, report.campaign.calendar
    # A deadline on another day than Wednesday says why.
    why = "" if calendar.is_working_day(summary.week.wednesday) else f" {calendar.why(summary.week)}"
    return (
        f"Tuần báo cáo {summary.week.vi}; "
        f"số liệu chốt đến {report.moment_words(calendar.cutoff(summary.week))}; "
        f"hạn nộp {report.moment_words(summary.deadline)}. Có {words('received')}/{words('owed')} đơn vị "
        f"đã báo cáo, trong đó đúng hạn {words('on_time')} (tỷ lệ đúng hạn {words('on_time_share')}), "
        f"được gia hạn {words('extended')}, muộn {words('late')}; trong số đó có {words('nil')} báo cáo không phát "
        f"sinh; bị trả lại {words('returned')}, chờ xác minh {words('quarantined')}, chưa nộp {words('missing')}.{why}"
    )


def reporters_table(report: Report, units: Sequence[ReporterLine]) -> Listing:
    """Each of these: state, when received, files, findings."""
    columns = (
        Column("TT", 7, numeric=True),
        Column("Đơn vị", 36),
        Column("Tình trạng", 17),
        Column("Nhận lúc", 23),
        Column("Số tệp", 8, numeric=True),
        Column("Cần lưu ý", 30),
    )
    lines = (Line((Cell(str(n)), *_reporter_cells(report, line))) for n, line in enumerate(units, 1))
    return Listing("don-vi", "Báo cáo của từng đơn vị", columns, lines)


def _reporter_cells(report: Report, line: ReporterLine) -> tuple[Cell, ...]:
    return (
        Cell(report.name(line.reporter)),
        state_cell(line),
        received_cell(report, line),
        Cell(str(len(line.files)) if line.files else "–", number=len(line.files) or None),
        remark_cell(report, line),
    )


def state_cell(line: ReporterLine) -> Cell:
    nil = "; không phát sinh" if line.nil else ""
    return Cell(line.state.vi + nil, STATE_TONES[line.state], state_id(line.reporter))


def received_cell(report: Report, line: ReporterLine) -> Cell:
    if not line.received_at:
        return Cell("–")
    moment = vi_moment(line.received_at, report.campaign.calendar.zone)
    return Cell(moment, figure_id=state_id(line.reporter) + "/received_at")


def remark_cell(report: Report, line: ReporterLine) -> Cell:
    """What was found in the files that stand, or wait; those that a later file mended are only counted."""
    words = [_found_words(standing_files(line))]
    is_on_time = line.state is ReporterWeekState.ON_TIME
    if is_on_time and line.received_at and line.received_at > report.summary.deadline:
        words.append("bản sửa trong thời hạn cho phép")
    gone = [file for file in line.files if file not in standing_files(line)]
    mended = [file.state for file in gone if not is_refused(file.findings)]
    words += [f"trước đó {state.vi} {mended.count(state)} tệp" for state in _BLOCKED if state in mended]
    if refused := len(gone) - len(mended):
        words.append(f"không chấp nhận {refused} tệp")
    if line.awaits_correction:
        words.append("tệp mới đang chờ sửa")
    words.append(decided_words(report, line))
    waits = line.awaits_correction or line.state in (
        ReporterWeekState.RETURNED,
        ReporterWeekState.QUARANTINED,
    )
    return Cell("; ".join(filter(None, words)) or "–", Tone.WARN if waits else Tone.PLAIN)


def decided_words(report: Report, line: ReporterLine) -> str:
    """The reason of an exclusion or extension, until when, and who decided it."""
    campaign, week = report.campaign, report.summary.week
    if line.state is ReporterWeekState.EXTENDED:
        given = campaign.extensions_of(line.reporter, week)
        until = [f"đến {vi_moment(e.until, campaign.calendar.zone)} {e.vi}" for e in given]
        return ": ".join(("gia hạn " + ", ".join(until), line.reason)) if until else line.reason
    decided = [e.decided_by for e in campaign.exclusions_of(line.reporter, week)]
    by = f" ({', '.join(decided)})" if any(decided) and line.state is ReporterWeekState.EXCLUDED else ""
    return line.reason + by


def standing_files(line: ReporterLine) -> tuple[FileLine, ...]:
    """Without those that were sent back and that an accepted one followed."""
    awaiting = awaiting_files(line)
    return tuple(file for file in line.files if file.state not in _BLOCKED or file in awaiting)


def _found_words(files: tuple[FileLine, ...]) -> str:
    """`3 lỗi, 1 lưu ý`: what keeps a file out of the sums apart from what only travels with it."""
    severities = [finding.severity for file in files for finding in file.findings]
    warnings = severities.count(Severity.WARNING)
    counts = ((len(severities) - warnings, "lỗi"), (warnings, "lưu ý"))
    return ", ".join(f"{count} {name}" for count, name in counts if count)


def _not_reported(report: Report) -> Iterator[Paragraph]:
    named = (
        ("Chưa nộp báo cáo", ReporterWeekState.MISSING),
        ("Bị trả lại, chưa có báo cáo được tiếp nhận", ReporterWeekState.RETURNED),
        ("Chờ xác minh", ReporterWeekState.QUARANTINED),
        ("Chưa đến hạn", ReporterWeekState.WAITING),
    )
    for words, state in named:
        lines = in_state(report, state)
        if lines:
            yield Paragraph(f"{words} ({len(lines)}): {names_of(report, lines)}.", STATE_TONES[state])


def awaiting_table(report: Report) -> Table:
    """Files that were returned or set aside and that no accepted one followed, with their first findings."""
    columns = (
        Column("Đơn vị", 22),
        Column("Tệp, nhận lúc", 30),
        Column("Tình trạng", 14),
        Column("Nội dung phải sửa", 50),
    )
    lines = [
        Line(_awaiting_cells(report, line, file))
        for line in report.summary.reporters
        for file in awaiting_files(line)
    ]
    return Table("cho-sua", "Tệp đang chờ đơn vị sửa hoặc xác minh", columns, tuple(lines))


def awaiting_files(line: ReporterLine) -> tuple[FileLine, ...]:
    """Blocked files after the last accepted one, but for those that a person said are no report; all blocked files
    where none was accepted."""
    accepted = [file.received_at for file in line.files if file.state == SubmissionState.ACCEPTED]
    blocked = [file for file in line.files if file.state in _BLOCKED]
    if not accepted:
        return tuple(blocked)
    return tuple(f for f in blocked if f.received_at > max(accepted) and not is_refused(f.findings))


def _awaiting_cells(report: Report, line: ReporterLine, file: FileLine) -> tuple[Cell, ...]:
    blocking = [f for f in file.findings if f.severity in (Severity.ERROR, Severity.QUARANTINE)]
    shown = [finding_words(report, finding) for finding in blocking[:FINDINGS_SHOWN_PER_FILE]]
    if len(blocking) > FINDINGS_SHOWN_PER_FILE:
        shown.append(f"và {len(blocking) - FINDINGS_SHOWN_PER_FILE} lỗi khác")
    return (
        Cell(report.name(line.reporter)),
        Cell(f"{file.file_name}\n{vi_moment(file.received_at, report.campaign.calendar.zone)}"),
        _file_state(file),
        Cell("\n".join(shown)),
    )


def _file_state(file: FileLine) -> Cell:
    state = SubmissionState(file.state)
    return Cell(state.vi, _FILE_TONES[state])


def finding_words(report: Report, finding: Finding) -> str:
    """`Tiến độ, ô G12: ...`; a finding about the file as a whole has no place."""
    place = finding.place.vi
    return f"{place}: {report.says(finding)}" if place else report.says(finding)


def findings_table(report: Report) -> Listing:
    """Every error and warning of every file of the week, for the annex."""
    columns = tuple(
        Column(h, s)
        for h, s in (
            ("Đơn vị", 24),
            ("Tệp", 28),
            ("Tình trạng tệp", 14),
            ("Mức", 12),
            ("Trang tính", 16),
            ("Ô", 8),
            ("Nội dung", 60),
        )
    )
    lines = (
        Line(
            (
                Cell(report.name(line.reporter)),
                Cell(file.file_name),
                _file_state(file),
                Cell(finding.severity.vi),
                Cell(finding.place.sheet),
                Cell(finding.place.cell),
                Cell(report.says(finding)),
            )
        )
        for line in report.summary.reporters
        for file in line.files
        for finding in file.findings
    )
    return Listing("loi-luu-y", "Lỗi và lưu ý theo từng tệp", columns, lines)


def _owe_nothing(report: Report) -> Iterator[Paragraph]:
    excluded = in_state(report, ReporterWeekState.EXCLUDED)
    at_most = NAMES_SHOWN if is_many(report) else len(excluded)
    for line in excluded[:at_most]:
        reason = f" ({decided_words(report, line)})" if line.reason else ""
        yield Paragraph(f"Không phải báo cáo tuần này: {report.name(line.reporter)}{reason}.", Tone.MUTED)
    if len(excluded) > at_most:
        words = f"Không phải báo cáo tuần này: còn {len(excluded) - at_most} đơn vị khác"
        yield Paragraph(f"{words}, xem phụ lục, trang tính “{REPORTS_SHEET}”.", Tone.MUTED)
    day = report.summary.week.wednesday
    off = [unit for unit in report.campaign.roster.reporters if not unit.owes and unit.is_valid_on(day)]
    if off:
        sent = {line.reporter for line in report.summary.reporters if line.received_at}
        words = "; ".join(
            f"{unit.name} ({'có gửi' if unit.id in sent else 'không gửi'} báo cáo)" for unit in off
        )
        yield Paragraph(f"Chưa xác định trách nhiệm báo cáo, không tính vào tỷ lệ: {words}.", Tone.MUTED)


def next_section(report: Report) -> Section:
    """The next deadline with its reason, and the milestones that are still ahead."""
    calendar, summary = report.campaign.calendar, report.summary
    following = summary.week.shifted(1)
    if following <= calendar.last_week:
        blocks = [Paragraph(f"Báo cáo tuần {following.vi}: {calendar.why(following)}")]
    else:
        blocks = [Paragraph("Đây là tuần báo cáo cuối cùng của đợt; không còn kỳ báo cáo tuần tiếp theo.")]
    for milestone in calendar.milestones:
        if milestone.last_good_day >= report.closed_on:
            day = milestone.last_good_day
            last = f"ngày cuối cùng {vi_date(day)}, {report.left_words(day)}"
            blocks.append(Paragraph(f"{milestone.name}: {milestone.wording} ({last}).", kind=Kind.BULLET))
    return Section("viec-tiep-theo", "VIII", "Việc đến hạn tiếp theo", tuple(blocks))
