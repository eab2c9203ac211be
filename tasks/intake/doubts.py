"""What a reader saw and didn't settle, told where it matters: on the sheets that say something. Knows no format."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from domain.findings import Finding, Place
from domain.telling import finding
from tasks.intake.grid import Book

if TYPE_CHECKING:  # the readers, in their child, only name their doubts: a campaign would slow its start
    from domain.campaign import Campaign

CHANGED, WITHOUT_HEADINGS = "CHANGES_NOT_ACCEPTED", "TABLE_WITHOUT_HEADINGS"
TABLE_IN_CELL, TEXT_IN_OBJECT, PICTURE_IN_CELL = "TABLE_IN_CELL", "TEXT_IN_OBJECT", "PICTURE_IN_CELL"
TOO_SHORT = "ROW_TOO_SHORT"  # of a text file
UNQUOTED = "COMMAS_WITHOUT_QUOTES"  # of a text file; told where a number stands below a heading of words (recognise.py)
_OF_A_TABLE = (TABLE_IN_CELL, TEXT_IN_OBJECT, PICTURE_IN_CELL, TOO_SHORT)


def doubt_findings(
    book: Book, with_table: Collection[str], with_header: Collection[str], campaign: "Campaign"
) -> Iterator[Finding]:
    """`with_table`, `with_header`: the sheets where tables of the form and header lines were found.

    A table without headings may go on with an earlier one: its rows would be lost without a word. A table, a text
    box or a picture in a cell is lost only where that cell is a table's: pages are laid out in tables too.
    """
    goes_on = False
    for sheet in book.sheets:
        is_table = sheet.name in with_table
        goes_on = goes_on or is_table
        is_lost = goes_on and not is_table and any(code == WITHOUT_HEADINGS for _, code in sheet.doubts)
        for cell, code in sheet.doubts:
            is_told = {WITHOUT_HEADINGS: is_lost, UNQUOTED: False, **dict.fromkeys(_OF_A_TABLE, is_table)}
            if is_told.get(code, is_table or is_lost or sheet.name in with_header):
                yield finding(campaign, code, Place(sheet.name, cell))
