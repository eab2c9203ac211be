"""What calamine leaves out of an .xlsx: formats, fonts, formulas, what is hidden or merged. One pass over each sheet.

Most cells are plain (plain_cells.py), and their style tells all; the rest goes to a parser (sheet_cells.py). Of a usual
workbook the container check's own pass does, of any other the reading child makes another.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from io import BytesIO
from xml.parsers.expat import ExpatError
from zipfile import ZipFile, ZipInfo

from tasks.intake.grid import Style
from tasks.intake.looks import Look
from tasks.intake.part_names import by_small_letters
from tasks.intake.plain_cells import ANY_PLACE, NUMBERS, WITH_TEXTS, Cut, cut
from tasks.intake.sheet_cells import Cells, SharedFonts, may_say
from tasks.intake.sheet_effects import SheetEffects, may_say_effects
from tasks.intake.sheet_parts import Styles, sheets_in, styles_in, targets_in
from tasks.intake.xml_pass import holds, parse, tags

WORKBOOK, RELATIONSHIPS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# In the bytes of a part. One of two bytes a letter has none of them.
_PLACE = rb' r="[A-Z]{1,3}+[1-9][0-9]{0,6}+"'
_WITHOUT_PLACE = tags(rb"c(?=[\s/>])(?!" + _PLACE + rb")|row(?=[\s/>])(?! r=)")
_HIDES = re.compile(rb'hidden(?!="(?:0|false)")')
_WITHOUT_EXTENT = tags(rb"(?:row|col)\s[^<>]*?\b(?:ht|width)\s*=\s*[\"'][0.]*+[\"']")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"/>')
_TELLS = tags(rb"(?:c|f|mergeCell|formula[12]?)[\s/>]")
# What `usual_looks` parses of one part: ten times a form's texts, a sheet of a form none of whose cells is plain.
_USUAL_BYTES, _USUAL_LEFT_BYTES = 500_000, 100_000


def looks(names: Set[str], read: Callable[[str], bytes]) -> list[Look]:
    """One Look for each sheet, in the order of the workbook. `names`, `read`: of the parts of its package.

    Raises what zipfile and expat raise for damaged parts, and LookupError or ValueError for senseless ones.
    """
    shared, found = _Shared(names, read), []
    for look, part in shared.sheets():
        found.append(look)
        content = read(part)
        without = cut(content, shared.plain_kinds, ANY_PLACE)
        rest = _without_plain_cells(without, look, shared.styles) if without else None
        shared.over(content, rest, look)
    return found


def plainly_named(data: bytes) -> bytes:
    """The same workbook with relationships as calamine follows them. Raises as `looks` does."""
    with ZipFile(BytesIO(data)) as archive:
        odd = list(_Shared(set(archive.namelist()), archive.read).odd_targets())
        return _rewritten(archive, odd) if odd else data


def _rewritten(archive: ZipFile, targets: Sequence[tuple[str, str]]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as plain:
        for name in archive.namelist():
            content = archive.read(name)
            for written, part in targets if name.casefold() == RELATIONSHIPS else ():
                content = re.sub(
                    b"([\"'])%s\\1" % re.escape(written.encode()), b'"/%s"' % part.encode(), content
                )
            plain.writestr(ZipInfo(name), content)
    return buffer.getvalue()


def usual_looks(parts: Mapping[str, bytes], cuts: Mapping[str, Cut | None]) -> Sequence[Look] | None:
    """The same of a usual workbook whose sheets the container check has cut, at the cost of what it left of them.

    None of any other and of a damaged one: those are for the reading child and its limits.
    """
    try:
        shared, found = _Shared(parts.keys(), lambda name: _usual(parts[name], _USUAL_BYTES)), []
        if any(shared.odd_targets()):
            raise _Unusual
        seen: set[str] = set()
        for look, part in shared.sheets():
            found.append(look)
            if part in seen:  # two sheets of one part cost twice, a thousand a thousand times
                raise _Unusual
            seen.add(part)
            shared.over_rest(_usual_rest(cuts[part], look, shared.styles), look)
    except (_Unusual, ExpatError, LookupError, ValueError):
        return None
    return found


class _Unusual(Exception):
    """Its looks stand elsewhere than at its cells, or there are very many."""


def _usual(content: bytes, most: int) -> bytes:
    if len(content) > most or may_say(b"rFont", content) or may_say_effects(content):
        raise _Unusual
    return content


def _usual_rest(without: Cut | None, look: Look, styles: Styles) -> bytes:
    if without is None:
        raise _Unusual
    _usual(without.with_gaps, _USUAL_LEFT_BYTES)
    rest = _without_plain_cells(without, look, styles)
    if rest is None:
        raise _Unusual
    return rest


class _Shared:
    """What the sheets of a workbook share."""

    def __init__(self, names: Set[str], read: Callable[[str], bytes]) -> None:
        self._parts, self._sheets = by_small_letters(names), sheets_in(read(WORKBOOK))
        self._targets = targets_in(read(self._parts[RELATIONSHIPS]))
        self.styles, self._strings, self._effects = Styles(), SharedFonts(), SheetEffects()
        if part := self._parts.get(self._targets.by_kind.get("styles", "")):
            content = read(part)
            self.styles = styles_in(content)
            self._effects.over_styles(content)
        if part := self._parts.get(self._targets.by_kind.get("sharedStrings", "")):
            content = read(part)
            self._strings.over(content)
            self._effects.over_strings(content)

    @property
    def plain_kinds(self) -> bytes:
        """Of cells of which their style tells all: in a cell of an old font, runs of its text may be Unicode."""
        return NUMBERS if self._strings.by_index else WITH_TEXTS

    def sheets(self) -> Iterator[tuple[Look, str]]:
        """An empty Look for each, and its part. Raises LookupError for one that has none."""
        for name, is_hidden, relationship in self._sheets:
            yield Look(name, is_hidden), self._parts[self._targets.by_id[relationship].part]

    def odd_targets(self) -> Iterator[tuple[str, str]]:
        """Of sheets that calamine wouldn't find: as they are written, and the part."""
        for target in (self._targets.by_id[relationship] for _, _, relationship in self._sheets):
            if not target.is_plain:
                yield target.written, self._parts[target.part]

    def over(self, content: bytes, rest: bytes | None, look: Look) -> None:
        """`rest`: of the content what holds every cell of which more is to be told than its style tells; None for all
        of it."""
        if rest is None:
            Cells(look, self.styles, self._strings).over(content)
        else:
            self.over_rest(rest, look)
        self._effects.over_sheet(content, content if rest is None else rest, look)

    def over_rest(self, rest: bytes, look: Look) -> None:
        """The same where nothing is struck out or raised."""
        if holds(_TELLS, rest):
            Cells(look, self.styles, self._strings).over(rest)


def _without_plain_cells(without: Cut, look: Look, styles: Styles) -> bytes | None:
    """What is left of a sheet, after the looks that styles tell alone. None where a cell may be hidden or stand right
    of the one before it. Raises expat.ExpatError where the whole is not well-formed."""
    parse(without.with_gaps, {})
    if look.hidden or _is_hiding(without.with_gaps):
        return None
    rest = without.rest
    if holds(_WITHOUT_PLACE, rest):
        return None
    look.named.update(_styles_told(without, styles))
    look.merged.extend(ends.decode() for ends in _MERGED.findall(rest))
    return _MERGED.sub(b"", rest)


def _styles_told(without: Cut, styles: Styles) -> dict[str, Style]:
    """Of the filled cells that were cut out."""
    telling: dict[bytes | None, Style] = {}
    for style in {*without.styles}:
        if style is not None and (told := styles.said_by(int(style.strip(b' s="') or 0))):
            telling[style] = told
    if not telling:
        return {}
    places = zip(without.places, without.styles, strict=True)
    return {place.decode(): telling[style] for place, style in places if style in telling}


def _is_hiding(between: bytes) -> bool:
    """Whether a row or a column may be hidden, or a cell in what is no element: a comment, CDATA, an instruction."""
    return (
        (b"hidden" in between and _HIDES.search(between) is not None)
        or holds(_WITHOUT_EXTENT, between)
        or b"<!" in between
        or between.find(b"<?", 1) > 0
    )
