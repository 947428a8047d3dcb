"""Until when a school's own files speak: said where days since then are unknown, and whose register of today is still missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from access import Viewer, sight_of
from access.clock import fiscal_year_of, today
from components.cards.states import quiet
from components.dates import day_text, short_day_text
from components.session_answers import ask
from components.wording import _, language

DAILY = ("attendance", "mood", "health_room", "study_log")
BEHIND_DAYS = 2  # a source beside the register may be so many school days behind without a word
SILENCE_SAID = 3  # school days without a row that are worth a word, where the school has never had as many
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Registers:
    """Which registers of `day` are in.

    `schools` are rows of `registers_in`, none on a day of which one would not expect any register. Of one school alone, whose
    register tells of every child and is not in, `classes` are rows of `registers_of_classes`.
    """

    day: date
    schools: pl.DataFrame
    classes: pl.DataFrame

    @property
    def missing(self) -> pl.DataFrame:
        """The schools whose register of the day is not in, or not of every class."""
        is_in = (pl.col("recorded_through") >= self.day) & (pl.col("classes_in") >= pl.col("classes")).fill_null(value=True)
        return self.schools.filter(~is_in)


def recording_of(viewer: Viewer, school_id: int) -> pl.DataFrame:
    """Until when a school's own files speak, of each daily kind of record this person gets figures of: rows of `recording_of_school`."""
    known = sight_of(viewer).counts
    rows = ask(viewer, "recording_of_school", school_id=school_id, today=today())
    return rows.filter(pl.col("source").is_in([kind for kind in DAILY if kind in known]))


def recording_notice(recording: pl.DataFrame) -> None:
    """Say of each source of a school whose records end before yesterday's school day, and of a register that has gone silent."""
    for row in recording.rows(named=True):
        if words := _behind(row):
            quiet(words)


def _behind(row: dict[str, Any]) -> str:
    """What there is to say of one source; nothing where its records reach as far as one expects."""
    is_register = row["source"] == "attendance"
    words = []
    if row["unrecorded_days"] > (0 if is_register else BEHIND_DAYS):
        words.append(_(
            "recording.register" if is_register else "recording.source", source=_(f"source.{row['source']}"),
            until=day_text(row["recorded_through"], language()), first=day_text(row["first_unrecorded"], language()),
            days=row["unrecorded_days"],
        ))
    if is_register and row["silent_days"] >= max(SILENCE_SAID, row["usual_silent_days"] + 1):
        usual = row["usual_silent_days"]
        words.append(_("recording.silent" if usual else "recording.silent_never", days=row["silent_days"], usual=usual))
    return "".join(words)


def registers(viewer: Viewer, school_id: int | None = None) -> Registers:
    """Which registers of today are in: of a school, or of all in reach."""
    day = today()
    rows = ask(viewer, "registers_in", school_id=school_id, today=day, fiscal_year=fiscal_year_of(day))
    if rows.height and not is_school_day(viewer, rows.item(0, "school_id"), day):
        rows = rows.clear()
    found = Registers(day, rows, pl.DataFrame())
    if school_id is not None and found.missing.height and rows.item(0, "classes") is not None:
        classes = ask(viewer, "registers_of_classes", school_id=school_id, fiscal_year=fiscal_year_of(day))
        return replace(found, classes=classes)
    return found


def registers_finding(found: Registers, figures_day: date) -> str:
    """Which schools' registers of today are in, and whose are not; while none is, whose end before the figures of the district do.

    Nothing on a day of which one would not expect any register.
    """
    rows, missing, day = found.schools, found.missing, found.day
    if rows.is_empty():
        return ""
    when = day_text(day, language())
    if rows.filter((pl.col("recorded_through") >= day) | (pl.col("classes_in") > 0)).is_empty():
        words, behind = _("recording.none_in", day=when), rows.filter(pl.col("recorded_through") < figures_day)
        if behind.height:
            words += _("recording.behind", until=day_text(figures_day, language()), missing=_named(behind, day))
        return words
    if missing.is_empty():
        return _("recording.all_in", day=when, schools=rows.height)
    return _("recording.some_in", day=when, recorded=rows.height - missing.height, schools=rows.height, missing=_named(missing, day))


def school_register_finding(found: Registers) -> str:
    """Whether a school's register of today is in; where it tells of every child, of which classes it is not.

    Nothing on a day of which one would not expect any register.
    """
    if found.schools.is_empty():
        return ""
    when = day_text(found.day, language())
    if found.missing.is_empty():
        return _("recording.school_in", day=when)
    row = found.missing.row(0, named=True)
    if row["classes"] is None:
        return _("recording.school_not_in", day=when, until=day_text(row["recorded_through"], language()))
    late = found.classes.filter(pl.col("recorded_through") < found.day).get_column("class_name").to_list()
    return _("recording.classes_not_in", day=when, classes=_("state.comma").join(late)) if late else ""


def recorded_texts(recording: pl.DataFrame, figures_day: date) -> dict[str, str]:
    """For the tiles of a school: of each source that ends before its figures do, until when it is recorded.

    The figures of a school end with its register; that is behind where a school day since then is unknown.
    """
    is_behind = (pl.col("recorded_through") < figures_day) | ((pl.col("source") == "attendance") & (pl.col("unrecorded_days") > 0))
    behind = recording.filter(is_behind).select("source", "recorded_through").rows()
    return {source: _("tile.recorded_through", until=short_day_text(until, language())) for source, until in behind}


def recorded_schools_texts(coverage: pl.DataFrame, figures_day: date) -> dict[str, str]:
    """For the tiles of the district: of each source not recorded through the day of its figures at every school, at how many it is."""
    words = {}
    for source in DAILY:
        through = coverage.filter(source=source).get_column("recorded_through").drop_nulls()
        recorded = through.filter(through >= figures_day).len()
        if recorded < through.len():
            words[source] = _("tile.recorded_schools", recorded=recorded, schools=through.len())
    return words


def is_school_day(viewer: Viewer, school_id: int, day: date) -> bool:
    """Whether a day is a 授業日 of any grade of a school."""
    ahead = ask(viewer, "days_ahead", school_id=school_id, grade=None, from_day=day, days=4)
    return ahead.filter(pl.col("kind") == "school_day", pl.col("day") == day).height > 0


def _named(schools: pl.DataFrame, day: date) -> str:
    words = _("state.comma").join(_school(row, day) for row in schools.head(MOST_NAMED).rows(named=True))
    return words + _("recording.and_more", more=schools.height - MOST_NAMED) if schools.height > MOST_NAMED else words


def _school(row: dict[str, Any], day: date) -> str:
    if row["classes"] is None or row["recorded_through"] < day:
        return _("recording.school_until", name=row["school_name"], until=day_text(row["recorded_through"], language()))
    return _("recording.school_classes", name=row["school_name"], recorded=row["classes_in"], classes=row["classes"])


def planned_words(row: dict[str, Any]) -> str:
    """What has been said ahead of one day, in words: an absence, an excuse, coming late, leaving early."""
    if row["is_absent"] or row["is_excused"]:
        return _(f"attendance.{row['status']}")
    if row["is_late"] and row["is_early_leave"]:
        return _("attendance.late_and_early")
    return _("attendance.late" if row["is_late"] else "attendance.early_leave" if row["is_early_leave"] else "attendance.present")


def runs_of_days(days: list[date], school_days: set[date]) -> list[tuple[date, date]]:
    """Days put together to stretches: two days with no school day between them are one stretch."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and not any(runs[-1][1] + timedelta(days=n) in school_days for n in range(1, (day - runs[-1][1]).days)):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
