"""The first tables: submissions, verdicts with their rows, revisions, outbox.

Written out in full, never derived from tables.py: it must go on making what it made when it was written.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT, INT, LONG, DATE = sa.Text(), sa.Integer(), sa.BigInteger(), sa.Date()
UTC = sa.DateTime(timezone=True)
Kind = sa.types.TypeEngine[Any]


def upgrade() -> None:
    """Parents before children."""
    _submissions()
    _verdicts()
    _column_maps()
    _configurations()
    _revisions()
    _documents()
    _deliveries()
    _replies()
    _progress_rows()
    _dossier_rows()
    _debt_rows()
    _verification_rows()
    _remark_rows()


def _stated(name: str, kind: Kind, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, comment=comment)


def _optional(name: str, kind: Kind, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True, comment=comment)


def _submissions() -> None:
    op.create_table(
        "submissions",
        _stated("id", INT, "our number; never published"),
        _stated("campaign", TEXT, "id of the campaign"),
        _stated("reporter", TEXT, "id of the reporter in the roster"),
        _stated("week", TEXT, "reporting week, e.g. 2023-W15"),
        _stated("sha256", TEXT, "hash of the file's bytes in the archive, hexadecimal"),
        _stated("file_name", TEXT, "name under which the file came"),
        _stated("size", LONG, "bytes"),
        _stated("received_at", UTC, "when it came, UTC; decides lateness"),
        _stated("stated_by", TEXT, "who stated received_at in a back-fill; empty = our clock"),
        _stated("channel", TEXT, "way in: folder, mailbox, http, back-fill"),
        _stated("recorded_at", UTC, "when we first recorded it, UTC; decides what was known as of a moment"),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.UniqueConstraint(
            "campaign", "reporter", "week", "sha256", name="uq_submissions_campaign_reporter_week_sha256"
        ),
        comment="one file for one reporter and week; the same bytes for another week are another submission",
    )
    op.create_index("ix_submissions_campaign_week", "submissions", ["campaign", "week"])
    op.create_index("ix_submissions_sha256", "submissions", ["sha256"])


def _verdicts() -> None:
    op.create_table(
        "verdicts",
        _stated("id", INT, "our number; never published"),
        _stated("submission_id", INT, "the file judged"),
        _stated("judged_by", TEXT, "hash of the configuration and the rules that judged"),
        _stated("state", TEXT, "accepted, returned or quarantined"),
        _stated("nil", sa.Boolean(), "the file says: nothing changed since the last accepted report"),
        _optional("nil_source", TEXT, "sheet, cell and raw text of the nil statement; null = none"),
        _stated("form", TEXT, "id of the form recognised; empty = none"),
        _stated("header", TEXT, "header field -> text as read"),
        _stated("parts", TEXT, "list of the parts that the file carries, also those without a row"),
        _stated("findings", TEXT, "list of code, severity, sheet, cell and facts"),
        _stated("recorded_at", UTC, "when it was recorded, UTC; the latest one is in force"),
        sa.PrimaryKeyConstraint("id", name="pk_verdicts"),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name="fk_verdicts_submission_id"),
        sa.UniqueConstraint("submission_id", "judged_by", name="uq_verdicts_submission_id_judged_by"),
        comment="what was decided over one file; never updated, judged again = another row",
    )


def _column_maps() -> None:
    op.create_table(
        "column_maps",
        _stated("id", TEXT, "hash of the map's canonical JSON, hexadecimal"),
        _stated("columns", TEXT, "field -> column letter, e.g. judgement -> G"),
        sa.PrimaryKeyConstraint("id", name="pk_column_maps"),
        comment="which field stood in which column; shared by all rows of one layout",
    )


def _configurations() -> None:
    op.create_table(
        "configurations",
        _stated("hash", TEXT, "hash of every byte of the configuration, hexadecimal"),
        _stated("files", TEXT, "file name -> hash of its bytes in the archive"),
        _stated("recorded_at", UTC, "when it was first used, UTC"),
        sa.PrimaryKeyConstraint("hash", name="pk_configurations"),
        comment="the configurations under which revisions were issued",
    )


def _revisions() -> None:
    op.create_table(
        "revisions",
        _stated("key", TEXT, "campaign:week:number; the idempotency key of its deliveries"),
        _stated("campaign", TEXT, "id of the campaign"),
        _stated("week", TEXT, "reporting week, e.g. 2023-W15"),
        _stated("number", INT, "1 at the close, then one more whenever a figure changes"),
        _stated("summary_sha256", TEXT, "hash of summary.json in the archive, hexadecimal"),
        _stated("config_hash", TEXT, "the configuration it was computed with"),
        _stated("code_version", TEXT, "version of the code that computed it"),
        _stated("reason", TEXT, "why it was issued; empty for the weekly run"),
        _stated("acted_by", TEXT, "who started it"),
        _stated("as_of", UTC, "moment of the snapshot that it says, UTC"),
        _stated("recorded_at", UTC, "when it was recorded, UTC"),
        sa.PrimaryKeyConstraint("key", name="pk_revisions"),
        sa.ForeignKeyConstraint(["config_hash"], ["configurations.hash"], name="fk_revisions_config_hash"),
        sa.UniqueConstraint("campaign", "week", "number", name="uq_revisions_campaign_week_number"),
        comment="what was issued for a week; never updated",
    )


def _documents() -> None:
    op.create_table(
        "documents",
        _stated("key", TEXT, "the revision it belongs to"),
        _stated("name", TEXT, "file name as published"),
        _stated("sha256", TEXT, "hash of its bytes in the archive, hexadecimal"),
        _stated("size", LONG, "bytes"),
        sa.PrimaryKeyConstraint("key", "name", name="pk_documents"),
        sa.ForeignKeyConstraint(["key"], ["revisions.key"], name="fk_documents_key"),
        comment="the files of a revision",
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        _stated("key", TEXT, "the revision to hand over; sent as idempotency key"),
        _stated("recipient", TEXT, "id of the recipient in the campaign"),
        _stated("state", TEXT, "pending, delivered or refused"),
        _stated("attempts", INT, "how often the hand-over was begun"),
        _stated("last_error", TEXT, "what the last failed attempt said; empty = none failed"),
        _stated("receipt", TEXT, "what the receiver confirmed with; empty = not yet"),
        _stated("recorded_at", UTC, "when it was put in the outbox, UTC: with its revision"),
        _optional("delivered_at", UTC, "when the receiver confirmed, UTC; null = not yet"),
        sa.PrimaryKeyConstraint("key", "recipient", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["key"], ["revisions.key"], name="fk_deliveries_key"),
        comment="the outbox: one revision for one recipient, written in the transaction of the revision",
    )
    op.create_index("ix_deliveries_state", "deliveries", ["state"])


def _replies() -> None:
    op.create_table(
        "replies",
        _stated("verdict_id", INT, "the verdict that it tells"),
        _stated("submission_id", INT, "the file it answers"),
        _stated("sha256", TEXT, "hash of the reply in the archive, hexadecimal"),
        _stated("path", TEXT, "where it was put, relative to the data folder"),
        _stated("recorded_at", UTC, "when it was written, UTC"),
        sa.PrimaryKeyConstraint("verdict_id", name="pk_replies"),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdicts.id"], name="fk_replies_verdict_id"),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name="fk_replies_submission_id"),
        comment="the answer to a sender: at most one for each verdict",
    )


def _row_table(name: str, *typed: sa.Column[Any], comment: str) -> None:
    op.create_table(
        name,
        _stated("verdict_id", INT, "the verdict that accepted the file"),
        _stated("position", INT, "order in the file, from 0"),
        _stated("sheet", TEXT, "sheet in the file"),
        _stated("row", INT, "row in the sheet, from 1"),
        _stated("column_map", TEXT, "which field stood in which column"),
        _optional("raw", TEXT, "field -> text of the cell, only where it is not canonical; null = nowhere"),
        *typed,
        sa.PrimaryKeyConstraint("verdict_id", "position", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdicts.id"], name=f"fk_{name}_verdict_id"),
        sa.ForeignKeyConstraint(["column_map"], ["column_maps.id"], name=f"fk_{name}_column_map"),
        comment=comment,
    )


def _progress_rows() -> None:
    _row_table(
        "progress_rows",
        _stated("indicator", TEXT, "code of the indicator, criterion or condition; text"),
        _stated("judgement", TEXT, "met, nearly_met, not_met or not_stated"),
        _optional("result", TEXT, "in the indicator's unit, percent points 0-100; exact decimal as text"),
        _stated("result_text", TEXT, "the result as written"),
        _optional("completion", TEXT, "percent points 0-100; exact decimal as text"),
        _optional("planned_on", DATE, "planned date of completion"),
        _stated("note", TEXT, "remark of the sender"),
        comment="one indicator as a commune sees it",
    )


def _dossier_rows() -> None:
    _row_table(
        "dossier_rows",
        _stated("indicator", TEXT, "code of the indicator, criterion or condition; text"),
        _stated("document", TEXT, "name of the evidence document"),
        _optional("state", TEXT, "state of the document, not_started ... complete; null = not stated"),
        _stated("guided_by", TEXT, "agency that guides"),
        _optional("sent_on", DATE, "date it was sent"),
        _optional("answered_on", DATE, "date of the answer"),
        _stated("lacking", TEXT, "what is still missing"),
        comment="one evidence document of an indicator",
    )


def _debt_rows() -> None:
    _row_table(
        "debt_rows",
        _stated("project", TEXT, "name of the project"),
        _stated("kind", TEXT, "project, total or no_debt"),
        _stated("decision", TEXT, "number and date of the investment decision"),
        _stated("term", TEXT, "start and completion as written"),
        _optional("total_investment", LONG, "whole đồng; null = not stated"),
        _optional("settled", LONG, "approved settlement, whole đồng; null = not stated"),
        _optional("accepted", LONG, "volume accepted, whole đồng; null = not stated"),
        _optional(
            "allotted_central", LONG, "capital allotted by the central budget, whole đồng; null = not stated"
        ),
        _optional(
            "allotted_province", LONG, "capital allotted by the province, whole đồng; null = not stated"
        ),
        _optional(
            "allotted_district", LONG, "capital allotted by the district, whole đồng; null = not stated"
        ),
        _optional("allotted_commune", LONG, "capital allotted by the commune, whole đồng; null = not stated"),
        _optional(
            "allotted_other", LONG, "capital allotted from bonds and others, whole đồng; null = not stated"
        ),
        _optional(
            "allotted_people", LONG, "capital from people and enterprises, whole đồng; null = not stated"
        ),
        _optional("paid", LONG, "paid so far, whole đồng; null = not stated"),
        _optional("stated_debt", LONG, "debt as the sender states it, whole đồng; null = not stated"),
        _optional("debt_before_2015", LONG, "part of it from before 1/1/2015, whole đồng; null = not stated"),
        _stated("repayment", TEXT, "source and term of repayment"),
        _stated("note", TEXT, "remark of the sender"),
        _stated("unit", LONG, "đồng in one of the unit the row was written in"),
        _stated("last_digit", LONG, "đồng in one of the last digit shown"),
        comment="one construction project and its debt; null = not stated, never zero",
    )


def _verification_rows() -> None:
    _row_table(
        "verification_rows",
        _stated("commune", TEXT, "id of the commune"),
        _stated("indicator", TEXT, "code of the indicator, criterion or condition; text"),
        _stated("judgement", TEXT, "met, nearly_met, not_met or not_stated"),
        _stated("commune_said", TEXT, "what the agency quotes of the commune"),
        _stated("dossier_state", TEXT, "state of the dossier as written"),
        _stated("lacking", TEXT, "what is still missing"),
        _optional("checked_on", DATE, "date of guidance or check"),
        _stated("province_said", TEXT, "opinion of the province's departments"),
        _optional("expected_on", DATE, "date on which it is expected to be met"),
        _stated("proposal", TEXT, "proposal of the agency"),
        comment="what an agency found for one indicator of one commune",
    )


def _remark_rows() -> None:
    _row_table(
        "remark_rows",
        _stated("subject", TEXT, "guidance, difficulties, causes, proposals or next_week"),
        _stated("text", TEXT, "the text as sent"),
        comment="one subject of free text",
    )
