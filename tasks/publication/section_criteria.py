"""Section II: 3 communes x 19 criteria with both witnesses side by side; section V: where they differ.

No agency is named beside an indicator while its assignment is unconfirmed. Source: SEMANTICS, "Judgement".
"""

from collections.abc import Iterator, Sequence

from domain.criteria import Condition, Indicator
from domain.judgement import Judgement, Witness
from domain.reporters import Reporter
from domain.summary import (
    condition_id,
    count_id,
    criterion_id,
    difference_id,
    indicator_id,
    indicators_met_id,
)
from tasks.publication.blocks import Block, Cell, Column, Kind, Line, Paragraph, Section, Table, Tone
from tasks.publication.cells import NOT_STATED, SIGNS, WITNESSES, Report, witness_words

COMMUNES_ABREAST = 3  # what fits a portrait A4 with two witnesses each
_SHORT = {Witness.COMMUNE: "Xã tự đánh giá", Witness.AGENCY: "Cơ quan thẩm tra"}


def criteria_section(report: Report) -> Section:
    blocks: list[Block] = [counts_table(report), *matrices(report), Paragraph(_legend(), Tone.MUTED)]
    conditions = report.campaign.catalogue.conditions
    if conditions:
        blocks += _conditions(report, conditions)
    blocks += _without_owner(report)
    title = f"Kết quả thực hiện {len(report.campaign.catalogue.criteria)} tiêu chí"
    return Section("tieu-chi", "II", title, tuple(blocks))


def _legend() -> str:
    signs = ", ".join(f"{sign} {judgement.vi.lower()}" for judgement, sign in SIGNS.items())
    return f"Ký hiệu: {signs}. “Cơ bản đạt” không tính là đạt; chỉ tiêu không ai đánh giá là chưa có số liệu."


def indicator_total(report: Report) -> int:
    """Indicators as they are counted: rows that are one indicator count once."""
    return len({indicator.counted_as for indicator in report.campaign.catalogue.indicators()})


def counts_table(report: Report) -> Table:
    """Commune x witness: the four counts over the criteria, and the indicators that are met."""
    columns = (
        Column("Xã", 23),
        Column("Theo đánh giá của", 41),
        *(Column(judgement.vi, 13, "Số tiêu chí", numeric=True) for judgement in Judgement),
        Column(f"Chỉ tiêu đạt (trên {indicator_total(report)})", 18, numeric=True),
    )
    lines = [
        Line(
            (Cell(commune.name), Cell(witness_words(witness)), *_counts(report, commune.id, witness)),
            strong=witness not in list(Witness),
        )
        for commune in report.communes()
        for witness in WITNESSES
    ]
    return Table("so-tieu-chi", "Số tiêu chí theo từng mức đánh giá", columns, tuple(lines))


def _counts(report: Report, commune: str, witness: Witness | str) -> Iterator[Cell]:
    for judgement in Judgement:
        yield report.cell(count_id(commune, witness, judgement))
    met = indicators_met_id(commune, witness)
    yield (
        report.cell(met)
        if met in report.summary.figures or witness in list(Witness)
        else Cell("–", Tone.MUTED)
    )


def matrices(report: Report) -> tuple[Table, ...]:
    """Criteria x communes; more communes than fit a page stand in further tables."""
    communes = report.communes()
    bands = [communes[n : n + COMMUNES_ABREAST] for n in range(0, len(communes), COMMUNES_ABREAST)]
    return tuple(matrix(report, band, f"tieu-chi-{n}") for n, band in enumerate(bands, 1))


def matrix(report: Report, communes: Sequence[Reporter], table_id: str) -> Table:
    columns = (Column("TT", 8, numeric=True), Column("Tiêu chí", 30), *_witness_columns(communes))
    lines = [
        Line(
            (
                Cell(str(criterion.number)),
                Cell(criterion.name),
                *(
                    report.cell(criterion_id(c.id, criterion.id, witness))
                    for c in communes
                    for witness in Witness
                ),
            )
        )
        for criterion in report.campaign.catalogue.criteria
    ]
    return Table(table_id, "Đánh giá từng tiêu chí", columns, tuple(lines))


def _witness_columns(communes: Sequence[Reporter]) -> tuple[Column, ...]:
    return tuple(Column(_SHORT[witness], 17, commune.name) for commune in communes for witness in Witness)


def _conditions(report: Report, conditions: tuple[Condition, ...]) -> Iterator[Block]:
    communes = report.communes()
    for start in range(0, len(communes), COMMUNES_ABREAST):
        band = communes[start : start + COMMUNES_ABREAST]
        columns = (Column("Điều kiện", 40), *_witness_columns(band))
        lines = [Line((Cell(c.name), *_condition_cells(report, c, band))) for c in conditions]
        yield Table(
            f"kieu-mau-{start // COMMUNES_ABREAST + 1}",
            "Điều kiện xã kiểu mẫu và điều kiện xét công nhận",
            columns,
            tuple(lines),
        )


def _condition_cells(report: Report, condition: Condition, communes: Sequence[Reporter]) -> tuple[Cell, ...]:
    followed = [
        c for c in communes if condition_id(c.id, condition.id, Witness.COMMUNE) in report.summary.figures
    ]
    if not followed:
        return (Cell("chưa xác định xã áp dụng, chưa có đánh giá", Tone.MUTED, span=2 * len(communes)),)
    cells: list[Cell] = []
    for commune in communes:
        if commune in followed:
            cells += [report.cell(condition_id(commune.id, condition.id, witness)) for witness in Witness]
        else:
            cells.append(Cell("không theo dõi", Tone.MUTED, span=2))
    return tuple(cells)


def _without_owner(report: Report) -> Iterator[Block]:
    codes = ownerless(report)
    if codes:
        yield Paragraph(f"Chỉ tiêu chưa có cơ quan phụ trách ({len(codes)} dòng chỉ tiêu)", kind=Kind.HEADING)
        for criterion in report.campaign.catalogue.criteria:
            own = [indicator.code for indicator in criterion.indicators if indicator.code in codes]
            if own:
                yield Paragraph(
                    f"Tiêu chí {criterion.number} - {criterion.name}: {', '.join(own)}.", kind=Kind.BULLET
                )
    if has_unconfirmed_assignments(report):
        yield Paragraph(
            "Phân công cơ quan phụ trách chưa được xác nhận; báo cáo này không nêu cơ quan nào chậm "
            "hoặc chưa thẩm tra chỉ tiêu.",
            Tone.MUTED,
        )


def ownerless(report: Report) -> frozenset[str]:
    """Codes of indicators that no agency is in charge of on that week's Wednesday."""
    day, assignments = report.summary.week.wednesday, report.campaign.assignments
    return frozenset(
        i.code for i in report.campaign.catalogue.indicators() if assignments.lead_of(i.code, day) is None
    )


def has_unconfirmed_assignments(report: Report) -> bool:
    return any(not row.confirmed for row in report.campaign.assignments.rows)


def differences_section(report: Report) -> Section:
    table = differences_table(report)
    text = (
        f"Có {len(table.lines)} nội dung xã tự đánh giá khác với kết quả thẩm tra; đề nghị hai bên đối chiếu."
        if table.lines
        else "Chưa ghi nhận chênh lệch giữa xã và cơ quan phụ trách ở những nội dung cả hai bên đã đánh giá."
    )
    blocks: tuple[Block, ...] = (Paragraph(text), table) if table.lines else (Paragraph(text),)
    return Section("chenh-lech", "V", "Chênh lệch giữa xã và cơ quan phụ trách", blocks)


def differences_table(report: Report) -> Table:
    """Every indicator and condition on which both witnesses spoke and differ."""
    columns = (
        Column("Xã", 22),
        Column("Chỉ tiêu", 40),
        Column("Xã tự đánh giá", 17),
        Column("Cơ quan thẩm tra", 17),
        Column("Ngày kiểm tra", 18),
        Column("Nội dung còn thiếu", 28),
    )
    catalogue = report.campaign.catalogue
    things: tuple[Indicator | Condition, ...] = (*catalogue.indicators(), *catalogue.conditions)
    lines = [
        Line(_difference_cells(report, commune, thing))
        for commune in report.communes()
        for thing in things
        if difference_id(commune.id, code_of(thing)) in report.summary.figures
    ]
    return Table("chenh-lech", "Những nội dung còn chênh lệch", columns, tuple(lines))


def code_of(thing: Indicator | Condition) -> str:
    return thing.code if isinstance(thing, Indicator) else thing.id


def _difference_cells(report: Report, commune: Reporter, thing: Indicator | Condition) -> tuple[Cell, ...]:
    code = code_of(thing)
    said = [
        report.cell(
            indicator_id(commune.id, code, w)
            if isinstance(thing, Indicator)
            else condition_id(commune.id, code, w)
        )
        for w in Witness
    ]
    beside = [
        _or_dash(report.cell(indicator_id(commune.id, code, what))) for what in ("checked_on", "lacking")
    ]
    words = f"{code} {thing.name}{_lead_words(report, code)}"
    return (Cell(commune.name), Cell(words, figure_id=difference_id(commune.id, code)), *said, *beside)


def _or_dash(cell: Cell) -> Cell:
    return Cell("–", Tone.MUTED) if cell.text == NOT_STATED else cell


def _lead_words(report: Report, code: str) -> str:
    """The agency that checked, only where its assignment is confirmed."""
    assignment = report.campaign.assignments.of(code, report.summary.week.wednesday)
    if assignment and assignment.confirmed and assignment.lead:
        return f" ({report.name(assignment.lead)})"
    return ""


def indicators_table(report: Report) -> Table:
    """Every row of the catalogue for every commune, with what stands beside the judgements; for the annex."""
    columns = (
        Column("Xã", 14),
        Column("Mã", 8),
        Column("Chỉ tiêu", 60),
        *(Column(_SHORT[witness], 18) for witness in Witness),
        Column("Kết quả thực hiện", 16, numeric=True),
        Column("Tỷ lệ hoàn thành", 12, numeric=True),
        Column("Ngày dự kiến", 13),
        Column("Ngày kiểm tra", 13),
        Column("Còn thiếu", 30),
    )
    lines = [
        Line(
            (
                Cell(commune.name),
                Cell(indicator.code),
                Cell(indicator.name),
                *_indicator_cells(report, commune.id, indicator.code),
            )
        )
        for commune in report.communes()
        for indicator in report.campaign.catalogue.indicators()
    ]
    return Table("chi-tieu", "Kết quả từng chỉ tiêu", columns, tuple(lines))


def _indicator_cells(report: Report, commune: str, code: str) -> Iterator[Cell]:
    for witness in Witness:
        yield report.cell(indicator_id(commune, code, witness))
    for what in ("result", "completion", "planned_on", "checked_on", "lacking"):
        figure_id = indicator_id(commune, code, what)
        yield report.cell(figure_id) if figure_id in report.summary.figures else Cell("", figure_id=figure_id)
