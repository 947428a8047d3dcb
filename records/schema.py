"""Brings the store to the form this version of the house expects."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from records.engine import engine

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(revision: str = "head") -> None:
    """Run the migrations that have not run yet, all of them or none.

    Several processes may start at once: the first takes the write lock, the others wait and find it done.
    """
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine().begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
