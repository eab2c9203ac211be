"""Writes docs/data-dictionary.md from the comments of the tables: `python -m tasks.store.dictionary FILE`."""

import sys
from pathlib import Path

from sqlalchemy import Table

from tasks.store.tables import metadata

_TOP = """# Data dictionary

Written from the comments in `tasks/store/tables.py` by
`python -m tasks.store.dictionary docs/data-dictionary.md`; a test fails where it is old.
Times are UTC, money is whole đồng, null always means "not stated", never zero.
"""


def data_dictionary() -> str:
    """The whole document, tables in the order in which they are declared."""
    return "\n".join([_TOP, *(_table(table) for table in metadata.tables.values())])


def _table(table: Table) -> str:
    lines = [
        f"## {table.name}",
        "",
        f"{table.comment}.",
        "",
        "| column | type | null | meaning |",
        "|---|---|---|---|",
    ]
    for column in table.columns:
        key = " (key)" if column.primary_key else ""
        kind = type(column.type).__name__
        lines.append(
            f"| {column.name}{key} | {kind} | {'yes' if column.nullable else ''} | {column.comment} |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(data_dictionary(), encoding="utf-8")
