"""The tables. A citizen is known by a hash of the sender; texts arrive with tokens for numbers.

Columns called `sealed` hold AES-GCM, `*_hash` a keyed hash (`office/keys.py`).
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """A moment, aware in and aware out; SQLite keeps no zone, so UTC is what is kept."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


conversations = Table(
    "conversations",
    metadata,
    Column("sender", String(64), primary_key=True),
    Column("language", String(8)),
    Column("article", String(100)),
    Column("region", String(40)),
    Column("spoken", String(8)),
    Column("expects", String(20)),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sender", String(64), nullable=False, index=True),
    Column("message_id", String(64), nullable=False),
    Column("question", Text),
    Column("channel", String(20)),
    Column("reply", JSON, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("sender", "message_id"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("turn", Integer, ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

gaps = Table(
    "gaps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("turn", Integer, ForeignKey("turns.id", ondelete="SET NULL"), unique=True),
    Column("question", Text, nullable=False),
    Column("outcome", String(20), nullable=False, index=True),
    Column("hits", JSON, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

vault_keys = Table(
    "vault_keys",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("telltale", String(16), nullable=False),
)

vault = Table(
    "vault",
    metadata,
    Column("token", String(16), primary_key=True),
    Column("citizen", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("value_hash", String(64), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    UniqueConstraint("citizen", "kind", "value_hash"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("actor", String(64), nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("detail", JSON, nullable=False),
)

applications = Table(
    "applications",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("service", String(40), nullable=False),
    Column("stage", String(40), nullable=False),
    Column("stage_on", Date, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("accepted_on", Date),
    Column("office", String(60), nullable=False),
    Column("extended", Boolean, nullable=False),
    Column("missing", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("updated_at", Moment, nullable=False),
)

applicants = Table(
    "applicants",
    metadata,
    Column("application", String(20), ForeignKey("applications.number", ondelete="CASCADE")),
    Column("place", Integer),
    Column("masked_name", String(40), nullable=False),
    Column("person_hash", String(64), index=True),
    Column("id_proof_hash", String(64)),
    Column("phone_proof_hash", String(64)),
    Column("sealed", Text, nullable=False),
    PrimaryKeyConstraint("application", "place"),
)

proof_attempts = Table(
    "proof_attempts",
    metadata,
    Column("citizen", String(64)),
    Column("scope", String(64)),
    Column("count", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    PrimaryKeyConstraint("citizen", "scope"),
)

codes = Table(
    "codes",
    metadata,
    Column("citizen", String(64)),
    Column("number_hash", String(64)),
    Column("code_hash", String(64), nullable=False),
    Column("place", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
    PrimaryKeyConstraint("citizen", "number_hash"),
)

watches = Table(
    "watches",
    metadata,
    Column("citizen", String(64)),
    Column("application", String(20), index=True),
    Column("channel", String(20), nullable=False),
    Column("created_at", Moment, nullable=False),
    PrimaryKeyConstraint("citizen", "application"),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("citizen", String(64), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("reply", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("delivered_at", Moment),
    UniqueConstraint("citizen", "subject"),
)
