"""Number formats of an .ods in Excel's words: digits, words beside them, commas that divide, `d/mm/yyyy`.

Knows the data styles of OpenDocument 1.3 (part 3, 16.29). How many digits are shown is left out: it says nothing of the
value. A style for one sign names those for the others in its maps.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tasks.intake.xml_pass import Attributes, attribute

_NUMBERS = ("number-style", "currency-style", "text-style")
_DATES = ("date-style",)
# Of a time, a percent and a truth value the kind of the cell says enough.
_DIGITS = ("number", "scientific-number", "fraction")
# What a date shows: (short, long, as a word). Hours and minutes say nothing of the day.
_SHOWN: Mapping[str, tuple[str, str, str]] = {
    "day": ("d", "dd", "d"),
    "day-of-week": ("ddd", "dddd", "ddd"),
    "month": ("m", "mm", "mmm"),
    "year": ("yy", "yyyy", "yy"),
}
_USUAL = {">": 0, ">=": 0, "<": 1, "=": 2}  # where Excel's sections stand that need no condition
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*([-+0-9.eE]+)")


@dataclass
class Formats:
    """`codes`: by the name of a data style; "" for one that shows the number as it is."""

    codes: dict[str, str] = field(default_factory=dict)
    _sections: dict[str, str] = field(default_factory=dict)  # each without its maps
    _name: str = ""  # of the style that the elements belong to, "" outside of any
    _pieces: list[str] = field(default_factory=list)
    _maps: list[tuple[str, str]] = field(default_factory=list)  # condition, name of the style

    def starts(self) -> dict[str, Callable[[Attributes], None]]:
        begins = dict.fromkeys((*_NUMBERS, *_DATES), self._on_style)
        dates = {name: self._showing(*words) for name, words in _SHOWN.items()}
        digits = dict.fromkeys(_DIGITS, self._on_digits)
        return {**begins, **dates, **digits, "map": self._on_map}

    def texts(self) -> dict[str, Callable[[str], None]]:
        """What stands beside the number or among its digits."""
        return dict.fromkeys(("text", "currency-symbol", "embedded-text"), self._on_words)

    def ends(self) -> dict[str, Callable[[], None]]:
        return dict.fromkeys((*_NUMBERS, *_DATES), self._on_style_end)

    def _on_style(self, attributes: Attributes) -> None:
        self._name, self._pieces, self._maps = attribute(attributes, "name"), [], []

    def _on_digits(self, attributes: Attributes) -> None:
        """A factor of 1,000,000 is written `0,,` in Excel's words."""
        factor = attribute(attributes, "display-factor").partition(".")[0]
        self._pieces.append("0" + ("," * (factor.count("0") // 3) if factor.startswith("1000") else ""))

    def _showing(self, short: str, long: str, word: str) -> Callable[[Attributes], None]:
        def on_start(attributes: Attributes) -> None:
            in_words = attribute(attributes, "textual") == "true"
            self._pieces.append(
                word if in_words else long if attribute(attributes, "style") == "long" else short
            )

        return on_start

    def _on_words(self, text: str) -> None:
        if self._name and text.strip():
            self._pieces.append(text if text == "/" else '"' + text.replace('"', "''") + '"')

    def _on_map(self, attributes: Attributes) -> None:
        if self._name:
            self._maps.append((attribute(attributes, "condition"), attribute(attributes, "apply-style-name")))

    def _on_style_end(self) -> None:
        self._sections[self._name] = "".join(self._pieces)
        code = ";".join(self._in_order())
        self.codes[self._name] = "" if set(code) <= set("0;") and "0" in code else code
        self._name = ""

    def _in_order(self) -> list[str]:
        """What is shown of a number above zero stands first; what holds under another condition says so."""
        own, others, signs = self._sections[self._name], [], dict[int, str]()
        for condition, name in self._maps:
            found, section = _CONDITION.fullmatch(condition.strip()), self._sections.get(name, "")
            if found and found[1] in _USUAL and not float(found[2]):
                signs[_USUAL[found[1]]] = section
            else:
                others.append(f"[<0]{section}")  # whatever it is, an unusual one
        above_zero = signs.pop(0, own)
        return [*others, above_zero, *(signs[n] for n in sorted(signs)), *([own] if self._maps else [])]
