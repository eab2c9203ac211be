"""Rows of a part into their table and back, field by field of their dataclass. Knows no verdict."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from sys import intern
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select

from domain.forms import Part
from domain.submissions import ROW_TYPES, TYPED_FIELDS, Row
from tasks.store.columns import canonical_json
from tasks.store.inserting import insert_new
from tasks.store.tables import ROW_TABLES, column_maps

_NO_RAW: Mapping[str, str] = MappingProxyType({})
MOST_IN_A_LIST = 10_000  # SQLite takes 32,766 values in one statement, PostgreSQL 65,535


def write_rows(connection: Connection, verdict_id: int, parts: Mapping[Part, Sequence[Row]]) -> None:
    """Every row of every part, in the order of the file; one executemany a part, a list of VALUES is slow."""
    for part, rows in parts.items():
        map_ids = _store_maps(connection, rows)
        values = [
            {
                "verdict_id": verdict_id,
                "position": n,
                "column_map": map_ids[id(row.columns)],
                **_values(part, row),
            }
            for n, row in enumerate(rows)
        ]
        if values:
            connection.execute(ROW_TABLES[part].insert(), values)


def read_rows(
    connection: Connection, part: Part, verdict_ids: Iterable[int]
) -> Mapping[int, tuple[Row, ...]]:
    """Verdict -> its rows of one part, in the order of the file; a verdict without a row has no key."""
    wanted = sorted(verdict_ids)
    maps = {m.id: m.columns for m in connection.execute(column_maps.select())} if wanted else {}
    found: dict[int, list[Row]] = {}
    for values in _stored(connection, ROW_TABLES[part], wanted):
        found.setdefault(values["verdict_id"], []).append(_row(part, values, maps[values["column_map"]]))
    return {verdict_id: tuple(rows) for verdict_id, rows in found.items()}


def _stored(connection: Connection, table: Table, verdict_ids: Sequence[int]) -> Iterator[RowMapping]:
    query = select(table).order_by(table.c.verdict_id, table.c.position)
    for start in range(0, len(verdict_ids), MOST_IN_A_LIST):
        some = verdict_ids[start : start + MOST_IN_A_LIST]
        yield from connection.execute(query.where(table.c.verdict_id.in_(some))).mappings()


def _values(part: Part, row: Row) -> dict[str, Any]:
    place = {"sheet": row.sheet, "row": row.row, "raw": dict(row.raw) or None}
    return place | {name: getattr(row, name) for name in TYPED_FIELDS[part]}


def _row(part: Part, values: RowMapping, columns: Mapping[str, str]) -> Row:
    typed = {name: values[name] for name in TYPED_FIELDS[part]}
    sheet, raw = intern(values["sheet"]), values["raw"] or _NO_RAW  # a week has 200 rows for every unit
    return ROW_TYPES[part](sheet=sheet, row=values["row"], columns=columns, raw=raw, **typed)


def _store_maps(connection: Connection, rows: Sequence[Row]) -> Mapping[int, str]:
    """id() of each map object -> its stored id. Rows of one table share the object: hashed once, not once a row."""
    texts = {
        known: canonical_json(dict(c)) for known, c in {id(row.columns): row.columns for row in rows}.items()
    }
    ids = {text: hashlib.sha256(text.encode()).hexdigest() for text in sorted(set(texts.values()))}
    for text, map_id in ids.items():
        connection.execute(insert_new(connection, column_maps).values(id=map_id, columns=json.loads(text)))
    return {known: ids[text] for known, text in texts.items()}
