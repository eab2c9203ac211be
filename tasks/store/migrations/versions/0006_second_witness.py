"""What an agency says beside its judgement: the state of an indicator's documents, and its result.

Rows of before keep the state as text only. The text of a result is never null; theirs is empty, as nobody was asked.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = sa.Text()


def upgrade() -> None:
    state = "state of the document, not_started ... complete; null = not stated"
    result = "in the indicator's unit, percent points 0-100; exact decimal as text"
    columns: tuple[sa.Column[str], ...] = (
        sa.Column("state", TEXT, nullable=True, comment=state),
        sa.Column("result", TEXT, nullable=True, comment=result),
        sa.Column("result_text", TEXT, nullable=False, server_default="", comment="the result as written"),
    )
    for column in columns:
        op.add_column("verification_rows", column)
