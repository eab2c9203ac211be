"""What a reader saw and didn't settle, told where it matters: on the sheets that say something. Knows no format."""

from collections.abc import Collection, Iterator

from domain.campaign import Campaign
from domain.findings import Finding, Place
from domain.telling import finding
from tasks.intake.grid import Book

WITHOUT_HEADINGS = "TABLE_WITHOUT_HEADINGS"


def doubt_findings(
    book: Book, with_table: Collection[str], with_header: Collection[str], campaign: Campaign
) -> Iterator[Finding]:
    """`with_table`, `with_header`: the sheets where tables of the form and header lines were found.

    A table without headings may go on with the one before it: its rows would be lost without a word.
    """
    goes_on = False
    for sheet in book.sheets:
        codes = {code for _, code in sheet.doubts}
        goes_on = sheet.name in with_table or (goes_on and WITHOUT_HEADINGS in codes)
        is_lost = goes_on and sheet.name not in with_table
        for cell, code in sheet.doubts:
            says_something = sheet.name in with_table or sheet.name in with_header
            if is_lost if code == WITHOUT_HEADINGS else says_something or is_lost:
                yield finding(campaign, code, Place(sheet.name, cell))
