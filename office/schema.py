"""The tables. A conversation is known by a hash of its sender; texts arrive masked."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("sender", String(64), primary_key=True),
    Column("language", String(8)),
    Column("article", String(100)),
    Column("region", String(40)),
    Column("spoken", String(8)),
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
