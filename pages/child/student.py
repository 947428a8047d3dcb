"""One child: this 年度 at a glance, every lane of it on one time axis, and who can see it."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from access import Refused, Viewer, sight_of
from access.clock import today
from components.cards.states import quiet, where
from components.cards.tiles import MOODS, Tile, four_moods, tiles
from components.dates import day_text, grade_text
from components.session_answers import ask
from components.tables.register_marks import is_unknown
from components.wording import _, counted_days, language
from pages.add_to_meeting import case_to_meeting
from pages.child.document_card import document_card
from pages.child.keeping_cards import kept_card, lookers_card
from pages.child.lanes_card import lanes_card
from pages.child.learning_cards import (
    evaluation_card,
    is_in_words,
    narrative_card,
    narratives_of,
    of_schools,
    tests_card,
)
from pages.child.months_card import months_card
from pages.child.notes_card import notes_card
from pages.child.plans_card import plans_card
from pages.child.record_cards import former_card, subjects_card, visits_card, where_counted, who_card, years_card
from pages.choice import Period, child_choice, incomplete_places, period, sources_of
from pages.gaps import gaps_notice
from pages.recording import planned_words, recording_notice, recording_of, runs_of_days

RECENT_DAYS = 10
DAYS_AHEAD = 250


# long: the screen from top to bottom, one line a card
def page(viewer: Viewer) -> None:
    """One child's story, as far as this viewer may read it."""
    if viewer.masked:
        raise Refused("on_projector")
    child = child_choice(viewer)
    now = period(viewer, child["school_id"])
    years = ask(viewer, "years_of_child", student_id=child["student_id"])
    schools = years.get_column("school_id").unique(maintain_order=True).to_list() or [child["school_id"]]
    all_days = of_schools(viewer, "days_of_child", schools, child["student_id"])
    days = all_days.filter(pl.col("school_id") == child["school_id"])
    year = all_days.filter(pl.col("fiscal_year") == now.fiscal_year).sort("day")

    has_gaps = incomplete_places(viewer, child["school_id"]).filter(
        pl.col("class_id").is_null() | (pl.col("class_id") == child["class_id"]), source="attendance", fiscal_year=now.fiscal_year
    ).height > 0
    st.title(_finding(child, year) + (_("student.finding_gaps") if has_gaps else ""), anchor=False)
    where(f"{_name_and_place(child)}　{now.until_text}")
    recording_notice(recording_of(viewer, child["school_id"]))
    gaps_notice(viewer, child["school_id"], child["class_id"])
    _planned(viewer, child)
    named = sight_of(viewer).named & sources_of(viewer, child["school_id"])
    _tiles(named, year, days, now)
    written = sight_of(viewer).named  # what a school writes at the end of a term has no day from which it is used
    texts = narratives_of(viewer, child, schools) if "narrative" in written else None
    words_first = texts is not None and is_in_words(texts, now)
    if texts is not None and words_first:
        narrative_card(viewer, child, texts, now)
    lanes_card(viewer, named, child, years, all_days, now)
    notes_card(viewer, child["school_id"], child["school_name"], {child["student_id"]: f"{child['family_name']} {child['given_name']}"})
    case_to_meeting(viewer, child)
    document_card(viewer, child, now)
    plans_card(viewer, child, days, named, today())
    years_card(viewer, child, years, all_days, now)
    months_card(viewer, child, now)
    if not words_first:
        _term_cards(viewer, child, schools, texts, now)
    if "study_log" in named:
        subjects_card(viewer, child, now)
    if "health_room" in named:
        visits_card(viewer, child, now)
    former_card(viewer, child)
    who_card(viewer, child, now)
    lookers_card(viewer, child)
    kept_card(viewer, child, schools, all_days, now)


def _name_and_place(child: dict[str, Any]) -> str:
    """Who the child is and where: name and reading, school, class, grade and number."""
    reading = f"（{child['family_name_kana']} {child['given_name_kana']}）" if child["family_name_kana"] else ""
    number = _("student.number", number=child["number"]) if child["number"] is not None else ""
    grade = grade_text(child["grade"], child["school_kind"], language())
    return f"{child['family_name']} {child['given_name']}{reading}　{child['school_name']} {child['class_name']} {grade} {number}"


def _term_cards(viewer: Viewer, child: dict[str, Any], schools: list[int], texts: pl.DataFrame | None, now: Period) -> None:
    """What the school writes at the end of a term: tests, evaluations, and the texts where there are any to be read."""
    written = sight_of(viewer).named
    if "assessment" in written:
        tests_card(viewer, child, schools, now)
    if "evaluation" in written:
        evaluation_card(viewer, child, schools, now)
    if texts is not None:
        narrative_card(viewer, child, texts, now)


def _planned(viewer: Viewer, child: dict[str, Any]) -> None:
    """What has been said ahead for this child, as stretches of days."""
    day = today()
    rows = ask(viewer, "planned_of_place", school_id=child["school_id"], class_id=child["class_id"], from_day=day)
    rows = rows.filter(pl.col("student_id") == child["student_id"])
    if rows.is_empty():
        return
    ahead = ask(viewer, "days_ahead", school_id=child["school_id"], grade=child["grade"], from_day=day, days=DAYS_AHEAD)
    school_days = set(ahead.filter(pl.col("kind") == "school_day").get_column("day"))
    said: dict[str, list[date]] = {}
    for row in rows.rows(named=True):
        said.setdefault(planned_words(row), []).append(row["day"])
    runs = [(first, last, what) for what, days in said.items() for first, last in runs_of_days(days, school_days)]
    words = [
        _("recording.planned_day" if first == last else "recording.planned_run", first=day_text(first, language()),
          last=day_text(last, language()), what=what)
        for first, last, what in sorted(runs)
    ]
    quiet(_("recording.planned_days", days=_("state.comma").join(words)))


def _finding(child: dict[str, Any], year: pl.DataFrame) -> str:
    name = f"{child['family_name']} {child['given_name']}"
    known = year.filter(~is_unknown("attendance"))
    absent = _absent_days(known)
    recent = known.tail(RECENT_DAYS)
    recent_absent = _absent_days(recent)
    if known.is_empty():
        return _("student.finding_none", name=name)
    words = {"name": name, "absent": absent, "days": known.height, "recent": recent.height}
    if recent_absent == 0:
        return _("student.finding_here", **words) + where_counted(child, year)
    return _("student.finding_absent", **words, recent_absent=recent_absent) + where_counted(child, year)


def _absent_days(days: pl.DataFrame) -> int:
    return days.filter(pl.col("is_absent")).height


def _tiles(named: frozenset[str], year: pl.DataFrame, days: pl.DataFrame, now: Period) -> None:
    """This 年度 beside as many 授業日 of the one before, at this school; absent and late over all the schools of the 年度."""
    this = days.filter(pl.col("fiscal_year") == now.fiscal_year)
    last = days.filter((pl.col("fiscal_year") == now.fiscal_year - 1) & pl.col("is_to_date"))
    had_last = last.height > 0

    def beside(words: str) -> tuple[str, ...]:
        return (_("tile.last_year", value=words),) if had_last else (_("tile.no_last_year"),)

    known, excused = year.filter(~is_unknown("attendance")).height, year.filter(pl.col("is_excused")).height
    drawn = [
        Tile(
            _("tile.absent"),
            counted_days(_absent_days(year)),
            (_("tile.of_days", days=known, excused=excused), *beside(counted_days(_absent_days(last)))),
        ),
        Tile(
            _("tile.late"),
            counted_days(year.filter(pl.col("is_late")).height),
            beside(counted_days(last.filter(pl.col("is_late")).height)),
        ),
    ]
    if "mood" in named:
        answered = this.filter(pl.col("mood_level").is_not_null()).tail(30)
        counts = four_moods(str(answered.filter(pl.col("mood_level") == level).height) for level in MOODS)
        drawn.append(
            Tile(_("tile.mood"), counts, (_("tile.last_answers", answers=answered.height),), is_small=True)
            if answered.height
            else Tile(_("tile.mood"), _("figure.none"), (_("tile.no_answers"),))
        )
    if "health_room" in named:
        visits, visits_last = (int(part.get_column("health_room_visits").sum() or 0) for part in (this, last))
        drawn.append(Tile(_("tile.visits"), _("tile.times", times=visits), beside(_("tile.times", times=visits_last))))
    if "study_log" in named:
        drawn.append(_study_tile(this))
    tiles(drawn)


def _study_tile(this: pl.DataFrame) -> Tile:
    month = this.filter(~is_unknown("study")).tail(20)
    answers, correct = (int(month.get_column(name).sum() or 0) for name in ("study_answers", "study_correct"))
    active = month.filter(pl.col("study_minutes") > 0).height
    if month.is_empty():
        return Tile(_("tile.study"), _("figure.none"), (_("tile.no_study"),))
    accuracy = (
        _("tile.accuracy", percent=round(correct / answers * 100), answers=answers) if answers else _("tile.no_study")
    )
    return Tile(_("tile.study"), counted_days(active), (_("tile.study_of", days=month.height), accuracy))
