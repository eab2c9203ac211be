"""A worksheet of which XlsxWriter never holds more than a row. Knows how; knows nothing of what stands in it.

`constant_memory` writes a row away as soon as the next one begins, so rows are filled from the top. What it keeps of
each for ever are its height and, for a merge over two rows, that neither is written yet; here neither is needed.
"""

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet


class RowByRow(Worksheet):
    """After the last cell of a row comes its height, and then the next row."""

    def set_height(self, row: int, points: float) -> None:
        """Of the row that is being filled; it is written away with it. Of a million rows the heights alone would take
        250 MB: XlsxWriter keeps them for drawings, which no sheet of ours has."""
        self.row_info.clear()
        self.row_sizes.clear()
        self.set_row(row, points)

    def merge_with_above(self, row: int, column: int, look: Format) -> None:
        """`merge_range` would go back to the row above, which is written."""
        self.write_blank(row, column, None, look)
        self.merge.append([row - 1, column, row, column])
