"""How the letters of a Word document look where they stand: what of run, paragraph, table and styles speaks first.

Knows the order in which they speak; docx_styles.py knows the styles.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tasks.intake.docx_body import WordTable, Written
from tasks.intake.docx_colours import WHITE, are_alike
from tasks.intake.docx_styles import SWITCHES, Styles


@dataclass
class Run:
    """What a run says of itself; None where it says nothing."""

    font: str | None = None
    switches: dict[str, bool] = field(default_factory=dict)  # by the name of the element
    style: str = ""
    colour: str | None = None
    shade: str = ""


class Look:
    """Of the letters that are read next."""

    def __init__(self, styles: Styles, tables: Sequence[WordTable]) -> None:
        """`tables`: those that they stand in, the outermost first."""
        self.run, self.paragraph_style = Run(), ""
        self._styles, self._tables = styles, tables
        self._paragraph = Written()

    def on_paragraph(self, paragraph: Written) -> None:
        self._paragraph, self.paragraph_style = paragraph, ""

    @property
    def font(self) -> str:
        """The old one, "" for any other."""
        table_style = self._tables[-1].style if self._tables else ""
        said = (
            self.run.font,
            self._styles.font(self.run.style, "character") if self.run.style else None,
            self._styles.font(self.paragraph_style, "paragraph"),
            self._styles.font(table_style, "table") if table_style else None,
            self._styles.default_font,
        )
        return next((font for font in said if font is not None), "")

    def does(self, effect: str) -> bool:
        return any(self._is_switched(name) for name, does in SWITCHES.items() if does == effect)

    @property
    def is_unseen(self) -> bool:
        """The look of a table paints in more ways than are followed here: behind what it may paint all is seen."""
        of_run, of_paragraph = (self.run.style, "character"), (self.paragraph_style, "paragraph")
        by_run = self._styles.colour(*of_run) if self.run.style else None
        said = (self.run.colour, by_run, self._styles.colour(*of_paragraph))
        letters = next((colour for colour in said if colour is not None), "")
        behind = next((shade for shade in self._behind() if shade), "")
        if not letters or behind:
            return are_alike(letters, behind)
        named = [of_run, of_paragraph, *((table.style, "table") for table in self._tables)]
        return are_alike(letters, WHITE) and not any(self._styles.is_painted(*each) for each in named)

    def _behind(self) -> Iterator[str]:
        """What is painted, the nearest first."""
        yield from (self.run.shade, self._paragraph.shade)
        for table in reversed(self._tables):
            yield from (table.rows[-1].cells[-1].shade, table.shade)

    def _is_switched(self, name: str) -> bool:
        if name in self.run.switches:
            return self.run.switches[name]
        by_run = bool(self.run.style) and self._styles.says(name, self.run.style, "character")
        return by_run or self._styles.says(name, self.paragraph_style, "paragraph")
