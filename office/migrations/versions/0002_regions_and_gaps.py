"""A conversation's region and last language; what a turn asked, so that it can become a gap."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("conversations") as table:
        table.add_column(sa.Column("region", sa.String(40)))
        table.add_column(sa.Column("spoken", sa.String(8)))
    with op.batch_alter_table("turns") as table:
        table.add_column(sa.Column("question", sa.Text))
        table.add_column(sa.Column("channel", sa.String(20)))
    with op.batch_alter_table("gaps") as table:
        table.add_column(sa.Column("turn", sa.Integer))
        table.create_foreign_key("gaps_turn_fkey", "turns", ["turn"], ["id"], ondelete="SET NULL")
        table.create_unique_constraint("gaps_turn_key", ["turn"])


def downgrade() -> None:
    with op.batch_alter_table("gaps") as table:
        table.drop_constraint("gaps_turn_key", type_="unique")
        table.drop_constraint("gaps_turn_fkey", type_="foreignkey")
        table.drop_column("turn")
    with op.batch_alter_table("turns") as table:
        table.drop_column("channel")
        table.drop_column("question")
    with op.batch_alter_table("conversations") as table:
        table.drop_column("spoken")
        table.drop_column("region")
