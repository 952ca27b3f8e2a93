"""Conversations, turns, feedback, gaps."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("sender", sa.String(64), primary_key=True),
        sa.Column("language", sa.String(8)),
        sa.Column("article", sa.String(100)),
        sa.Column("updated_at", _WHEN, nullable=False),
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender", sa.String(64), nullable=False, index=True),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("reply", sa.JSON, nullable=False),
        sa.Column("created_at", _WHEN, nullable=False),
        sa.UniqueConstraint("sender", "message_id"),
    )
    op.create_table(
        "feedback",
        sa.Column(
            "turn", sa.Integer, sa.ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("created_at", _WHEN, nullable=False),
    )
    op.create_table(
        "gaps",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False, index=True),
        sa.Column("hits", sa.JSON, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("created_at", _WHEN, nullable=False),
    )


def downgrade() -> None:
    for table in ("gaps", "feedback", "turns", "conversations"):
        op.drop_table(table)
