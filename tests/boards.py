"""Two boards of education in one data directory, for tests: the same people and the same children's numbers at both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from access import jurisdictions
from access.jurisdictions import declared, within
from records import accounts, engine, schema
from tests.accounts import written

HOMES = """
[midori]
label = { ja = "みどり市教育委員会", en = "Midori City" }
[hinode]
label = { ja = "ひので町教育委員会", en = "Hinode Town" }
"""


@contextmanager
def two_boards(place: Path, published: Path | None) -> Iterator[Path]:
    """A data directory with two boards whose district files are copies of one, byte for byte; none where nothing is published."""
    (place / "jurisdictions.toml").write_text(HOMES, encoding="utf-8")
    before = jurisdictions.known()
    engine.forget()
    jurisdictions.use_jurisdictions(declared(place))
    for board in jurisdictions.known():
        (place / board.key).mkdir()
        if published:
            shutil.copytree(published, board.district)
        with within(board.key):
            schema.migrate()
            accounts.import_credentials(written(place / board.key / "accounts.yaml"))
    try:
        yield place
    finally:
        engine.forget()
        jurisdictions.use_jurisdictions(before)
