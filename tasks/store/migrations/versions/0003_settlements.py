"""What people decide over quarantined files: a release becomes one of four decisions.

A table of its own name and not two more columns: SQLite adds no foreign key to a table that is there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT, INT = sa.Text(), sa.Integer()


def upgrade() -> None:
    """Every release so far said: this reporter's and this week's, as it lies."""
    _settlements()
    op.execute(
        "INSERT INTO settlements (submission_id, decision, decided_by, reason, settled_as, recorded_at) "
        "SELECT submission_id, 'released', released_by, reason, NULL, recorded_at FROM releases"
    )
    op.drop_table("releases")
    if op.get_context().dialect.supports_comments:
        _say_that_superseded_is_recorded_too()


def _settlements() -> None:
    op.create_table(
        "settlements",
        sa.Column(
            "submission_id", INT, nullable=False, comment="the quarantined file that somebody decided over"
        ),
        sa.Column("decision", TEXT, nullable=False, comment="released, moved, typed or refused"),
        sa.Column("decided_by", TEXT, nullable=False, comment="role of who decided"),
        sa.Column("reason", TEXT, nullable=False, comment="why, as the sender is told it"),
        sa.Column(
            "settled_as",
            INT,
            nullable=True,
            comment="the submission that stands in its place; null = none, it was released or refused",
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was recorded, UTC: with the verdict that it led to",
        ),
        sa.PrimaryKeyConstraint("submission_id", name="pk_settlements"),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name="fk_settlements_submission_id"),
        sa.ForeignKeyConstraint(["settled_as"], ["submissions.id"], name="fk_settlements_settled_as"),
        comment="what people decided over quarantined files; the first decision over a file stands",
    )
    op.create_index("ix_settlements_settled_as", "settlements", ["settled_as"])


def _say_that_superseded_is_recorded_too() -> None:
    op.alter_column(
        "verdicts",
        "state",
        existing_type=TEXT,
        existing_nullable=False,
        existing_comment="accepted, returned or quarantined",
        comment="accepted, returned or quarantined; superseded: settled as another submission",
    )
