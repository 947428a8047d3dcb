"""Where the records are kept, and how they are read and written.

The store is named by `MIHARASHI_RECORDS` (a database URL); without it, it is `records.sqlite` in the data
directory. Where an instance serves several boards of education, each has a store of its own, in its own home; a database URL then
has `{jurisdiction}` in it, which stands for the name of that home.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from access.jurisdictions import are_several, known, own_home, within
from access.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE = "{jurisdiction}"
MOST_AT_ONCE = 8  # connections kept open to a database server; it opens more for a moment where they do not do
_engines: dict[str, Engine] = {}
_lock = Lock()


class SharedStoreError(ValueError):
    """Several boards would write into one store; the app must not start so."""


def data_dir() -> Path:
    """The folder that holds everything the house keeps (`MIHARASHI_DATA`, else `data` beside app.py)."""
    return _resolved(settings().data_dir)


@lru_cache(maxsize=8)
def _resolved(folder: Path) -> Path:
    """Asked of the disk once for each folder there is: it is asked for with every row that is read or written."""
    return folder.resolve()


def home() -> Path:
    """The folder that holds everything of the board this is about; where there is one board, the data directory."""
    return own_home() or data_dir()


def store_url() -> str:
    """The address of the store of the board this is about.

    Raises SharedStoreError where several boards are served and `MIHARASHI_RECORDS` names one store for all of them.
    """
    url = settings().records
    if not url:
        return f"sqlite:///{home() / 'records.sqlite'}"
    if are_several() and PLACE not in url:
        raise SharedStoreError(f"MIHARASHI_RECORDS: write {PLACE} where the name of each board belongs; boards share no store")
    return url.replace(PLACE, home().name)


def refuse_shared_stores() -> None:
    """Raises SharedStoreError where two boards would write into one database, whatever else their addresses say."""
    owners: dict[tuple[object, ...], str] = {}
    for board in known():
        with within(board.key):
            address = make_url(store_url())
        place = (address.get_backend_name(), address.host, address.port, address.database)
        if place in owners:
            raise SharedStoreError(f"MIHARASHI_RECORDS: {owners[place]} and {board.key} would share a database; write {PLACE} in its name")
        owners[place] = board.key


def engine() -> Engine:
    """The one engine of this process for the store of the board this is about."""
    url = store_url()
    known = _engines.get(url)
    if known is None:
        with _lock:
            known = _engines.get(url) or _engines.setdefault(url, _opened(url))
    return known


def reading() -> AbstractContextManager[Connection]:
    """A connection that only looks; it never waits for a writer."""
    return _transaction(engine().execution_options(is_writer=False))


def writing() -> AbstractContextManager[Connection]:
    """A connection that writes; all of it is kept, or, after an error, none of it."""
    return _transaction(engine())


def forget() -> None:
    """Close every engine of this process (for tests and before a fork)."""
    with _lock:
        for opened in _engines.values():
            opened.dispose()
        _engines.clear()


@contextmanager
def _transaction(opened: Engine) -> Iterator[Connection]:
    with opened.begin() as connection:
        yield connection


def _opened(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        # of several boards each has a store of its own: together they must not take all the connections a server gives
        size = MOST_AT_ONCE // len(known()) if are_several() else MOST_AT_ONCE
        return create_engine(address, hide_parameters=True, pool_pre_ping=True, pool_size=max(1, size))
    if address.database and address.database != ":memory:":
        # the file holds password hashes: only its owner may read it
        path = Path(address.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    opened = create_engine(address, hide_parameters=True, pool_size=8, max_overflow=32)
    event.listen(opened, "connect", _prepare_sqlite)
    event.listen(opened, "begin", _begin_sqlite)
    return opened


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours to say, below
    for setting in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred BEGIN that turns into a write fails at once with "database is locked", however long it may
    # wait; an immediate one queues. Readers need no place in that queue.
    is_writer = connection.get_execution_options().get("is_writer", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")
