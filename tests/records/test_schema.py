"""Migrations: from nothing to the tables the code expects, however many start at once."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from records import engine, meeting_tables, schema  # noqa: F401 - its tables are expected, too
from records.tables import metadata


@pytest.fixture
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "new" / "records.sqlite"
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{file}")
    return file


def test_migrations_make_from_nothing_what_the_code_expects(empty_store: Path) -> None:
    schema.migrate()
    with engine.reading() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_every_table_can_be_taken_back(empty_store: Path) -> None:
    schema.migrate()
    schema.take_back()
    with engine.reading() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}


def test_several_processes_may_start_at_once(empty_store: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: schema.migrate(), range(4))) == [None] * 4
    with engine.reading() as connection:
        assert "account" in inspect(connection).get_table_names()


def test_nobody_else_on_the_machine_can_read_the_store(empty_store: Path) -> None:
    schema.migrate()
    assert stat.S_IMODE(empty_store.stat().st_mode) == 0o600


def test_every_column_says_what_it_holds() -> None:
    assert [f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.c if not column.comment] == []
