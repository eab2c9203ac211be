"""Writes docs/data-dictionary.md: `python -m tasks.store.dictionary FILE`. From the comments of the tables, the rules,
the sentences of findings and the forms of the sample campaign."""

import sys
from pathlib import Path

from sqlalchemy import Table

from config.dictionary import finding_codes, form_fields
from config.facts import load_campaign, load_messages
from config.rule_cases import CAMPAIGN
from tasks.store.tables import metadata

_TOP = """# Data dictionary

Written from the comments in `tasks/store/tables.py`, the rules, the sentences of findings and the forms by
`python -m tasks.store.dictionary docs/data-dictionary.md`; a test fails where it is old.
Times are UTC, money is whole đồng, null always means "not stated", never zero.
What is published, figure by figure: [figures.md](figures.md).
"""


def data_dictionary() -> str:
    """The whole document: tables in the order in which they are declared, then the words that stand in them."""
    tables = (_table(table) for table in metadata.tables.values())
    forms = (form_fields(form) for form in load_campaign(CAMPAIGN).forms)
    return "\n".join([_TOP, *tables, finding_codes(load_messages()), *forms])


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
