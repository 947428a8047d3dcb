"""What people write about a child."""

import sqlalchemy as sa
from alembic import op

from records.utc_datetime import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "note",
        sa.Column("note_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column("written_at", UtcDateTime(), nullable=False, comment="when"),
        sa.Column("username", sa.String(64), nullable=False, comment="who wrote it"),
        sa.Column("staff_id", sa.Integer(), nullable=False, comment="the same person in the district file"),
        sa.Column("role", sa.String(40), nullable=False, comment="the role in which they wrote"),
        sa.Column("school_id", sa.Integer(), nullable=False, comment="the school it was written at"),
        sa.Column("student_id", sa.Integer(), nullable=False, comment="the child"),
        sa.Column("tag", sa.String(40), nullable=False, comment="what it is about: a name out of note_tags.toml"),
        sa.Column("body", sa.String(2000), nullable=False, comment="the text; may be empty, the tag alone is a note"),
        sa.Column("is_restricted", sa.Boolean(), nullable=False, comment="only for those who may read restricted notes"),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False, comment="the note it stands in place of no longer stands"),
        sa.Column("replaces_id", sa.Integer(), comment="the note it stands in place of; empty for a first writing"),
        sa.ForeignKeyConstraint(["replaces_id"], ["note.note_id"], name=op.f("fk_note_replaces_id")),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_note")),
        comment="アシストログ: what people write about a child. A change is a new row in place of the old one, which stays.",
    )
    with op.batch_alter_table("note") as table:
        table.create_index("ix_note_student_id", ["student_id", "school_id"])
        table.create_index("ix_note_replaces_id", ["replaces_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("note")
