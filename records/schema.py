"""Brings the store to the form this version of the house expects."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from records.engine import engine

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate() -> None:
    """Run the migrations that have not run yet, all of them or none.

    Several processes may start at once: the first takes the write lock, the others wait and find it done.
    """
    with engine().begin() as connection:
        command.upgrade(_settings(connection), "head")


def take_back() -> None:
    """Remove every table and all that is in them; only tests and a restore from a backup want this."""
    with engine().begin() as connection:
        command.downgrade(_settings(connection), "base")


def _settings(connection: Connection) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings
