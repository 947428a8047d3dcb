"""Pages drawn over the small district, with a records store of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from access import Viewer, jurisdictions, viewers_of
from records import engine, schema
from sample_data.cast import member


@pytest.fixture(scope="module")
def small_pages(small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The small district, which ends on Friday 2026-11-20, open for the pages of one file."""
    before = jurisdictions.known()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.sqlite'}")
        patched.setenv("MIHARASHI_TODAY", "2026-11-20")
        schema.migrate()
        jurisdictions.use_district(small_district / "district")
        yield
        engine.forget()
    jurisdictions.use_jurisdictions(before)


def viewer_of(username: str) -> Viewer:
    """One of the cast in their first role."""
    return replace(viewers_of(member(username).staff_number)[0], username=username)
