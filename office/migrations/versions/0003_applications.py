"""The vault, its audit, applications with their applicants, proofs, watches and notices."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_APPLICATION = sa.ForeignKey("applications.number", ondelete="CASCADE")
_TABLES = (
    "notices",
    "watches",
    "codes",
    "proof_attempts",
    "applicants",
    "applications",
    "audit",
    "vault",
    "vault_keys",
)


def upgrade() -> None:
    with op.batch_alter_table("conversations") as table:
        table.add_column(sa.Column("expects", sa.String(20)))
    _privacy()
    _applications()
    _identity()
    _notices()


def downgrade() -> None:
    for name in _TABLES:
        op.drop_table(name)
    with op.batch_alter_table("conversations") as table:
        table.drop_column("expects")


def _privacy() -> None:
    op.create_table(
        "vault_keys",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("telltale", sa.String(16), nullable=False),
    )
    op.create_table(
        "vault",
        sa.Column("token", sa.String(16), primary_key=True),
        sa.Column("citizen", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("value_hash", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("citizen", "kind", "value_hash"),
    )
    op.create_index("ix_vault_expires_at", "vault", ["expires_at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
    )
    op.create_index("ix_audit_at", "audit", ["at"])


def _applications() -> None:
    op.create_table(
        "applications",
        sa.Column("number", sa.String(20), primary_key=True),
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("stage_on", sa.Date, nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("accepted_on", sa.Date),
        sa.Column("office", sa.String(60), nullable=False),
        sa.Column("extended", sa.Boolean, nullable=False),
        sa.Column("missing", sa.JSON, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "applicants",
        sa.Column(
            "application", sa.String(20), sa.ForeignKey("applications.number", ondelete="CASCADE")
        ),
        sa.Column("place", sa.Integer),
        sa.Column("masked_name", sa.String(40), nullable=False),
        sa.Column("person_hash", sa.String(64)),
        sa.Column("id_proof_hash", sa.String(64)),
        sa.Column("phone_proof_hash", sa.String(64)),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("application", "place"),
    )
    op.create_index("ix_applicants_person_hash", "applicants", ["person_hash"])


def _identity() -> None:
    op.create_table(
        "proof_attempts",
        sa.Column("citizen", sa.String(64)),
        sa.Column("scope", sa.String(64)),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("citizen", "scope"),
    )
    op.create_table(
        "codes",
        sa.Column("citizen", sa.String(64)),
        sa.Column("number_hash", sa.String(64)),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("citizen", "number_hash"),
    )


def _notices() -> None:
    op.create_table(
        "watches",
        sa.Column("citizen", sa.String(64)),
        sa.Column("application", sa.String(20)),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("citizen", "application"),
    )
    op.create_index("ix_watches_application", "watches", ["application"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("citizen", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("reply", sa.JSON, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("delivered_at", _MOMENT),
        sa.UniqueConstraint("citizen", "subject"),
    )
