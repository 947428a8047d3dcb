"""What happened at a school, for the rules in its charts."""

import sqlalchemy as sa
from alembic import op

from records.utc_datetime import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "school_event",
        sa.Column("event_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column("written_at", UtcDateTime(), nullable=False, comment="when it was written down"),
        sa.Column("username", sa.String(64), nullable=False, comment="who wrote it"),
        sa.Column("staff_id", sa.Integer(), nullable=False, comment="the same person in the district file"),
        sa.Column("role", sa.String(40), nullable=False, comment="the role in which they wrote"),
        sa.Column("school_id", sa.Integer(), nullable=False, comment="the school it happened at"),
        sa.Column("happened_on", sa.Date(), nullable=False, comment="from which day it holds"),
        sa.Column("kind", sa.String(40), nullable=False, comment="what kind of change: system, rule, staffing, initiative or other"),
        sa.Column("title", sa.String(100), nullable=False, comment="what happened, in a few words and without a name"),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False, comment="the event it stands in place of no longer stands"),
        sa.Column("replaces_id", sa.Integer(), comment="the event it stands in place of; empty for a first writing"),
        sa.ForeignKeyConstraint(["replaces_id"], ["school_event.event_id"], name=op.f("fk_school_event_replaces_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_school_event")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_school_event_replaces_id")),
        comment="What a head writes into the charts of a school: a system introduced, a rule changed, an initiative begun.",
    )
    with op.batch_alter_table("school_event") as table:
        table.create_index("ix_school_event_school_id", ["school_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("school_event")
