"""Section VII: what stands between each commune and recognition, and how fast it goes beside how fast it would have to.

Every number and list is a figure; nothing is subtracted here and no date is forecast. Source: docs/decisions/0030.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from domain.calendar import Milestone
from domain.judgement import Witness
from domain.reporters import Reporter
from domain.summary import DOSSIERS, distance_id, pace_id, standing_id
from domain.vietnamese import vi_date, vi_tenths
from tasks.publication.blocks import (
    Block,
    Cell,
    Column,
    Kind,
    Line,
    Listing,
    Look,
    Paragraph,
    Section,
    Table,
    Tone,
)
from tasks.publication.cells import NOT_STATED, Report
from tasks.publication.many import PACE_SHEET, STANDING_SHEET, is_many, least, least_words

CODES_SHOWN = 8  # of each kind in a document; the annex has every one
_OF: dict[str, str] = {
    Witness.COMMUNE: "Xã tự đánh giá",
    Witness.AGENCY: "Cơ quan thẩm tra",
    DOSSIERS: "Hồ sơ minh chứng",
}
_HOW_TO_READ = (
    "Còn thiếu là số chỉ tiêu, điều kiện ít nhất phải đạt thêm để được xét công nhận, theo lời từng bên; “cơ bản đạt” "
    "không tính là đạt. Hồ sơ còn thiếu là số chỉ tiêu có tài liệu chưa đến tình trạng mà các mốc yêu cầu; chỉ tiêu "
    "chưa kê tài liệu hoặc chưa ghi tình trạng là chưa có số liệu."
)
_HOW_PACE_IS_READ = (
    "Cần mỗi tuần: số còn lại, gồm cả chỉ tiêu chưa có số liệu (cơ quan chưa báo cáo hoặc chưa được phân công), "
    "chia cho số kỳ còn phải báo cáo. Thực tế mỗi tuần: số tăng thêm (trừ số giảm) chia cho "
    "số kỳ phải báo cáo từ đầu. Dấu –: không còn kỳ phải báo cáo, hoặc chưa có hai kỳ để so sánh."
)


def standing_section(report: Report) -> Section:
    shown, milestones = least(report), report.campaign.calendar.milestones
    blocks: list[Block] = [*_only_least(report), standing_table(shown, CODES_SHOWN).whole()]
    blocks.append(Paragraph(_HOW_TO_READ, Tone.MUTED))
    if milestones:
        blocks += [_all_paces(shown), Paragraph(_HOW_PACE_IS_READ, Tone.MUTED)]
    return Section("cong-nhan", "VII", "Khoảng cách đến công nhận", tuple(blocks))


def _only_least(report: Report) -> Iterator[Paragraph]:
    if is_many(report):
        shown = least(report)
        yield Paragraph(
            f"Chỉ nêu {len(shown.communes())} xã {least_words(shown)}; tất cả các xã: xem phụ lục, "
            f"trang tính “{STANDING_SHEET}” và “{PACE_SHEET}”.",
            Tone.MUTED,
        )


def standing_point(report: Report) -> Iterator[Paragraph]:
    """One line for page one, by the communes' own word; nothing where none of them spoke."""
    said = [
        f"{commune.name} {opened} (chưa có số liệu {unstated})"
        for commune in least(report).communes()
        if (opened := report.count(standing_id(commune.id, Witness.COMMUNE, "open"))) is not None
        and (unstated := report.count(standing_id(commune.id, Witness.COMMUNE, "unstated"))) is not None
    ]
    if said:
        what = "Số chỉ tiêu, điều kiện còn chưa đạt để được công nhận, xã tự đánh giá"
        yield Paragraph(f"{what}: {'; '.join(said)} (mục VII).", Tone.MUTED, Kind.BULLET)


def standing_table(report: Report, at_most: int | None = None) -> Listing:
    """Commune x witness and documents. `at_most`: how many codes of each kind are named; None = all."""
    columns = (
        Column("Xã", 25),
        Column("Theo", 32),
        Column("Chưa đạt, cơ bản đạt", 17, "Còn thiếu", numeric=True),
        Column("Chưa có số liệu", 15, "Còn thiếu", numeric=True),
        Column("Gồm", 70),
    )
    lines = (
        Line((Cell(commune.name), Cell(words), *_standing(report, commune, of, at_most)))
        for commune in report.communes()
        for of, words in _OF.items()
    )
    return Listing("con-thieu", "Còn thiếu để được xét công nhận", columns, lines)


def _standing(report: Report, commune: Reporter, of: str, at_most: int | None) -> tuple[Cell, ...]:
    ids = {what: standing_id(commune.id, of, what) for what in ("open", "unstated")}
    if report.summary.value(ids["open"]) is None:
        return (Cell(NOT_STATED, Tone.MUTED, ids["open"], span=3),)
    numbers = (report.cell(figure_id) for figure_id in ids.values())
    return (*numbers, _listed(report, commune, of, at_most))


def _listed(report: Report, commune: Reporter, of: str, at_most: int | None) -> Cell:
    """`2.1, 7, 3 điều kiện; chưa có số liệu: 5.1, …`."""
    heads = {"open_codes": "", "unstated_codes": "chưa có số liệu: "}
    told = [
        heads[what] + _codes(report, codes, at_most)
        for what in heads
        if (codes := _codes_of(report, standing_id(commune.id, of, what)))
    ]
    if not told:
        return Cell("không còn", Tone.GOOD, standing_id(commune.id, of, "open_codes"))
    return Cell("; ".join(told), figure_id=standing_id(commune.id, of, "open_codes"))


def _codes_of(report: Report, figure_id: str) -> Sequence[str]:
    value = report.summary.value(figure_id)
    return value.split(", ") if isinstance(value, str) and value else ()


def _codes(report: Report, codes: Sequence[str], at_most: int | None) -> str:
    """Indicators by their codes; conditions, whose codes no form shows, by their number, all of them by their names."""
    conditions = [found.name for code in codes if (found := report.campaign.catalogue.condition(code))]
    indicators = [code for code in codes if not report.campaign.catalogue.condition(code)]
    more = ["…"] if at_most is not None and len(indicators) > at_most else []
    if at_most is None:
        return ", ".join(indicators + conditions)
    counted = [f"{len(conditions)} điều kiện"] if conditions else []
    return ", ".join([*indicators[:at_most], *more, *counted])


def _all_paces(report: Report) -> Table:
    """The milestones that lie ahead with the communes below them; of one that has passed its line."""
    lines: list[Line] = []
    for milestone in report.campaign.calendar.milestones:
        lines.append(Line((Cell(milestone_words(report, milestone), span=5),), strong=True))
        if not _has_passed(report, milestone):
            lines += pace_lines(report, milestone)
    columns = (Column("Mốc, xã", 30), *_PACE_COLUMNS)
    return Table("tien-do-moc", "Tiến độ cần có và thực tế", columns, tuple(lines), "Đơn vị: chỉ tiêu")


_PACE_COLUMNS = (
    Column("Theo", 42),
    Column("Còn lại", 14, numeric=True),
    Column("Cần mỗi tuần", 18, numeric=True),
    Column("Thực tế mỗi tuần", 18, numeric=True),
)


def every_pace_table(report: Report) -> Listing:
    """Of all milestones, also of those that have passed, one line for each; for the annex."""
    columns = (Column("Mốc", 50), Column("Xã", 20), *_PACE_COLUMNS)
    lines = (
        Line((Cell(milestone_words(report, milestone)), *line.cells))
        for milestone in report.campaign.calendar.milestones
        for line in pace_lines(report, milestone)
    )
    return Listing("tien-do-moc", "Tiến độ cần có và thực tế", columns, lines, "Đơn vị: chỉ tiêu")


def milestone_pace_table(report: Report, milestone: Milestone) -> Table:
    """One milestone by itself, for the terminal."""
    columns = (Column("Xã", 20), *_PACE_COLUMNS)
    lines = tuple(pace_lines(report, milestone))
    return Table(f"tien-do-{milestone.id}", milestone_words(report, milestone), columns, lines)


def pace_lines(report: Report, milestone: Milestone) -> Iterator[Line]:
    of = (DOSSIERS,) if milestone.dossier_state else tuple(Witness)
    for commune in report.communes():
        for each in of:
            yield Line((Cell(commune.name), Cell(_OF[each]), *_pace(report, milestone, commune, each)))


def _pace(report: Report, milestone: Milestone, commune: Reporter, of: str) -> Iterator[Cell]:
    ids = {what: pace_id(milestone.id, commune.id, of, what) for what in ("left", "needed", "real")}
    yield report.cell(ids["left"])
    needed, real = (report.summary.value(ids[what]) for what in ("needed", "real"))
    yield _tenths(needed, ids["needed"])
    cell = _tenths(real, ids["real"])
    is_slow = isinstance(real, Decimal) and isinstance(needed, Decimal) and real < needed
    yield Cell(cell.text, Tone.WARN if is_slow else cell.tone, cell.figure_id, cell.number, cell.look)


def _tenths(value: object, figure_id: str) -> Cell:
    if not isinstance(value, Decimal):
        return Cell("–", Tone.MUTED, figure_id)
    return Cell(vi_tenths(value), Tone.PLAIN, figure_id, value, Look.TENTHS)


def milestone_words(report: Report, milestone: Milestone) -> str:
    """`Hồ sơ gửi phòng (ngày cuối cùng 24/4/2023; còn 8 ngày làm việc, 1 kỳ báo cáo)`, or that it has passed."""
    last = f"{milestone.name} (ngày cuối cùng {vi_date(milestone.last_good_day)}"
    if _has_passed(report, milestone):
        return f"{last}; đã qua)"
    days, weeks = (report.count(distance_id(milestone.id, what)) for what in ("days", "weeks"))
    if days is None:  # published before distances were
        return f"{last})"
    expected = " (dự kiến)" if _is(report, milestone, "expected") else ""
    reports = f"{weeks} kỳ báo cáo" if weeks else "không còn kỳ báo cáo"
    return f"{last}; còn {days} ngày làm việc{expected}, {reports})"


def _has_passed(report: Report, milestone: Milestone) -> bool:
    return _is(report, milestone, "passed")


def _is(report: Report, milestone: Milestone, what: str) -> bool:
    return report.summary.value(distance_id(milestone.id, what)) is not None
