"""What the department that aggregates decides over cases between two witnesses."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT = sa.Text()


def upgrade() -> None:
    """A new table; nothing was decided before."""
    op.create_table(
        "case_decisions",
        _stated("campaign", "id of the campaign"),
        _stated("commune", "id of the commune that the case is about"),
        _stated("code", "code of the indicator; text"),
        _stated("matter", "what the two differ in: judgement, dossiers or result"),
        _stated("week", "reporting week as whose case it was decided, e.g. 2023-W15"),
        _stated("commune_said", "the commune's word that it was taken over, e.g. met"),
        _stated("agency_said", "the agency's word that it was taken over"),
        _stated("follows", "whose word the department follows: commune or agency"),
        _stated("decided_by", "role of who decided"),
        _stated("reason", "why, as it is published"),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was recorded, UTC; decides what was known as of a moment",
        ),
        sa.PrimaryKeyConstraint(
            "campaign",
            "commune",
            "code",
            "matter",
            "week",
            "commune_said",
            "agency_said",
            name="pk_case_decisions",
        ),
        comment="what was decided over cases between two witnesses; the first over the same words of a week stands",
    )


def _stated(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False, comment=comment)
