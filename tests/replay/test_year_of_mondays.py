"""Some real days of a spring, lived through one after the other; `python -m bench mondays` lives through all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.replay import spring
from tests.replay.replaying import replayed

# the last day of term; the last and first day of a 年度, with nothing new; the new roster; the first register; a Friday on which a
# school's register has stopped, a child has moved, people have left and joined, and leave has been said; its Monday, with corrections
DAYS = (
    spring.LAST_DAY, date(2026, 3, 31), date(2026, 4, 1), spring.NEW_ROSTER, spring.FIRST_DAY, date(2026, 4, 24), spring.SAID_OF,
)  # fmt: skip
BUILT_FROM_NOTHING = spring.SAID_OF
LOOKED_AT = {spring.NEW_ROSTER: frozenset({"class", "district"}), date(2026, 4, 24): frozenset({"today"})}


def test_what_must_hold_holds_on_every_day(small_district: Path, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    folder = spring.real_year(small_district / "inbox", until=date(2026, 4, 30))
    found = replayed(tmp_path / "home", folder, DAYS, equal_on=lambda day: day == BUILT_FROM_NOTHING, pages_on=LOOKED_AT.get)
    record_property("walk", f"a spring lived through: {', '.join(f'{name} {count:,}' for name, count in found.asked.items())}")
    assert found.faults == []
    assert found.asked["days"] == len(DAYS)
    assert min(found.asked[kind] for kind in ("rights", "known", "kept", "tables", "pages", "questions")) > 0
