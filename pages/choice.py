"""Choosing a place: a school or a class out of those in reach, kept in the address as an opaque key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from access import Refused, Viewer
from access.clock import fiscal_year_of
from components.choices import picked
from components.dates import day_text, fiscal_year_text
from components.session_answers import ask
from components.wording import _, language
from queries.catalogue import shown_on
from queries.screens import Form, Screen


@dataclass(frozen=True, slots=True)
class Period:
    """Until when the figures of a place reach (its figures-day), in which 年度, and of several schools how many reach as far."""

    day: Any
    fiscal_year: int
    starts_on: Any
    ends_on: Any
    schools: int = 1
    recorded: int = 1  # schools whose own register speaks for that day, and is whole
    is_incomplete: bool = False  # records of it are missing: some figures are too low

    @property
    def until_text(self) -> str:
        """The period in words: 2026年度（令和8年度）・11月20日（金）まで; with 20/24校 where not every school's register reaches as far."""
        words = _("period.until", year=fiscal_year_text(self.fiscal_year, language()), day=day_text(self.day, language()))
        words = _("period.of_schools", until=words, recorded=self.recorded, schools=self.schools) if self.is_partly else words
        return _("period.incomplete", until=words) if self.is_incomplete else words

    @property
    def is_partly(self) -> bool:
        """Whether some schools' registers end before that day, or are not whole."""
        return self.recorded < self.schools


def period(viewer: Viewer, school_id: int | None = None) -> Period:
    """The period a page speaks of: of a school as far as its own register reaches, of several as far as the newest, with their number."""
    now = ask(viewer, "as_of_day").row(0, named=True)
    known = ask(viewer, "coverage_of_schools").filter(pl.col("recorded_through").is_not_null())
    register = known.filter(pl.col("source") == "attendance")
    gaps = incomplete_places(viewer, school_id)
    if school_id is None:
        gaps = gaps.filter(pl.col("class_id").is_null(), fiscal_year=now["fiscal_year"])
        is_whole = ~pl.col("school_id").is_in(gaps.filter(source="attendance").get_column("school_id").implode())
        recorded = register.filter(pl.col("recorded_through") >= now["day"], is_whole).height
        schools = register.height
        return Period(**now, schools=max(schools, 1), recorded=recorded if schools else 1, is_incomplete=gaps.height > 0)
    own = (register if school_id in register["school_id"] else known.filter(pl.col("source") != "staff_hours")).filter(school_id=school_id)
    day = own.get_column("recorded_through").max() or now["day"]
    year = fiscal_year_of(day)
    is_incomplete = gaps.filter(fiscal_year=year).height > 0
    if year == now["fiscal_year"]:
        return Period(**now | {"day": day}, is_incomplete=is_incomplete)
    return Period(day, year, date(year, 4, 1), date(year + 1, 3, 31), is_incomplete=is_incomplete)


def incomplete_places(viewer: Viewer, school_id: int | None = None) -> pl.DataFrame:
    """Months of schools, and of classes in reach, of which so many records are missing that their figures are too low."""
    return ask(viewer, "incomplete_places", school_id=school_id)


def school_choice(viewer: Viewer) -> dict[str, Any]:
    """The school this page is about; asks only if there are several. Raises Refused('not_found') for none."""
    places = ask(viewer, "places").unique("school_id", keep="first", maintain_order=True)
    return _chosen(
        places, "school", "school_key", {row["school_key"]: row["school_name"] for row in places.rows(named=True)}
    )


def class_choice(viewer: Viewer) -> dict[str, Any]:
    """The class this page is about, with its school; asks only if there are several. Raises Refused('not_found') for none."""
    places = ask(viewer, "places").filter(pl.col("class_id").is_not_null())
    has_schools = places.get_column("school_id").n_unique() > 1
    labels = {
        row["class_key"]: f"{row['school_name']} {row['class_name']}" if has_schools else row["class_name"]
        for row in places.rows(named=True)
    }
    return _chosen(places, "class", "class_key", labels)


def child_choice(viewer: Viewer) -> dict[str, Any]:
    """The child this page is about, out of one class. Raises Refused('not_found') for a key of nobody in reach."""
    chosen = class_choice(viewer)
    children = ask(viewer, "children_of_class", school_id=chosen["school_id"], class_id=chosen["class_id"])
    keys = children.get_column("student_key").to_list()
    if not keys:
        raise Refused("not_found")
    labels = {
        row[
            "student_key"
        ]: f"{row['number'] if row['number'] is not None else '–'}　{row['family_name']} {row['given_name']}"
        for row in children.rows(named=True)
    }
    key = picked("student", _("choice.student"), labels)
    found = ask(viewer, "child", student_key=key)
    if found.is_empty():
        raise Refused("not_found")
    return found.row(0, named=True)


def _chosen(places: pl.DataFrame, name: str, key_column: str, labels: dict[str, str]) -> dict[str, Any]:
    if places.is_empty():
        raise Refused("not_found")
    chosen = picked(name, _(f"choice.{name}"), labels) if len(labels) > 1 else next(iter(labels))
    return places.filter(pl.col(key_column) == chosen).row(0, named=True)


def sources_of(viewer: Viewer, school_id: int) -> frozenset[str]:
    """The kinds of records a school sends at all; what it does not use has no tile, no lane and no empty chart."""
    rows = ask(viewer, "coverage_of_schools").filter(pl.col("school_id") == school_id)
    return frozenset(rows.get_column("source").drop_nulls())


def offered_on(screen: Screen, forms: Form | tuple[Form, ...], used: frozenset[str], counts: frozenset[str] | None = None) -> list[str]:
    """The figures that stand on a screen in these forms, of the sources in use and, if asked, of kinds a viewer gets numbers of."""
    wanted = (forms,) if isinstance(forms, str) else forms
    return [
        each.name for each in shown_on(screen, *wanted) if each.source in used and (counts is None or each.kind in counts)
    ]
