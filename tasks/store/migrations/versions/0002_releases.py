"""Files that people released from quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "releases",
        sa.Column(
            "submission_id",
            sa.Integer(),
            nullable=False,
            comment="the quarantined file that somebody answered for",
        ),
        sa.Column("released_by", sa.Text(), nullable=False, comment="role of who decided"),
        sa.Column(
            "reason",
            sa.Text(),
            nullable=False,
            comment="why it is this reporter's and this week's report",
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was recorded, UTC: with the verdict that it led to",
        ),
        sa.PrimaryKeyConstraint("submission_id", name="pk_releases"),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name="fk_releases_submission_id"),
        comment="files that people released from quarantine; every later verdict over them keeps that in mind",
    )
