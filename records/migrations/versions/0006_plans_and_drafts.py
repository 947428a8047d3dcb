"""What is planned for a child, and what somebody has begun to write."""

import sqlalchemy as sa
from alembic import op

from records.utc_datetime import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PLAN = "支援計画: what is done for a child, by whom, until when. A change is a new row in place of the old one, which stays."
DRAFT = "A note somebody has begun: it outlasts the session, and goes when the note is kept, when it is emptied, or after a week."


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "draft",
        sa.Column("username", sa.String(64), nullable=False, comment="whose draft; nobody else reads it"),
        sa.Column("school_id", sa.Integer(), nullable=False, comment="the school of the page it was typed on"),
        sa.Column("student_id", sa.Integer(), nullable=False, comment="the child it is about; below zero a class, by its first child"),
        sa.Column("saved_at", UtcDateTime(), nullable=False, comment="when it was last typed at"),
        sa.Column("body", sa.String(2000), nullable=False, comment="the text as far as it has been typed"),
        sa.PrimaryKeyConstraint("username", "school_id", "student_id", name=op.f("pk_draft")),
        comment=DRAFT,
    )
    op.create_table(
        "support_plan",
        sa.Column("plan_id", sa.Integer(), nullable=False, comment="running number"),
        sa.Column("written_at", UtcDateTime(), nullable=False, comment="when"),
        sa.Column("username", sa.String(64), nullable=False, comment="who wrote it"),
        sa.Column("staff_id", sa.Integer(), nullable=False, comment="the same person in the district file"),
        sa.Column("role", sa.String(40), nullable=False, comment="the role in which they wrote"),
        sa.Column("school_id", sa.Integer(), nullable=False, comment="the school that supports the child"),
        sa.Column("student_id", sa.Integer(), nullable=False, comment="the child"),
        sa.Column("aim", sa.String(200), nullable=False, comment="what is to become possible"),
        sa.Column("measures", sa.String(2000), nullable=False, comment="what is done"),
        sa.Column("people", sa.String(200), nullable=False, comment="who does it, in words"),
        sa.Column("starts_on", sa.Date(), nullable=False, comment="first day of the support"),
        sa.Column("ends_on", sa.Date(), comment="last day of the support; empty while it goes on"),
        sa.Column("review_on", sa.Date(), nullable=False, comment="day on which it is to be looked at again"),
        sa.Column("outcome", sa.String(2000), nullable=False, comment="what a review has found; empty where nothing was reviewed"),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False, comment="the plan it stands in place of no longer stands"),
        sa.Column("replaces_id", sa.Integer(), comment="the plan it stands in place of; empty for a first writing"),
        sa.ForeignKeyConstraint(["replaces_id"], ["support_plan.plan_id"], name=op.f("fk_support_plan_replaces_id")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_support_plan")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_support_plan_replaces_id")),
        comment=PLAN,
    )
    with op.batch_alter_table("support_plan") as table:
        table.create_index("ix_support_plan_student_id", ["student_id", "school_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("support_plan")
    op.drop_table("draft")
