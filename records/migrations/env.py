"""Tells Alembic which connection to use and what the tables should look like."""

from alembic import context
from sqlalchemy import Connection

from records import meeting_tables  # noqa: F401 - its tables are among what is expected
from records.engine import engine
from records.tables import metadata


def run() -> None:
    """Run the migrations on the connection handed over, or on the store in use."""
    given = context.config.attributes.get("connection")
    if given is None:
        with engine().begin() as connection:
            _run_on(connection)
    else:
        _run_on(given)


def _run_on(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,  # one transaction for all: a start killed half-way leaves nothing half-made
        transaction_per_migration=False,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
