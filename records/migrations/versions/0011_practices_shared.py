"""What schools did, told by themselves."""

import sqlalchemy as sa
from alembic import op

from records.utc_datetime import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "practice",
        sa.Column("practice_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column("written_at", UtcDateTime(), nullable=False, comment="when it was written down"),
        sa.Column("username", sa.String(64), nullable=False, comment="who wrote it"),
        sa.Column("staff_id", sa.Integer(), nullable=False, comment="the same person in the district file"),
        sa.Column("role", sa.String(40), nullable=False, comment="the role in which they wrote"),
        sa.Column("school_id", sa.Integer(), nullable=False, comment="the school that tells of it"),
        sa.Column("school_name", sa.String(100), nullable=False, comment="the school as it is called, for readers elsewhere"),
        sa.Column("indicator", sa.String(40), nullable=False, comment="the figure it is about"),
        sa.Column("what", sa.String(600), nullable=False, comment="what the school did, without a name"),
        sa.Column("tags", sa.String(200), nullable=False, comment="what kind of thing it was, a comma between them"),
        sa.Column("contact", sa.String(100), nullable=False, comment="whom to ask at the school: an office, a telephone number"),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False, comment="the practice it stands in place of is shared no longer"),
        sa.Column("replaces_id", sa.Integer(), comment="the practice it stands in place of; empty for a first writing"),
        sa.ForeignKeyConstraint(["replaces_id"], ["practice.practice_id"], name=op.f("fk_practice_replaces_id")),
        sa.PrimaryKeyConstraint("practice_id", name=op.f("pk_practice")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_practice_replaces_id")),
        comment="What a school did, in its head's own words, for other schools and the board to read.",
    )
    with op.batch_alter_table("practice") as table:
        table.create_index("ix_practice_school_id", ["school_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("practice")
