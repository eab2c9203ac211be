"""Section V: where commune and agency differ, in their judgement, in the state of the dossier or in the result. What
stands over several weeks first, the oldest on top.

No agency is named beside an indicator while its assignment is unconfirmed. Source: SEMANTICS, "Judgement".
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from domain.criteria import Condition, Indicator
from domain.figures.by_id import ids_under
from domain.figures.cases import NOBODY_YET
from domain.judgement import Matter, Witness
from domain.reporters import Reporter
from domain.summary import (
    ALL,
    FigureValue,
    case_age_id,
    cases_id,
    condition_id,
    decision_id,
    difference_id,
    due_id,
    indicator_id,
    last_id,
    owner_id,
    since_id,
)
from domain.vietnamese import vi_date
from tasks.publication.blocks import Block, Cell, Column, Line, Listing, Paragraph, Section, Tone, shortened
from tasks.publication.cells import NOT_STATED, Report
from tasks.publication.many import by_attention
from tasks.publication.week_before import stated_on, word_or_last

CASES_SHOWN = 30
DIFFERENCES_SHEET = "Chênh lệch"

Thing = Indicator | Condition
Found = tuple[Reporter, Thing, Matter]
_SAID = (
    Column("Xã", 20),
    Column("Chỉ tiêu", 34),
    Column("Về", 13),
    Column("Xã báo cáo", 24),
    Column("Cơ quan thẩm tra", 24),
)
_CHECKED = (Column("Ngày kiểm tra", 20), Column("Nội dung còn thiếu", 26))
_AGED = (Column("Từ tuần", 22), Column("Số tuần", 15, numeric=True))
_SETTLED_BY = (Column("Hạn giải quyết", 20), Column("Cơ quan giải quyết", 30))
_NO_OWNER = f"Nội dung không ghi tên cơ quan là nội dung {NOBODY_YET} cơ quan phụ trách."
_DECIDED = (Column("Quyết định", 16), Column("Người quyết định", 24), Column("Lý do", 36))


def differences_section(report: Report) -> Section:
    blocks: list[Block] = [Paragraph(_words(report))]
    ordered = by_attention(report)
    more = "Còn {} nội dung khác: xem phụ lục, trang tính “" + DIFFERENCES_SHEET + "”."
    for every in (cases_table(ordered), decided_table(ordered), differences_table(ordered)):
        table = shortened(every, CASES_SHOWN, more)
        if table.lines:
            blocks.append(table)
    if any(_owner(report, found) == NOBODY_YET for found in _found(report)):
        blocks.append(Paragraph(_NO_OWNER, Tone.MUTED))
    return Section("chenh-lech", "V", "Chênh lệch giữa xã và cơ quan phụ trách", tuple(blocks))


def difference_words(report: Report) -> str:
    """`5 nội dung xã báo cáo khác với cơ quan thẩm tra, 3 nội dung phải giải quyết, 1 nội dung đã có quyết định`;
    empty without any."""
    found = list(_found(report))
    differing, decided = (len([p for p in found if holds(report, p)]) for holds in (_differs, _is_decided))
    cases = report.count(cases_id(ALL)) or 0
    told = [
        (differing, "nội dung xã báo cáo khác với cơ quan thẩm tra"),
        (cases, "nội dung phải giải quyết"),
        (decided, "nội dung đã có quyết định"),
    ]
    return ", ".join(f"{number} {words}" for number, words in told if number)


def _words(report: Report) -> str:
    words = difference_words(report)
    if words:
        is_settled = all(_is_decided(report, pair) for pair in _found(report))
        return f"Có {words}." if is_settled else f"Có {words}; đề nghị hai bên đối chiếu{_due_words(report)}."
    return "Chưa ghi nhận chênh lệch giữa xã và cơ quan phụ trách ở những nội dung cả hai bên đã đánh giá."


def _due_words(report: Report) -> str:
    """The next report is due on one day for all."""
    days = (report.summary.value(due_id(_difference(found))) for found in _found(report))
    day = next((vi_date(day) for day in days if isinstance(day, date)), "")
    return f", giải quyết trong kỳ báo cáo tới (hạn {day})" if day else ""


def cases_table(report: Report) -> Listing:
    """Open cases, the oldest first; who said nothing this week stands there with the last word and its week."""
    cases = sorted(
        (pair for pair in _found(report) if _is_case(report, pair)), key=lambda p: -_age(report, p)
    )
    columns = (*_SAID, *_AGED, Column("Nội dung còn thiếu", 24))
    lines = (
        Line((*_both_words(report, pair), *_age_cells(report, pair), _beside(report, pair, "lacking")))
        for pair in cases
    )
    return Listing("vu-viec", "Nội dung chưa thống nhất phải giải quyết, lâu nhất xếp trước", columns, lines)


def decided_table(report: Report) -> Listing:
    """What the department decided over cases, beside the words of both."""
    pairs = (pair for pair in _found(report) if _is_decided(report, pair))
    lines = (Line((*_both_words(report, pair), *_decision_cells(report, pair))) for pair in pairs)
    return Listing("quyet-dinh", "Nội dung chưa thống nhất đã có quyết định", (*_SAID, *_DECIDED), lines)


def differences_table(report: Report) -> Listing:
    """Every matter on which both witnesses spoke and differ, without cases, open or decided."""
    found = list(_found(report))
    pairs = [pair for pair in found if not _is_case(report, pair) and not _is_decided(report, pair)]
    lines = (Line((*_both_words(report, pair), *_checked_cells(report, pair))) for pair in pairs)
    is_alone = len(pairs) == len(found)
    caption = "Những nội dung còn chênh lệch" if is_alone else "Chênh lệch khác ghi nhận trong tuần"
    return Listing("chenh-lech", caption, (*_SAID, *_CHECKED), lines)


def every_difference_table(report: Report) -> Listing:
    """For the annex: differences and cases in one list that can be sorted; with columns of decisions where there are
    any."""
    cells_of = [_both_words, _checked_cells, _age_cells, _settled_cells]
    columns: tuple[Column, ...] = (*_SAID, *_CHECKED, *_AGED, *_SETTLED_BY)
    if any(_is_decided(report, pair) for pair in _found(report)):
        cells_of, columns = [*cells_of, _decision_cells], (*columns, *_DECIDED)
    lines = (
        Line(tuple(chain.from_iterable(cells(report, pair) for cells in cells_of))) for pair in _found(report)
    )
    return Listing("moi-chenh-lech", "Những nội dung còn chênh lệch", columns, lines)


def _found(report: Report) -> Iterator[Found]:
    """Differences and cases, open or decided, by commune and catalogue."""
    catalogue, told = report.campaign.catalogue, _told(report)
    things: tuple[Thing, ...] = (*catalogue.indicators(), *catalogue.conditions)
    for commune in report.communes():
        for thing in things if commune.id in told else ():
            found = (matter for matter in Matter if (code_of(thing), matter) in told[commune.id])
            yield from ((commune, thing, matter) for matter in found)


def _told(report: Report) -> Mapping[str, set[tuple[str, Matter]]]:
    """Commune -> codes and matters. Few of the pairs have one: nobody asks for each of a million."""
    told: dict[str, set[tuple[str, Matter]]] = defaultdict(set)
    for kind in ("difference/", "case/", "decision/"):
        for figure_id in ids_under(report.summary.figures, kind):
            _, commune, code, *rest = figure_id.split("/")
            told[commune].add((code, next((m for m in Matter if m in rest), Matter.JUDGEMENT)))
    return told


def _difference(pair: Found) -> str:
    commune, thing, matter = pair
    return difference_id(commune.id, code_of(thing), matter)


def _case_age(pair: Found) -> str:
    commune, thing, matter = pair
    return case_age_id(commune.id, code_of(thing), matter)


def _differs(report: Report, pair: Found) -> bool:
    return _difference(pair) in report.summary.figures


def _is_case(report: Report, pair: Found) -> bool:
    return _case_age(pair) in report.summary.figures


def _is_decided(report: Report, pair: Found) -> bool:
    return _decision(pair, "follows") in report.summary.figures


def _decision(pair: Found, what: str) -> str:
    commune, thing, matter = pair
    return decision_id(commune.id, code_of(thing), what, matter)


def _age(report: Report, pair: Found) -> int:
    return report.count(_case_age(pair)) or 0


def _owner(report: Report, pair: Found) -> FigureValue:
    return report.summary.value(owner_id(_difference(pair)))


def code_of(thing: Thing) -> str:
    return thing.code if isinstance(thing, Indicator) else thing.id


def _both_words(report: Report, pair: Found) -> tuple[Cell, ...]:
    commune, thing, matter = pair
    code = code_of(thing)
    words = f"{code} {thing.name}{_lead_words(report, code)}"
    said = (_word(report, pair, witness) for witness in Witness)
    return (Cell(commune.name), Cell(words, figure_id=_difference(pair)), Cell(matter.vi), *said)


def _word(report: Report, pair: Found, witness: Witness) -> Cell:
    commune, thing, matter = pair
    if matter is not Matter.JUDGEMENT:
        return _side(report, _difference(pair), list(Witness).index(witness))
    code = code_of(thing)
    spelled = indicator_id if isinstance(thing, Indicator) else condition_id
    figure_id = spelled(commune.id, code, witness)
    return word_or_last(report, figure_id, commune.id, code, witness)


def _side(report: Report, difference: str, side: int) -> Cell:
    """Of `đang lập / phòng xác nhận` one half; where somebody is silent now, what it was last, with its week."""
    if difference in report.summary.figures:
        return Cell(_half(report.summary.value(difference), side))
    day, last = stated_on(report, difference), report.summary.value(last_id(difference))
    return Cell(f"tuần {vi_date(day)}: {_half(last, side)}" if day else "–", Tone.MUTED)


def _half(words: FigureValue, side: int) -> str:
    return str(words).split(" / ")[side]


def _age_cells(report: Report, pair: Found) -> tuple[Cell, ...]:
    return _if_there(report, since_id(_difference(pair)), _case_age(pair))


def _settled_cells(report: Report, pair: Found) -> tuple[Cell, ...]:
    return _if_there(report, due_id(_difference(pair)), owner_id(_difference(pair)))


def _if_there(report: Report, *ids: str) -> tuple[Cell, ...]:
    return tuple(report.cell(i) if i in report.summary.figures else Cell("–", Tone.MUTED) for i in ids)


def _decision_cells(report: Report, pair: Found) -> tuple[Cell, ...]:
    what = ("follows", "decided_by", "reason")
    if not _is_decided(report, pair):
        return tuple(Cell("–", Tone.MUTED) for _ in what)
    return tuple(report.cell(_decision(pair, each)) for each in what)


def _checked_cells(report: Report, pair: Found) -> tuple[Cell, ...]:
    return tuple(_beside(report, pair, what) for what in ("checked_on", "lacking"))


def _beside(report: Report, pair: Found, what: str) -> Cell:
    cell = report.cell(indicator_id(pair[0].id, code_of(pair[1]), what))
    return Cell("–", Tone.MUTED) if cell.text == NOT_STATED else cell


def _lead_words(report: Report, code: str) -> str:
    """The agency that checked, only where its assignment is confirmed."""
    assignment = report.campaign.assignments.of(code, report.summary.week.wednesday)
    if assignment and assignment.confirmed and assignment.lead:
        return f" ({report.name(assignment.lead)})"
    return ""
