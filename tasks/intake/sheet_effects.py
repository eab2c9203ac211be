"""Which cells of an .xlsx are struck out, raised or lowered, wholly or in part. Knows SpreadsheetML; judges nothing.

Few workbooks have any: what says nothing of it isn't parsed for it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tasks.intake.effects import RAISED, STRUCK, runs_over
from tasks.intake.grid import column_index
from tasks.intake.looks import Look
from tasks.intake.xml_pass import Attributes, Ends, Starts, Texts, parse

_OFF = ("0", "false", "baseline")
_SECTIONS = ("fonts", "cellStyleXfs", "cellXfs", "dxfs")
_Runs = list[tuple[str | None, int]]  # effect, None for that of the cell; letters


@dataclass
class SheetEffects:
    """First the styles, then the shared strings, then each sheet."""

    _fonts: list[str] = field(default_factory=list)
    _of_styles: list[str] = field(default_factory=list)
    _of_strings: list[_Runs] = field(default_factory=list)
    _section: str = ""

    def over_styles(self, content: bytes) -> None:
        if may_say_effects(content):
            enters = {name: self._entering(name) for name in _SECTIONS}
            effects = {"strike": self._on_effect(STRUCK), "vertAlign": self._on_effect(RAISED)}
            parse(content, {**enters, **effects, "font": self._on_font, "xf": self._on_style})

    def over_strings(self, content: bytes) -> None:
        """All of them, also for a style's sake: a run has a look of its own."""
        if may_say_effects(content) or any(self._of_styles):
            runs = _RunsOfOne()
            starts, texts, ends = runs.calls()
            parse(content, starts, texts, {**ends, "si": lambda: self._of_strings.append(runs.taken())})

    def over_sheet(self, content: bytes, rest: bytes, look: Look) -> None:
        """`rest`: of the content what holds every cell with runs of its own."""
        of_strings = (effect for runs in self._of_strings for effect, _ in runs)
        if any(self._of_styles) or any(of_strings) or may_say_effects(rest):
            _Cells(look, self._of_styles, self._of_strings).over(content)

    def _entering(self, section: str) -> Callable[[Attributes], None]:
        def on_start(_: Attributes) -> None:
            self._section = section

        return on_start

    def _on_font(self, _: Attributes) -> None:
        if self._section == "fonts":
            self._fonts.append("")

    def _on_effect(self, effect: str) -> Callable[[Attributes], None]:
        def on_start(attributes: Attributes) -> None:
            if self._section == "fonts" and attributes.get("val") not in _OFF:
                self._fonts[-1] = _stronger(self._fonts[-1], effect)

        return on_start

    def _on_style(self, attributes: Attributes) -> None:
        if self._section == "cellXfs":
            font = int(attributes.get("fontId", 0))
            self._of_styles.append(self._fonts[font] if font < len(self._fonts) else "")


class _RunsOfOne:
    """The runs of one string; those that name no look have the cell's own."""

    def __init__(self) -> None:
        self._runs: _Runs = []
        self._is_phonetic = False

    def calls(self) -> tuple[Starts, Texts, Ends]:
        starts = {
            "r": lambda _: self._runs.append((None, 0)),
            "rPr": lambda _: self._name(""),
            "strike": self._naming(STRUCK),
            "vertAlign": self._naming(RAISED),
            "rPh": lambda _: self._set_phonetic(True),
        }
        return starts, {"t": self._on_text}, {"rPh": lambda: self._set_phonetic(False)}

    def taken(self) -> _Runs:
        runs, self._runs = self._runs, []
        return runs

    def _name(self, effect: str) -> None:
        if self._runs:
            named, length = self._runs[-1]
            self._runs[-1] = (_stronger(named or "", effect), length)

    def _naming(self, effect: str) -> Callable[[Attributes], None]:
        return lambda attributes: self._name("" if attributes.get("val") in _OFF else effect)

    def _set_phonetic(self, is_phonetic: bool) -> None:
        self._is_phonetic = is_phonetic

    def _on_text(self, text: str) -> None:
        if self._runs and not self._is_phonetic:
            effect, length = self._runs[-1]
            self._runs[-1] = (effect, length + len(text))


class _Cells:
    """The cells of one sheet; writes into its Look."""

    def __init__(self, look: Look, of_styles: list[str], of_strings: list[_Runs]) -> None:
        self._look, self._of_styles, self._of_strings = look, of_styles, of_strings
        self._row, self._cell_row, self._column = 0, 0, -1
        self._cell: Attributes = {}
        self._value = ""
        self._runs = _RunsOfOne()

    def over(self, content: bytes) -> None:
        starts, texts, ends = self._runs.calls()
        own: Starts = {"row": self._on_row, "c": self._on_cell}
        parse(content, {**starts, **own}, {**texts, "v": self._on_value}, {**ends, "c": self._on_end})

    def _on_row(self, attributes: Attributes) -> None:
        self._row, self._column = int(attributes.get("r", self._row + 1)), -1

    def _on_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r", "")
        letters = place.rstrip("0123456789")
        self._column = column_index(letters) if letters else self._column + 1
        self._cell_row = int(place.removeprefix(letters)) if letters else self._row
        self._cell, self._value = attributes, ""

    def _on_value(self, text: str) -> None:
        self._value = text

    def _on_end(self) -> None:
        style, named = int(self._cell.get("s", 0)), self._runs.taken()
        if self._cell.get("t") == "s" and self._value and self._of_strings:
            named = self._of_strings[int(self._value)]
        own = self._of_styles[style] if style < len(self._of_styles) else ""
        if marked := runs_over(named, own):
            self._look.effects[self._cell_row - 1, self._column] = marked


def may_say_effects(content: bytes) -> bool:
    """Of a part that has two bytes a letter it isn't known."""
    return b"strike" in content or b"vertAlign" in content or b"\0" in content


def _stronger(one: str, other: str) -> str:
    return STRUCK if STRUCK in (one, other) else one or other
