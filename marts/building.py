"""The district file, built anew from the lake: every table, every figure, every comment, under a name nobody reads yet."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from access.clock import calendar_day
from access.sharing import shares_earlier_schools, sharing_in
from marts.counting import count_cells
from marts.declared import Declared, declare
from marts.dictionary import comments
from marts.engines import DuckDB
from marts.fingerprints import lake_parts
from marts.flags import raise_flags
from marts.incomplete import mark_incomplete
from marts.incremental import Before, IncrementalBuild
from marts.publish import current
from marts.sexes import suppress_sexes
from marts.steps import BuildError, steps_in_order
from marts.suppression import suppress
from queries.catalogue import indicators
from queries.rules import signals

__all__ = ["BuildError", "build_district", "clear_leftovers"]

log = logging.getLogger(__name__)
UNFINISHED = ".building-"
# how long a table takes beside an ordinary one, for an honest progress bar
WEIGHTS = {"student_day": 40, "mood": 10, "study_day": 10, "attendance": 3, "cell": 10, "absence_rate": 20}


# long: the steps of one build in their order, and what goes again where one of them fails
def build_district(
    lake: Path,
    district: Path,
    load_id: int,
    progress: Callable[[float, str], None] | None = None,
    before: Before | None = None,
    declared: Declared = Declared(),  # noqa: B008 - frozen, and nothing in it
    day: date | None = None,
) -> Path:
    """The new district file, complete and closed, still under its unfinished name.

    Upon a file before, only what has changed since is made; without one, everything is.
    day is the day it is at the schools; the calendar's if it is not said. Rows of a later day are plans.
    The matrix of sharing beside the folder of district files says whether a school is told what an earlier one counted.
    progress hears how far the build is (0 to 1) and the name of the table or indicator at work.
    Raises BuildError with a sentence that names the table; the published file is untouched by it.
    """
    clear_leftovers(district)
    steps = steps_in_order()
    track = _Progress(progress, [step.name for step in steps] + [*indicators(), "cell", *signals()])
    path = district / f"{UNFINISHED}{load_id}.duckdb"
    district.mkdir(parents=True, exist_ok=True)
    if before:
        try:
            shutil.copyfile(before.path, path)
        except OSError:  # a full disk: what was copied of it goes again
            clear_leftovers(district)
            raise
    day = day or calendar_day()
    engine = DuckDB(path, lake, day, earlier_schools=shares_earlier_schools(sharing_in(district.parent), day))
    try:
        engine.show_lake()
        tables = IncrementalBuild(engine, steps, before, lake_parts(lake) if before else {})
        for step in steps:
            track(step.name)
            tables.make(step)
        count_cells(engine, indicators(), track, tables)
        mark_incomplete(engine)
        suppress(engine, indicators(), current(district))
        suppress_sexes(engine, indicators(), current(district))
        raise_flags(engine, signals(), track)
        declare(engine, declared)
        engine.run(";\n".join(["begin", *comments(engine.columns), "commit"]))
        engine.close()
    except BaseException:
        engine.abandon()
        clear_leftovers(district)
        raise
    track.done()
    return path


def clear_leftovers(district: Path) -> None:
    """Removes what a build that was stopped half-way left behind."""
    for left in sorted(district.glob(f"{UNFINISHED}*")):
        if left.is_dir():
            for file in left.iterdir():
                file.unlink()
            left.rmdir()
        else:
            left.unlink()


class _Progress:
    """Reports how far the build is, and logs how long each part took."""

    def __init__(self, progress: Callable[[float, str], None] | None, names: list[str]) -> None:
        self._progress = progress
        self._weights = {name: WEIGHTS.get(name, 1) for name in names}
        self._behind = 0
        self._at = ""
        self._since = time.perf_counter()

    def __call__(self, name: str) -> None:
        self._turn()
        self._at = name
        if self._progress:
            self._progress(min(self._behind / sum(self._weights.values()), 1.0), name)

    def done(self) -> None:
        self._turn()
        if self._progress:
            self._progress(1.0, "")

    def _turn(self) -> None:
        if self._at:
            log.info("built %s in %.2f s", self._at, time.perf_counter() - self._since)
            self._behind += self._weights.get(self._at, 1)
        self._since = time.perf_counter()
