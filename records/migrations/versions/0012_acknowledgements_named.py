"""What was called a look is called an acknowledgement: the same rows under the field's own word."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COLUMNS = {"look_id": "acknowledgement_id", "looked_at": "acknowledged_at"}


def upgrade() -> None:
    """Make it so."""
    op.drop_index("ix_look_student_id", "look")
    op.rename_table("look", "acknowledgement")
    with op.batch_alter_table("acknowledgement") as table:
        for before, after in COLUMNS.items():
            table.alter_column(before, new_column_name=after)
        table.create_index("ix_acknowledgement_student_id", ["student_id", "signal", "begins_on"])


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_acknowledgement_student_id", "acknowledgement")
    op.rename_table("acknowledgement", "look")
    with op.batch_alter_table("look") as table:
        for before, after in COLUMNS.items():
            table.alter_column(after, new_column_name=before)
        table.create_index("ix_look_student_id", ["student_id", "signal", "begins_on"])
