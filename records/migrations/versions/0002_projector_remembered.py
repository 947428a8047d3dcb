"""A session remembers that it is on a projector, so that no reload brings names to the wall."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    with op.batch_alter_table("session") as table:
        table.add_column(
            sa.Column(
                "is_masked",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="projector view is on: nothing by name, also after a reload",
            )
        )


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("session") as table:
        table.drop_column("is_masked")
