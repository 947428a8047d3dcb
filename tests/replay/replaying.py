"""A stretch of days lived through one after the other: files laid, loaded, looked at."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import ingest
from access import gate, jurisdictions
from bench.same import published
from records import engine, schema
from tests.replay import invariants
from tests.replay.exports import Folder
from tests.replay.invariants import Findings
from tests.replay.screens import pages_without_a_day

Tell = Callable[[str], None]


def days_between(first: date, last: date) -> list[date]:
    """Every day from one to another, Sundays and holidays too."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@contextmanager
def board(home: Path) -> Iterator[Counter[str]]:
    """This board's data directory is the one asked; how many questions the gate has answered is counted."""
    before, asked = jurisdictions.known(), Counter[str]()
    shown = gate._shown  # noqa: SLF001 - every question of whatever kind passes here

    def counted(*told: Any) -> Any:
        asked["questions"] += 1
        return shown(*told)

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MIHARASHI_DATA", str(home))
        patched.setenv("MIHARASHI_RECORDS", f"sqlite:///{home / 'records.sqlite'}")
        patched.delenv("MIHARASHI_TODAY", raising=False)
        patched.setattr(gate, "_shown", counted)
        schema.migrate()
        jurisdictions.use_district(home / "district")
        yield asked
        engine.forget()
    jurisdictions.use_jurisdictions(before)


def live(home: Path, folder: Folder, day: date) -> str:
    """The day has come: its files lie there and are loaded; the outcome."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "DEMO").write_text(f"{day}\n", encoding="utf-8")
    folder.lay(home / "inbox", day)
    return ingest.load(home).outcome


def replayed(
    home: Path, folder: Folder, days: Iterable[date], *,
    equal_on: Callable[[date], bool], pages_on: Callable[[date], frozenset[str] | None], tell: Tell = lambda _line: None,
) -> Findings:
    """Live through some days, each with its invariants; equal_on says when the file is also built from nothing, pages_on what is drawn."""
    found, told = Findings(), 0
    earlier: date | None = None
    with TemporaryDirectory() as place, board(home) as asked:
        kept = Path(place) / "yesterday.duckdb"
        for day in days:
            if earlier is not None:
                shutil.copyfile(published(home), kept)
            outcome = live(home, folder, day)
            if outcome not in ("loaded", "unchanged"):
                found.faults.append(f"{day}: {outcome}")
            found.note(day, "rights", *invariants.seen_without_right(home, day))
            found.note(day, "known", *invariants.known_too_soon(home, folder, day))
            if earlier is not None:
                found.note(day, "kept", *invariants.taken_back(kept, home, folder, earlier, day))
            if earlier is not None and equal_on(day) and outcome == "loaded":
                found.note(day, "tables", *invariants.unlike_from_nothing(home, kept, day))
            if (only := pages_on(day)) is not None:
                found.note(day, "pages", *pages_without_a_day(home, only=only or None))
            earlier = day
            found.asked["days"] += 1
            tell(f"{day} {outcome} · {' · '.join(f'{name} {count:,}' for name, count in found.asked.items())} · faults {len(found.faults)}")
            for fault in found.faults[told:]:
                tell(fault)
            told = len(found.faults)
        found.asked["questions"] = asked["questions"]
    return found
