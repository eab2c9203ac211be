"""Which projects belong to the programme whose gate asks for no debt. Of rows that are there nobody has said it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "debt_rows",
        sa.Column(
            "in_programme",
            sa.Boolean(),
            nullable=True,
            comment="whether it belongs to the programme (CT MTQG xây dựng NTM), as stated; null = not stated",
        ),
    )
