"""The headings of a form's parts: where they stand on a sheet, in one to three rows, and the columns that they head.

Knows words and units in brackets; knows nothing of where a table ends (table.py) or what its cells say (rows.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.forms import CellKind, Column, Form, PartForm
from domain.reading.cell import RawValue
from domain.vietnamese import match_key, normal_text
from tasks.intake.grid import Sheet
from tasks.intake.heading_units import TRAILING_BRACKET, Heading, heading_in
from tasks.intake.known import Itself
from tasks.intake.ticked import FEWEST, judged_column, tick_columns
from tasks.intake.upper_headings import makes_another, names_another_period

LONGEST_HEADING = 200
_MOST_OF_A_TABLE = 3  # headings of one part over a table are no chance


@dataclass(frozen=True)
class ColumnAt:
    """A column of the form, found at a zero-based index of the sheet."""

    column: Column
    index: int
    heading: Heading


@dataclass(frozen=True)
class Headings:
    """The heading of one part, in rows `first` to `last` (zero-based).

    `unknown`, `repeated` and `headed_otherwise` (by what stands over them) are not read. `ticked`: columns headed by a
    judgement, in place of one with words.
    """

    form: PartForm
    first: int
    last: int
    columns: tuple[ColumnAt, ...]
    repeated: tuple[ColumnAt, ...] = ()
    unknown: tuple[tuple[int, str], ...] = ()
    ticked: tuple[ColumnAt, ...] = ()
    headed_otherwise: tuple[ColumnAt, ...] = ()

    @property
    def found(self) -> frozenset[str]:
        """Ids of the form's columns that are there, in either shape."""
        judged = judged_column(self.form) if self.ticked else None
        there = (*self.columns, *self.headed_otherwise)
        return frozenset([at.column.id for at in there] + ([judged.id] if judged else []))

    @property
    def left(self) -> int:
        """The index of the leftmost column that is read."""
        return min(at.index for at in (*self.columns, *self.ticked, *self.headed_otherwise))


Line = Mapping[int, Heading]  # column index -> the text that may be a heading
Texts = Mapping[str, Heading]  # each text of a sheet that may be a heading of any form


def texts_of(sheet: Sheet, units: Mapping[str, int]) -> Texts:
    """Of a sheet with a thousand cells, the few hundred different ones."""
    heading = heading_in(tuple(units.items()))
    texts = {value for row in sheet.rows for value in row if isinstance(value, str)}
    read = ((text, heading(text)) for text in texts if 0 < len(text) <= LONGEST_HEADING)
    return {text: as_heading for text, as_heading in read if as_heading.text}


def headings_of(sheet: Sheet, texts: Texts, form: Form, units: Mapping[str, int]) -> Iterator[Headings]:
    """Of every table of the form, from the top. `texts`: those of the sheet, read once for all forms."""
    index = _index_of(Itself(form), tuple(units.items()))
    words = {text for text, heading in texts.items() if heading.key in index.words}
    is_likely = [not words.isdisjoint(values) for values in sheet.rows] + [False]
    spans = _merged_spans(sheet) if words else {}
    row = 0
    while row < len(sheet.rows):
        headings = None
        if is_likely[row] or is_likely[row + 1]:
            lines = [_line(values, texts) for values in (*sheet.rows[row : row + 3], (), ())]
            headings = _best(lines, row, spans.get(row, {}) if spans else None, index.parts)
            if spans:
                headings = _in_three_rows(lines, row, spans, index.parts, headings) or headings
        if headings:
            yield _of_another_time(headings, sheet, spans)
        row = headings.last + 1 if headings else row + 1


def _line(values: Sequence[RawValue], texts: Texts) -> Line:
    return {n: texts[v] for n, v in enumerate(values) if isinstance(v, str) and v in texts}


@dataclass(frozen=True)
class _Index:
    """Where the headings of a form's parts lead: for each part, key -> column; and the keys of all but mark columns."""

    parts: tuple[tuple[PartForm, Mapping[str, Column]], ...]
    words: frozenset[str]


@lru_cache(maxsize=16)
def _index_of(form: Itself[Form], units: tuple[tuple[str, int], ...]) -> _Index:
    parts = tuple((part, _columns_by_key(part, units)) for part in form.one.parts)
    columns = (item for _, index in parts for item in index.items())
    return _Index(parts, frozenset(key for key, column in columns if column.kind is not CellKind.MARK))


def _columns_by_key(part: PartForm, units: tuple[tuple[str, int], ...]) -> dict[str, Column]:
    as_heading = heading_in(units)
    columns = (*part.columns, *tick_columns(part))
    return {as_heading(heading).key: column for column in columns for heading in column.headings}


def _merged_spans(sheet: Sheet) -> dict[int, dict[int, int]]:
    """Row -> first column -> last column of each merged range that starts there; all zero-based."""
    spans: dict[int, dict[int, int]] = {}
    for left, top, right, _ in sheet.merged_ranges():
        spans.setdefault(top, {})[left] = right
    return spans


def _best(
    pair: Sequence[Line],
    row: int,
    spans: Mapping[int, int] | None,
    indexes: Sequence[tuple[PartForm, Mapping[str, Column]]],
) -> Headings | None:
    """The heading that starts in this row, in one row or in two; None if none does.

    Two rows count only if they say more than either alone: a title above a heading is no upper heading.
    A second row of nothing but units says more.
    """
    if not pair[0]:  # what the second row says alone is found from there
        return None
    candidates = []
    has_units_below = bool(pair[1]) and not any(heading.key for heading in pair[1].values())
    upper, lower = _one_row(pair[0]), _one_row(pair[1])
    both = _two_rows(pair[0], pair[1], spans)
    in_upper, in_lower, in_both = map(_keys_in, (upper, lower, both))
    for part, index in indexes:
        if in_both.isdisjoint(index) and in_upper.isdisjoint(index):
            continue  # most parts of the form: none of their words stands here
        one = _matched(part, index, upper, row, row)
        two = _matched(part, index, both, row, row + 1)
        below = 0 if in_lower.isdisjoint(index) else _score(_matched(part, index, lower, row + 1, row + 1))
        candidates.append(two if _score(two) > max(_score(one), below) - has_units_below else one)
    fitting = [headings for headings in candidates if _is_part(headings)]
    return max(fitting, key=_score, default=None)


def _in_three_rows(
    lines: Sequence[Line],
    row: int,
    spans: Mapping[int, Mapping[int, int]],
    indexes: Sequence[tuple[PartForm, Mapping[str, Column]]],
    in_two: Headings | None,
) -> Headings | None:
    """A heading of three rows, the upper two taken as one; None unless it says more than what two rows say, here or
    one row further down. A third row of nothing but units says more."""
    upper, middle, lower = lines[:3]
    is_unit_row = bool(lower) and not any(heading.key for heading in lower.values())
    if not (upper and middle and lower) or not (spans.get(row) or is_unit_row):
        return None
    folded = {n: spellings[0] for n, spellings in _two_rows(upper, middle, spans.get(row, {})).items()}
    across = {n: spans.get(row + (n in middle), {}).get(n, n) for n in folded}
    found = _best((folded, lower), row, across, indexes)
    if found is None or found.last == row:
        return None
    further = _best((middle, lower), row + 1, spans.get(row + 1, {}), indexes)
    most = max((_score(other) for other in (in_two, further) if other), default=0)
    return replace(found, last=row + 2) if _score(found) > most - is_unit_row else None


# Column index -> what its heading can be read as, the fullest first.
Names = Mapping[int, tuple[Heading, ...]]


def _one_row(line: Line) -> Names:
    return {n: (heading,) for n, heading in line.items()}


def _two_rows(upper: Line, lower: Line, spans: Mapping[int, int] | None) -> Names:
    """An upper heading stands over the columns it is merged across; over a blank it is the column's own.

    `spans`: first -> last column of the upper row's merged cells. None where the format knows no merging
    (CSV): then a heading with something below it is carried to the next one.
    """
    names: dict[int, tuple[Heading, ...]] = {}
    carried, until = None, -1
    width = max((*upper, *lower, -1)) + 1
    for n in range(width):
        own = lower.get(n)
        if n in upper:
            carried, until = upper[n], width if spans is None and own else (spans or {}).get(n, n)
        above = carried if n <= until else None
        if own is None and n in upper:
            names[n] = (upper[n],)
        elif own is not None:
            names[n] = (_under(above, own), replace(own, above=above.key)) if above else (own,)
    return names


def _under(upper: Heading, lower: Heading) -> Heading:
    if not lower.key:  # the second row says nothing but a unit
        return Heading(upper.text, upper.key, lower.unit, _are_two(upper, lower))
    text = f"{upper.text}: {lower.text}"
    is_strange = lower.has_strange_unit or (upper.has_strange_unit and lower.unit is None)
    is_strange = is_strange or _are_two(upper, lower)
    return Heading(text, match_key(f"{upper.key}: {lower.key}"), lower.unit or upper.unit, is_strange)


def _are_two(upper: Heading, lower: Heading) -> bool:
    """Units, one over the other: nobody knows which is meant."""
    return None not in (upper.unit, lower.unit) and upper.unit != lower.unit


def _keys_in(names: Names) -> frozenset[str]:
    """Every key by which a column of a part may be known here."""
    headings = [heading for spellings in names.values() for heading in spellings]
    in_brackets = (TRAILING_BRACKET.fullmatch(each.text) for each in headings if each.text.endswith(")"))
    keys = [each.key for each in headings]
    return frozenset(keys + [match_key(match[1]) for match in in_brackets if match])


def _matched(part: PartForm, index: Mapping[str, Column], names: Names, first: int, last: int) -> Headings:
    columns: dict[str, ColumnAt] = {}
    repeated, unknown, otherwise = [], [], []
    known = [(n, spellings, _known_in(index, spellings)) for n, spellings in names.items()]
    # Whole headings first: one that is known by its end alone is no second column of a name.
    for n, spellings, found in sorted(known, key=lambda each: each[2] is not None and bool(each[2][1].above)):
        if found is None:
            unknown.append((n, spellings[-1].text))
        elif makes_another(part, found[0], found[1].key, found[1].above):
            otherwise.append(ColumnAt(found[0], n, spellings[0]))
        elif found[0].id in columns:
            repeated.append(ColumnAt(found[0], n, found[1]))
        else:
            columns[found[0].id] = ColumnAt(found[0], n, _with_unit(found[1], spellings[0]))
    unknown += [(at.index, at.heading.text) for at in otherwise if at.column.id in columns]
    return _with_ticked(
        Headings(
            part,
            first,
            last,
            tuple(sorted(columns.values(), key=lambda at: at.index)),
            tuple(repeated),
            tuple(sorted(unknown)),
            headed_otherwise=tuple(at for at in otherwise if at.column.id not in columns),
        )
    )


def _of_another_time(headings: Headings, sheet: Sheet, spans: Mapping[int, Mapping[int, int]]) -> Headings:
    """ "Kỳ trước" merged over some columns, in the line above headings that are understood without it. Over all of them
    it is a title (titles.py)."""
    above, indexes = headings.first - 1, {at.index for at in headings.columns}
    for left, right in spans.get(above, {}).items():
        below = {n for n in indexes if left <= n <= right}
        text = sheet.cell(above, left).text
        if below and below != indexes and right > left and names_another_period(text):
            apart = [at for at in headings.columns if at.index in below]
            name = normal_text(text)
            apart = [
                replace(at, heading=replace(at.heading, text=f"{name}: {at.heading.text}")) for at in apart
            ]
            kept = tuple(at for at in headings.columns if at.index not in below)
            headings = replace(headings, columns=kept, headed_otherwise=(*headings.headed_otherwise, *apart))
    return headings


def _with_unit(heading: Heading, fullest: Heading) -> Heading:
    """The unit may stand in the upper heading alone."""
    is_strange = heading.has_strange_unit or fullest.has_strange_unit
    if (heading.unit, heading.has_strange_unit) == (fullest.unit, is_strange):
        return heading
    return replace(heading, unit=fullest.unit, has_strange_unit=is_strange)


def _known_in(index: Mapping[str, Column], spellings: Sequence[Heading]) -> tuple[Column, Heading] | None:
    for heading in spellings:
        if heading.key in index:
            return index[heading.key], heading
    return _with_strange_unit(index, [each for each in spellings if each.text.endswith(")")])


def _with_strange_unit(
    index: Mapping[str, Column], spellings: Sequence[Heading]
) -> tuple[Column, Heading] | None:
    """`Tổng mức đầu tư (nghìn USD)`: the column is sure, what its sums are is asked."""
    for heading in spellings:
        match = TRAILING_BRACKET.fullmatch(heading.text)
        column = index.get(match_key(match[1])) if match else None
        if column and column.kind is CellKind.MONEY:
            return column, replace(heading, has_strange_unit=True)
    return None


def _with_ticked(headings: Headings) -> Headings:
    """Columns of marks beside one with words are too many; a single one is no such column."""
    ticked = tuple(at for at in headings.columns if at.column.kind is CellKind.MARK)
    if not ticked:
        return headings
    apart = replace(headings, columns=tuple(at for at in headings.columns if at not in ticked))
    judged = judged_column(headings.form)
    if len(ticked) < FEWEST:
        unknown = tuple((at.index, at.heading.text) for at in ticked)
        return replace(apart, unknown=(*headings.unknown, *unknown))
    if judged and judged.id in apart.found:
        return replace(apart, repeated=(*headings.repeated, *ticked))
    return replace(apart, ticked=tuple(sorted(ticked, key=lambda at: at.index)))


def _score(headings: Headings) -> int:
    """Columns of marks below the heading of one with words say more than that alone."""
    there = (*headings.columns, *headings.headed_otherwise)
    kept = sum(found.column.kind not in (CellKind.IGNORED, CellKind.MARK) for found in there)
    is_ticked = headings.ticked or any(at.column.kind is CellKind.MARK for at in headings.headed_otherwise)
    return kept + 2 * bool(is_ticked)


def _is_part(headings: Headings) -> bool:
    """Half of the part's headings, or all the required ones, and never fewer than two (the ordinal aside).

    Half, so that a table whose key or judgement was renamed is still the part and its column is reported
    missing, instead of the part vanishing without a word. All required ones, so that a short CSV with nothing
    optional is read. Most of what heads this table, so that the same holds of a table without its optional columns.
    Two, because one word such as "Nội dung" heads half the tables of an office.
    """
    found, wanted = headings.found, headings.form.columns
    counted = sum(column.kind is not CellKind.IGNORED for column in wanted)
    has_required = all(column.id in found for column in wanted if column.required)
    known = len(headings.columns) + len(headings.headed_otherwise)
    is_most = _score(headings) >= _MOST_OF_A_TABLE and known > len(headings.unknown)
    return _score(headings) >= 2 and (2 * _score(headings) >= counted or has_required or is_most)
