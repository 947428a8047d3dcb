"""Who has looked at what a signal says of a child."""

import sqlalchemy as sa
from alembic import op

from records.utc_datetime import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "look",
        sa.Column("look_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column("looked_at", UtcDateTime(), nullable=False, comment="when"),
        sa.Column("username", sa.String(64), nullable=False, comment="who looked"),
        sa.Column("staff_id", sa.Integer(), nullable=False, comment="the same person in the district file"),
        sa.Column("role", sa.String(40), nullable=False, comment="the role in which they looked"),
        sa.Column("school_id", sa.Integer(), nullable=False, comment="the school whose record it was"),
        sa.Column("student_id", sa.Integer(), nullable=False, comment="the child"),
        sa.Column("signal", sa.String(60), nullable=False, comment="the signal looked at"),
        sa.Column("begins_on", sa.Date(), nullable=False, comment="first day on which its rule held: which flag it was"),
        sa.Column("last_on", sa.Date(), nullable=False, comment="last day on which it had held when it was looked at"),
        sa.Column("taken_back_at", UtcDateTime(), comment="when the person took it back; empty while it stands"),
        sa.PrimaryKeyConstraint("look_id", name=op.f("pk_look")),
        comment="A person has looked at what a signal says of a child. Nothing is written over; what was taken back says so.",
    )
    with op.batch_alter_table("look") as table:
        table.create_index("ix_look_student_id", ["student_id", "signal", "begins_on"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("look")
