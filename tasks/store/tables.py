"""What is kept: every table and column, with its meaning. Knows no query and no connection.

A row table has one column for each field of its row dataclass in domain/submissions.py, derived from it; a
field without a comment below stops the import, so the two cannot drift. Changes need a migration
(migrations/versions). docs/data-dictionary.md is written from the comments.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_type_hints

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from domain.forms import Part
from domain.judgement import Matter, Witness
from domain.submissions import ROW_TYPES, TYPED_FIELDS, SubmissionState
from tasks.store.columns import CanonicalJson, ExactDecimal, UtcTime, Week, Word


class DeliveryState(StrEnum):
    """pending until the receiver confirms; refused needs a person."""

    PENDING = "pending"
    DELIVERED = "delivered"
    REFUSED = "refused"


class Decision(StrEnum):
    """What a person says of a quarantined file: its folder's report as it lies, another unit's or week's, a scan that
    was typed into the form, no report."""

    RELEASED = "released"
    MOVED = "moved"
    TYPED = "typed"
    REFUSED = "refused"


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _stated(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], comment: str) -> Column[Any]:
    return Column(name, kind, nullable=False, comment=comment)


def _optional(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], comment: str) -> Column[Any]:
    return Column(name, kind, nullable=True, comment=comment)


def _reference(name: str, target: str, comment: str) -> Column[Any]:
    return Column(name, ForeignKey(target), nullable=False, comment=comment)


submissions = Table(
    "submissions",
    metadata,
    Column("id", Integer, primary_key=True, comment="our number; never published"),
    _stated("campaign", Text, "id of the campaign"),
    _stated("reporter", Text, "id of the reporter in the roster"),
    _stated("week", Week, "reporting week, e.g. 2023-W15"),
    _stated("sha256", Text, "hash of the file's bytes in the archive, hexadecimal"),
    _stated("file_name", Text, "name under which the file came"),
    _stated("size", BigInteger, "bytes"),
    _stated("received_at", UtcTime, "when it came, UTC; decides lateness"),
    _stated("stated_by", Text, "who stated received_at in a back-fill; empty = our clock"),
    _stated("channel", Text, "way in: folder, mailbox, http, back-fill"),
    _stated("recorded_at", UtcTime, "when we first recorded it, UTC; decides what was known as of a moment"),
    UniqueConstraint("campaign", "reporter", "week", "sha256"),
    Index(None, "campaign", "week"),
    Index(None, "sha256"),
    comment="one file for one reporter and week; the same bytes for another week are another submission",
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True, comment="our number; never published"),
    _reference("submission_id", "submissions.id", "the file judged"),
    _stated("judged_by", Text, "hash of the configuration and the rules that judged"),
    _stated(
        "state",
        Word(SubmissionState),
        "accepted, returned or quarantined; superseded: settled as another submission",
    ),
    _stated("nil", Boolean, "the file says: nothing changed since the last accepted report"),
    _optional("nil_source", CanonicalJson, "sheet, cell and raw text of the nil statement; null = none"),
    _stated("form", Text, "id of the form recognised; empty = none"),
    _stated("header", CanonicalJson, "header field -> text as read"),
    _stated("parts", CanonicalJson, "list of the parts that the file carries, also those without a row"),
    _stated("findings", CanonicalJson, "list of code, severity, sheet, cell and facts"),
    _stated("recorded_at", UtcTime, "when it was recorded, UTC; the latest one is in force"),
    UniqueConstraint("submission_id", "judged_by"),
    comment="what was decided over one file; never updated, judged again = another row",
)

settlements = Table(
    "settlements",
    metadata,
    Column(
        "submission_id",
        ForeignKey("submissions.id"),
        primary_key=True,
        comment="the quarantined file that somebody decided over",
    ),
    _stated("decision", Word(Decision), "released, moved, typed or refused"),
    _stated("decided_by", Text, "role of who decided"),
    _stated("reason", Text, "why, as the sender is told it"),
    Column(
        "settled_as",
        ForeignKey("submissions.id"),
        nullable=True,
        comment="the submission that stands in its place; null = none, it was released or refused",
    ),
    _stated("recorded_at", UtcTime, "when it was recorded, UTC: with the verdict that it led to"),
    Index(None, "settled_as"),
    comment="what people decided over quarantined files; the first decision over a file stands",
)

case_decisions = Table(
    "case_decisions",
    metadata,
    _stated("campaign", Text, "id of the campaign"),
    _stated("commune", Text, "id of the commune that the case is about"),
    _stated("code", Text, "code of the indicator; text"),
    _stated("matter", Word(Matter), "what the two differ in: judgement, dossiers or result"),
    _stated("week", Week, "reporting week as whose case it was decided, e.g. 2023-W15"),
    _stated("commune_said", Text, "the commune's word that it was taken over, e.g. met"),
    _stated("agency_said", Text, "the agency's word that it was taken over"),
    _stated("follows", Word(Witness), "whose word the department follows: commune or agency"),
    _stated("decided_by", Text, "role of who decided"),
    _stated("reason", Text, "why, as it is published"),
    _stated("recorded_at", UtcTime, "when it was recorded, UTC; decides what was known as of a moment"),
    PrimaryKeyConstraint("campaign", "commune", "code", "matter", "week", "commune_said", "agency_said"),
    comment="what was decided over cases between two witnesses; the first over the same words of a week stands",
)

column_maps = Table(
    "column_maps",
    metadata,
    Column("id", Text, primary_key=True, comment="hash of the map's canonical JSON, hexadecimal"),
    _stated("columns", CanonicalJson, "field -> column letter, e.g. judgement -> G"),
    comment="which field stood in which column; shared by all rows of one layout",
)

configurations = Table(
    "configurations",
    metadata,
    Column("hash", Text, primary_key=True, comment="hash of every byte of the configuration, hexadecimal"),
    _stated("files", CanonicalJson, "file name -> hash of its bytes in the archive"),
    _stated("recorded_at", UtcTime, "when it was first used, UTC"),
    comment="the configurations under which revisions were issued",
)

revisions = Table(
    "revisions",
    metadata,
    Column(
        "key", Text, primary_key=True, comment="campaign:week:number; the idempotency key of its deliveries"
    ),
    _stated("campaign", Text, "id of the campaign"),
    _stated("week", Week, "reporting week, e.g. 2023-W15"),
    _stated("number", Integer, "1 at the close, then one more whenever a figure changes"),
    _stated("summary_sha256", Text, "hash of summary.json in the archive, hexadecimal"),
    _reference("config_hash", "configurations.hash", "the configuration it was computed with"),
    _stated("code_version", Text, "version of the code that computed it"),
    _stated("reason", Text, "why it was issued; empty for the weekly run"),
    _stated("acted_by", Text, "who started it"),
    _stated("as_of", UtcTime, "moment of the snapshot that it says, UTC"),
    _stated("recorded_at", UtcTime, "when it was recorded, UTC"),
    UniqueConstraint("campaign", "week", "number"),
    comment="what was issued for a week; never updated",
)

documents = Table(
    "documents",
    metadata,
    _reference("key", "revisions.key", "the revision it belongs to"),
    _stated("name", Text, "file name as published"),
    _stated("sha256", Text, "hash of its bytes in the archive, hexadecimal"),
    _stated("size", BigInteger, "bytes"),
    PrimaryKeyConstraint("key", "name"),
    comment="the files of a revision",
)

deliveries = Table(
    "deliveries",
    metadata,
    _reference("key", "revisions.key", "the revision to hand over; sent as idempotency key"),
    _stated("recipient", Text, "id of the recipient in the campaign"),
    _stated("state", Word(DeliveryState), "pending, delivered or refused"),
    _stated("attempts", Integer, "how often the hand-over was begun"),
    _stated("last_error", Text, "what the last failed attempt said; empty = none failed"),
    _stated("receipt", Text, "what the receiver confirmed with; empty = not yet"),
    _stated("recorded_at", UtcTime, "when it was put in the outbox, UTC: with its revision"),
    _optional("delivered_at", UtcTime, "when the receiver confirmed, UTC; null = not yet"),
    PrimaryKeyConstraint("key", "recipient"),
    Index(None, "state"),
    comment="the outbox: one revision for one recipient, written in the transaction of the revision",
)

replies = Table(
    "replies",
    metadata,
    Column("verdict_id", ForeignKey("verdicts.id"), primary_key=True, comment="the verdict that it tells"),
    _reference("submission_id", "submissions.id", "the file it answers"),
    _stated("sha256", Text, "hash of the reply in the archive, hexadecimal"),
    _stated("path", Text, "where it was put, relative to the data folder"),
    _stated("recorded_at", UtcTime, "when it was written, UTC"),
    comment="the answer to a sender: at most one for each verdict",
)

# --- rows: one table for each part --------------------------------------------------------------------------

ROW_TABLE_NAMES: Mapping[Part, tuple[str, str]] = {
    Part.PROGRESS: ("progress_rows", "one indicator as a commune sees it"),
    Part.DOSSIERS: ("dossier_rows", "one evidence document of an indicator"),
    Part.DEBT: ("debt_rows", "one construction project and its debt; null = not stated, never zero"),
    Part.VERIFICATION: ("verification_rows", "what an agency found for one indicator of one commune"),
    Part.REMARKS: ("remark_rows", "one subject of free text"),
}

_DONG = "whole đồng; null = not stated"
_FIELD_COMMENTS: Mapping[str, str] = {
    "indicator": "code of the indicator, criterion or condition; text",
    "judgement": "met, nearly_met, not_met or not_stated",
    "result": "in the indicator's unit, percent points 0-100; exact decimal as text",
    "result_text": "the result as written",
    "completion": "percent points 0-100; exact decimal as text",
    "planned_on": "planned date of completion",
    "note": "remark of the sender",
    "document": "name of the evidence document",
    "state": "state of the document, not_started ... complete; null = not stated",
    "guided_by": "agency that guides",
    "sent_on": "date it was sent",
    "answered_on": "date of the answer",
    "lacking": "what is still missing",
    "project": "name of the project",
    "kind": "project, total or no_debt",
    "decision": "number and date of the investment decision",
    "term": "start and completion as written",
    "total_investment": _DONG,
    "settled": f"approved settlement, {_DONG}",
    "accepted": f"volume accepted, {_DONG}",
    "allotted_central": f"capital allotted by the central budget, {_DONG}",
    "allotted_province": f"capital allotted by the province, {_DONG}",
    "allotted_district": f"capital allotted by the district, {_DONG}",
    "allotted_commune": f"capital allotted by the commune, {_DONG}",
    "allotted_other": f"capital allotted from bonds and others, {_DONG}",
    "allotted_people": f"capital from people and enterprises, {_DONG}",
    "paid": f"paid so far, {_DONG}",
    "stated_debt": f"debt as the sender states it, {_DONG}",
    "debt_before_2015": f"part of it from before 1/1/2015, {_DONG}",
    "repayment": "source and term of repayment",
    "in_programme": "whether it belongs to the programme (CT MTQG xây dựng NTM), as stated; null = not stated",
    "unit": "đồng in one of the unit the row was written in",
    "last_digit": "đồng in one of the last digit shown",
    "commune": "id of the commune",
    "commune_said": "what the agency quotes of the commune",
    "dossier_state": "state of the dossier as written",
    "checked_on": "date of guidance or check",
    "province_said": "opinion of the province's departments",
    "expected_on": "date on which it is expected to be met",
    "proposal": "proposal of the agency",
    "subject": "guidance, difficulties, causes, proposals or next_week",
    "text": "the text as sent",
}
_KINDS: Mapping[type, type[TypeEngine[Any]]] = {
    str: Text,
    int: BigInteger,
    bool: Boolean,
    Decimal: ExactDecimal,
    date: Date,
}


def _typed_columns(part: Part) -> Iterator[Column[Any]]:
    hints = get_type_hints(ROW_TYPES[part])
    for name in TYPED_FIELDS[part]:
        kinds = [kind for kind in get_args(hints[name]) if kind is not NoneType] or [hints[name]]
        kind = Word(kinds[0]) if issubclass(kinds[0], StrEnum) else _KINDS[kinds[0]]
        yield Column(name, kind, nullable=NoneType in get_args(hints[name]), comment=_FIELD_COMMENTS[name])


def _row_table(part: Part) -> Table:
    name, comment = ROW_TABLE_NAMES[part]
    return Table(
        name,
        metadata,
        _reference("verdict_id", "verdicts.id", "the verdict that accepted the file"),
        _stated("position", Integer, "order in the file, from 0"),
        _stated("sheet", Text, "sheet in the file"),
        _stated("row", Integer, "row in the sheet, from 1"),
        _reference("column_map", "column_maps.id", "which field stood in which column"),
        _optional(
            "raw", CanonicalJson, "field -> text of the cell, only where it is not canonical; null = nowhere"
        ),
        *_typed_columns(part),
        PrimaryKeyConstraint("verdict_id", "position"),
        comment=comment,
    )


ROW_TABLES: Mapping[Part, Table] = {part: _row_table(part) for part in Part}
