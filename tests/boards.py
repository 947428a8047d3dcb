"""Two boards of education in one data directory, for tests: the same people and the same children's numbers at both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ingest
from access import jurisdictions
from access.jurisdictions import declared, within
from ingest.release import release
from records import accounts, engine, schema
from sample_data.prefecture import write_prefecture
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


def prefecture_above(place: Path, district: Path, towns: dict[str, str]) -> Path:
    """The home of a prefecture to which towns (code → name), each a copy of one published district, have released their figures."""
    ken = place / "ken"
    write_prefecture(ken)
    for code, name in towns.items():
        town = releasing(place / code, district, code, name)
        assert release(town) is not None
    assert ingest.load(ken).outcome == "loaded"
    return ken


def releasing(home: Path, district: Path, code: str, name: str) -> Path:
    """A home with a published district that releases to the prefecture beside it."""
    if not (home / "district").exists():
        shutil.copytree(district, home / "district")
    said = f'code = "{code}"\nname = "{name}"\nto = "../ken/inbox/municipality_figures"\n'
    (home / "release.toml").write_text(said, encoding="utf-8")
    return home
