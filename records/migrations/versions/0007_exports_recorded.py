"""What left the house on paper or as a copy."""

import sqlalchemy as sa
from alembic import op

from records.utc_datetime import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "export",
        sa.Column("export_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column("made_at", UtcDateTime(), nullable=False, comment="when"),
        sa.Column("username", sa.String(64), nullable=False, comment="who made it"),
        sa.Column("staff_id", sa.Integer(), nullable=False, comment="the same person in the district file"),
        sa.Column("role", sa.String(40), nullable=False, comment="the role in which they made it"),
        sa.Column("kind", sa.String(40), nullable=False, comment="what was made, such as child_talk"),
        sa.Column("student_id", sa.Integer(), comment="the child it is about; empty for one about no single child"),
        sa.Column("parts", sa.String(400), nullable=False, comment="the sections in it"),
        sa.Column("starts_on", sa.Date(), comment="first day it tells of"),
        sa.Column("ends_on", sa.Date(), comment="last day it tells of"),
        sa.Column("file_sha256", sa.String(64), nullable=False, comment="SHA-256 of the file, by which a copy can be known again"),
        sa.PrimaryKeyConstraint("export_id", name=op.f("pk_export")),
        comment="Files that left the house on paper or as a copy: who made which, when, of whom.",
    )
    with op.batch_alter_table("export") as table:
        table.create_index("ix_export_student_id", ["student_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("export")
