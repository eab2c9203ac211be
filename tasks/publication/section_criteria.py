"""Section II: communes x criteria with both witnesses side by side, beside the week before.

The last words of a commune that did not report stand grey under their week and are counted nowhere. No agency is
named beside an indicator while its assignment is unconfirmed. Source: SEMANTICS, "Judgement".
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from domain.criteria import Condition
from domain.forms import Part
from domain.judgement import Judgement, Witness
from domain.reporters import Reporter
from domain.summary import condition_id, count_id, criterion_id, indicator_id, indicators_met_id
from tasks.publication.blocks import Block, Cell, Column, Line, Listing, Paragraph, Section, Table, Tone
from tasks.publication.cells import SIGNS, WITNESSES, Report, witness_words
from tasks.publication.many import (
    CONDITIONS_SHEET,
    COUNTS_SHEET,
    foremost,
    is_many,
    least,
    least_words,
    others_stand_in,
)
from tasks.publication.section_open import open_blocks
from tasks.publication.section_progress import moved_blocks, plan_blocks
from tasks.publication.week_before import (
    beside,
    compared_note,
    is_last,
    last_cell,
    last_week_words,
    now_or_last,
    word_or_last,
)

COMMUNES_ABREAST = 3  # what fits a portrait A4 with two witnesses each
_SHORT = {Witness.COMMUNE: "Xã tự đánh giá", Witness.AGENCY: "Cơ quan thẩm tra"}


def criteria_section(report: Report) -> Section:
    shown = foremost(report)
    blocks: list[Block] = [*others_stand_in(report, COUNTS_SHEET), counts_table(shown).whole()]
    blocks += compared_note(shown, Part.PROGRESS, _counted)
    blocks += moved_blocks(report)
    one_by_one = least(report)
    blocks += [*_only_least(one_by_one), *matrices(one_by_one), Paragraph(_legend(), Tone.MUTED)]
    blocks += plan_blocks(report)
    conditions = report.campaign.catalogue.conditions
    if conditions:
        blocks += _conditions(one_by_one, conditions)
    blocks += open_blocks(report)
    title = f"Kết quả thực hiện {len(report.campaign.catalogue.criteria)} tiêu chí"
    return Section("tieu-chi", "II", title, tuple(blocks))


def _only_least(shown: Report) -> Iterator[Paragraph]:
    """Of many communes, above what is told criterion by criterion."""
    if is_many(shown):
        sheets = f"“{len(shown.campaign.catalogue.criteria)} tiêu chí” và “{CONDITIONS_SHEET}”"
        words = (
            f"Từng tiêu chí, điều kiện: chỉ nêu {len(shown.communes())} xã {least_words(shown)}; "
            f"các xã khác: xem phụ lục, trang tính {sheets}."
        )
        yield Paragraph(words, Tone.MUTED)


def _legend() -> str:
    signs = ", ".join(f"{sign} {judgement.vi.lower()}" for judgement, sign in SIGNS.items())
    return f"Ký hiệu: {signs}. “Cơ bản đạt” không tính là đạt; chỉ tiêu không ai đánh giá là chưa có số liệu."


def indicator_total(report: Report) -> int:
    """Indicators as they are counted: rows that are one indicator count once."""
    return len(report.campaign.catalogue.rows_of)


def counts_table(report: Report) -> Listing:
    """Commune x witness: the four counts over the criteria, and the indicators that are met."""
    columns = (
        Column("Xã", 23),
        Column("Theo đánh giá của", 41),
        *(Column(judgement.vi, 13, "Số tiêu chí", numeric=True) for judgement in Judgement),
        Column(f"Chỉ tiêu đạt (trên {indicator_total(report)})", 18, numeric=True),
    )
    lines = (
        line
        for commune in report.communes()
        for witness in WITNESSES
        for line in _counts_lines(report, commune, witness)
    )
    return Listing("so-tieu-chi", "Số tiêu chí theo từng mức đánh giá", columns, lines)


def _counts_lines(report: Report, commune: Reporter, witness: Witness | str) -> Iterator[Line]:
    """Of a commune that did not report, its last counts in a line of their own."""
    cells = (Cell(commune.name), Cell(witness_words(witness)), *_counts(report, commune.id, witness))
    yield Line(cells, strong=witness not in list(Witness))
    ids = [count_id(commune.id, witness, judgement) for judgement in Judgement]
    if any(is_last(report, figure_id) for figure_id in ids):
        of = last_week_words(report, commune.id, Part.PROGRESS)
        last = (last_cell(report, i) for i in (*ids, indicators_met_id(commune.id, witness)))
        yield Line(
            (Cell(commune.name, Tone.MUTED), Cell(f"{witness_words(witness)}, {of}", Tone.MUTED), *last)
        )


def _counted(commune: Reporter) -> Iterator[str]:
    for witness in WITNESSES:
        yield from (count_id(commune.id, witness, judgement) for judgement in Judgement)
        yield indicators_met_id(commune.id, witness)


def _counts(report: Report, commune: str, witness: Witness | str) -> Iterator[Cell]:
    for judgement in Judgement:
        yield beside(report, report.cell(count_id(commune, witness, judgement)))
    met = indicators_met_id(commune, witness)
    yield (
        beside(report, report.cell(met))
        if met in report.summary.figures or witness in list(Witness)
        else Cell("–", Tone.MUTED)
    )


def matrices(report: Report) -> tuple[Table, ...]:
    """Criteria x communes; more communes than fit a page stand in further tables."""
    communes = report.communes()
    bands = [communes[n : n + COMMUNES_ABREAST] for n in range(0, len(communes), COMMUNES_ABREAST)]
    return tuple(matrix(report, band, f"tieu-chi-{n}") for n, band in enumerate(bands, 1))


def matrix(report: Report, communes: Sequence[Reporter], table_id: str) -> Table:
    columns = (Column("TT", 8, numeric=True), Column("Tiêu chí", 30), *_witness_columns(report, communes))
    lines = [
        Line(
            (
                Cell(str(criterion.number)),
                Cell(criterion.name),
                *(
                    now_or_last(report, criterion_id(c.id, criterion.id, witness))
                    for c in communes
                    for witness in Witness
                ),
            )
        )
        for criterion in report.campaign.catalogue.criteria
    ]
    return Table(table_id, "Đánh giá từng tiêu chí", columns, tuple(lines))


def criteria_by_commune(report: Report) -> Listing:
    """The matrix turned: a spreadsheet has rows for a million communes, but columns for eight thousand only."""
    things = {c.id: f"{c.number}. {c.name}" for c in report.campaign.catalogue.criteria}
    return _by_commune(report, "tc", "Đánh giá từng tiêu chí", things, criterion_id)


def conditions_by_commune(report: Report) -> Listing:
    things = {each.id: each.name for each in report.campaign.catalogue.conditions}
    return _by_commune(report, "kieu-mau", "Điều kiện xã kiểu mẫu", things, condition_id)


def _by_commune(
    report: Report,
    table_id: str,
    caption: str,
    things: Mapping[str, str],
    id_of: Callable[[str, str, Witness], str],
) -> Listing:
    """Commune x witness, a column for each thing; blank where a commune isn't judged by it."""
    columns = (
        Column("Xã", 23),
        Column("Theo đánh giá của", 30),
        *(Column(name, 17) for name in things.values()),
    )

    def cell(figure_id: str) -> Cell:
        is_there = figure_id in report.summary.figures or is_last(report, figure_id)
        return now_or_last(report, figure_id) if is_there else Cell("", figure_id=figure_id)

    lines = (
        Line((Cell(_heading(report, c)), Cell(_SHORT[w]), *(cell(id_of(c.id, thing, w)) for thing in things)))
        for c in report.communes()
        for w in Witness
    )
    return Listing(table_id, caption, columns, lines)


def _witness_columns(report: Report, communes: Sequence[Reporter]) -> tuple[Column, ...]:
    return tuple(Column(_SHORT[witness], 17, _heading(report, c)) for c in communes for witness in Witness)


def _heading(report: Report, commune: Reporter) -> str:
    """The commune, and the week of its own words where they are the last ones."""
    ids = (criterion_id(commune.id, c.id, Witness.COMMUNE) for c in report.campaign.catalogue.criteria)
    if not any(is_last(report, figure_id) for figure_id in ids):
        return commune.name
    return f"{commune.name} (tự đánh giá: {last_week_words(report, commune.id, Part.PROGRESS)})"


def _conditions(report: Report, conditions: tuple[Condition, ...]) -> Iterator[Block]:
    communes = report.communes()
    for start in range(0, len(communes), COMMUNES_ABREAST):
        band = communes[start : start + COMMUNES_ABREAST]
        columns = (Column("Điều kiện", 40), *_witness_columns(report, band))
        lines = [Line((Cell(c.name), *_condition_cells(report, c, band))) for c in conditions]
        yield Table(
            f"kieu-mau-{start // COMMUNES_ABREAST + 1}",
            "Điều kiện xã kiểu mẫu và điều kiện xét công nhận",
            columns,
            tuple(lines),
        )


def _condition_cells(report: Report, condition: Condition, communes: Sequence[Reporter]) -> tuple[Cell, ...]:
    followed = [c for c in communes if _is_followed(report, c, condition)]
    if not followed:
        return (Cell("chưa xác định xã áp dụng, chưa có đánh giá", Tone.MUTED, span=2 * len(communes)),)
    cells: list[Cell] = []
    for commune in communes:
        if commune in followed:
            cells += [_condition_cell(report, commune, condition, witness) for witness in Witness]
        else:
            cells.append(Cell("không theo dõi", Tone.MUTED, span=2))
    return tuple(cells)


def _is_followed(report: Report, commune: Reporter, condition: Condition) -> bool:
    figure_id = condition_id(commune.id, condition.id, Witness.COMMUNE)
    return figure_id in report.summary.figures or is_last(report, figure_id)


def _condition_cell(report: Report, commune: Reporter, condition: Condition, witness: Witness) -> Cell:
    figure_id = condition_id(commune.id, condition.id, witness)
    if witness is Witness.COMMUNE:  # the heading of the column names the week
        return now_or_last(report, figure_id)
    return word_or_last(report, figure_id, commune.id, condition.id, witness)


def indicators_table(report: Report) -> Listing:
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
    lines = (
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
    )
    return Listing("chi-tieu", "Kết quả từng chỉ tiêu", columns, lines)


def _indicator_cells(report: Report, commune: str, code: str) -> Iterator[Cell]:
    for witness in Witness:
        yield word_or_last(report, indicator_id(commune, code, witness), commune, code, witness)
    for what in ("result", "completion", "planned_on", "checked_on", "lacking"):
        figure_id = indicator_id(commune, code, what)
        yield report.cell(figure_id) if figure_id in report.summary.figures else Cell("", figure_id=figure_id)
