"""Whose record left the house, who took it, and which package it was."""

import sqlalchemy as sa
from alembic import op

from records.utc_datetime import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "handover",
        sa.Column("handover_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column("made_at", UtcDateTime(), nullable=False, comment="when the package was made"),
        sa.Column("username", sa.String(64), nullable=False, comment="who made it"),
        sa.Column("staff_id", sa.Integer(), nullable=False, comment="the same person in the district file"),
        sa.Column("student_id", sa.Integer(), nullable=False, comment="the child whose record it holds"),
        sa.Column("sources", sa.String(200), nullable=False, comment="kinds of record in it"),
        sa.Column("record_rows", sa.Integer(), nullable=False, comment="rows in it"),
        sa.Column(
            "package_sha256",
            sa.String(64),
            nullable=False,
            comment="SHA-256 of the package, by which the next school names it",
        ),
        sa.PrimaryKeyConstraint("handover_id", name=op.f("pk_handover")),
        comment="Records of children that left the house as a package for the next school.",
    )
    with op.batch_alter_table("handover") as table:
        table.create_index("ix_handover_student_id", ["student_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("handover")
