"""What a Word document is to a reader of tables: paragraphs, tables, and in their cells both again. Knows no XML."""

from dataclasses import dataclass, field

BOX, EQUATION, PICTURE = "box", "equation", "picture"  # of a drawing: with text in it, or without


@dataclass
class Written:
    """One paragraph. `text` with its line breaks and tabs; `is_changed`: a deletion or insertion nobody accepted.

    `effects`: of its runs, one after the other, with how many letters. `is_open`: a field begins here and doesn't end.
    `holds`: what stands in it beside text (BOX, EQUATION, PICTURE). `is_unseen`: letters in the colour of what is
    behind them. `shade`: what is painted behind it.
    """

    text: str = ""
    font: str = ""
    is_hidden: bool = False
    is_changed: bool = False
    formula: str = ""
    effects: list[tuple[str, int]] = field(default_factory=list)
    is_open: bool = False
    holds: set[str] = field(default_factory=set)
    is_unseen: bool = False
    shade: str = ""


@dataclass
class Container:
    """The body, or a cell: paragraphs and tables in their order."""

    items: "list[Written | WordTable]" = field(default_factory=list)


@dataclass
class WordCell(Container):
    """`start`: the column of the grid that it begins in. `merged`: "", "restart" or "continue", downwards."""

    start: int = 0
    span: int = 1
    merged: str = ""
    shade: str = ""

    @property
    def paragraphs(self) -> list[Written]:
        return [item for item in self.items if isinstance(item, Written)]


@dataclass
class WordRow:
    cells: list[WordCell] = field(default_factory=list)
    at: int = 0  # the grid's next free column
    is_hidden: bool = False
    is_changed: bool = False


@dataclass
class WordTable:
    """`number`: as they begin in the text, from 1; a table in a cell counts after the one around it."""

    number: int
    style: str = ""
    shade: str = ""
    rows: list[WordRow] = field(default_factory=list)
