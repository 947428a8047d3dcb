"""What for, where names leave the house."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    with op.batch_alter_table("export") as table:
        table.add_column(
            sa.Column(
                "reason", sa.String(200), nullable=False, server_default="", comment="what for, where names leave a meeting; else empty"
            )
        )


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("export") as table:
        table.drop_column("reason")
