"""One child: this 年度 at a glance, every lane of it on one time axis, and who can see it."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from access import Refused, Viewer, sight_of
from components.answers import ask
from components.cards import Card, card, picture, plain_table
from components.charts.lanes import lanes
from components.child_lanes import lane_rows
from components.choices import picked
from components.date_columns import fiscal_year_column, long_day_column
from components.dates import grade_text, long_day_text, month_text
from components.states import quiet, where
from components.tiles import Tile, tiles
from components.wording import _, as_written, language
from pages.choice import Period, class_choice, period, sources_of

LONG_ABSENCE_DAYS = 30
RECENT_DAYS = 10
MOST_VISITS = 12
LANE_KINDS = {
    "attendance": "attendance",
    "mood": "mood",
    "health_room": "health_room",
    "study": "study_log",
    "accuracy": "study_log",
}
STUDY_TOP_MINUTES = 40.0


def page(viewer: Viewer) -> None:
    """One child's story, as far as this viewer may read it."""
    if viewer.masked:
        raise Refused("on_projector")
    now = period(viewer)
    child = _chosen_child(viewer)
    days = ask(viewer, "days_of_child", school_id=child["school_id"], student_id=child["student_id"])
    year = days.filter(pl.col("fiscal_year") == now.fiscal_year)

    st.title(_finding(child, year), anchor=False)
    reading = f"（{child['family_name_kana']} {child['given_name_kana']}）" if child["family_name_kana"] else ""
    number = _("student.number", number=child["number"]) if child["number"] is not None else ""
    grade = grade_text(child["grade"], child["school_kind"], language())
    where(
        f"{child['family_name']} {child['given_name']}{reading}　"
        f"{child['school_name']} {child['class_name']} {grade} {number}　{now.until_text}"
    )
    named = sight_of(viewer).named & sources_of(viewer, child["school_id"])
    _tiles(named, days, now)
    _lanes_card(viewer, named, child, year, now)
    _years_card(days, now)
    if "study_log" in named:
        _subjects_card(viewer, child, now)
    if "health_room" in named:
        _visits_card(viewer, child, now)
    _who_card(viewer, child, now)


def _chosen_child(viewer: Viewer) -> dict[str, Any]:
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


def _finding(child: dict[str, Any], year: pl.DataFrame) -> str:
    name = f"{child['family_name']} {child['given_name']}"
    absent = _absent_days(year)
    recent = year.tail(RECENT_DAYS)
    recent_absent = _absent_days(recent)
    if year.is_empty():
        return _("student.finding_none", name=name)
    if recent_absent == 0:
        return _("student.finding_here", name=name, absent=absent, days=year.height, recent=recent.height)
    return _(
        "student.finding_absent",
        name=name,
        absent=absent,
        days=year.height,
        recent=recent.height,
        recent_absent=recent_absent,
    )


def _absent_days(days: pl.DataFrame) -> int:
    return days.filter(pl.col("attendance").is_in(["absent_sick", "absent_other"])).height


def _tiles(named: frozenset[str], days: pl.DataFrame, now: Period) -> None:
    this = days.filter(pl.col("fiscal_year") == now.fiscal_year)
    last = days.filter((pl.col("fiscal_year") == now.fiscal_year - 1) & pl.col("is_to_date"))
    had_last = last.height > 0

    def beside(words: str) -> tuple[str, ...]:
        return (_("tile.last_year", value=words),) if had_last else (_("tile.no_last_year"),)

    excused = this.filter(pl.col("attendance").is_in(["suspended", "bereavement", "excused_other"])).height
    drawn = [
        Tile(
            _("tile.absent"),
            _("tile.days", days=_absent_days(this)),
            (_("tile.of_days", days=this.height, excused=excused), *beside(_("tile.days", days=_absent_days(last)))),
        ),
        Tile(
            _("tile.late"),
            _("tile.days", days=this.filter(pl.col("is_late")).height),
            beside(_("tile.days", days=last.filter(pl.col("is_late")).height)),
        ),
    ]
    if "mood" in named:
        answered = this.filter(pl.col("mood_level").is_not_null()).tail(30)
        counts = "　".join(
            f"{sign}{answered.filter(pl.col('mood_level') == level).height}"
            for level, sign in ((1, "☀"), (2, "☁"), (3, "☂"), (4, "⚡"))
        )
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
    month = this.tail(20)
    answers, correct = (int(month.get_column(name).sum() or 0) for name in ("study_answers", "study_correct"))
    active = month.filter(pl.col("study_minutes") > 0).height
    if not month.filter(pl.col("is_study_covered")).height:
        return Tile(_("tile.study"), _("figure.none"), (_("tile.no_study"),))
    accuracy = (
        _("tile.accuracy", percent=round(correct / answers * 100), answers=answers) if answers else _("tile.no_study")
    )
    return Tile(_("tile.study"), _("tile.days", days=active), (_("tile.study_of", days=month.height), accuracy))


def _lanes_card(viewer: Viewer, named: frozenset[str], child: dict[str, Any], year: pl.DataFrame, now: Period) -> None:
    if year.is_empty():
        quiet(_("state.no_school_days"))
        return
    shown = tuple(lane for lane, kind in LANE_KINDS.items() if kind in named)
    breaks = ask(
        viewer, "breaks_of_school", school_id=child["school_id"], grade=child["grade"], fiscal_year=now.fiscal_year
    )
    rows = lane_rows(year, breaks.filter(pl.col("day") <= now.day), shown)
    finding = _("student.lanes")
    with card(Card(finding, "lanes", _("student.lanes_about", until=now.until_text))):
        month_words = str([month_text(month, language()) for month in range(1, 13)])
        picture(
            rows,
            lanes(
                tuple(_(f"lane.{lane}") for lane in shown),
                str(now.starts_on),
                str(now.day),
                f"{month_words}[utcmonth(datum.value)]",
                STUDY_TOP_MINUTES,
                viewer.masked,
                shown,
            ),
            finding,
            f"lanes-{language()}",
        )
        st.text(_("student.lanes_key"))


def _years_card(days: pl.DataFrame, now: Period) -> None:
    by_year = (
        days.group_by("fiscal_year")
        .agg(
            school_days=pl.len(),
            absent=pl.col("attendance").is_in(["absent_sick", "absent_other"]).sum(),
            excused=pl.col("attendance").is_in(["suspended", "bereavement", "excused_other"]).sum(),
            late=pl.col("is_late").sum(),
            early=pl.col("is_early_leave").sum(),
        )
        .sort("fiscal_year", descending=True)
    )
    this = by_year.row(0, named=True) if by_year.height else None
    if this is None:
        return
    away = this["absent"] + this["excused"]
    finding = _(
        "student.years_over" if away >= LONG_ABSENCE_DAYS else "student.years_under",
        away=away,
        absent=this["absent"],
        excused=this["excused"],
    )
    with card(Card(finding, "years", _("student.years_about", until=now.until_text))):
        plain_table(
            by_year.select(
                **{
                    _("column.year"): fiscal_year_column("fiscal_year", language()),
                    _("column.school_days"): pl.col("school_days"),
                    _("column.absent_days"): pl.col("absent"),
                    _("column.suspended_days"): pl.col("excused"),
                    _("column.present_days"): pl.col("school_days") - pl.col("absent") - pl.col("excused"),
                    _("column.late_days"): pl.col("late"),
                    _("column.early_leave_days"): pl.col("early"),
                }
            ),
            finding,
        )


def _subjects_card(viewer: Viewer, child: dict[str, Any], now: Period) -> None:
    study = ask(viewer, "study_of_child", school_id=child["school_id"], student_id=child["student_id"])
    year = study.filter(pl.col("fiscal_year") == now.fiscal_year)
    if year.is_empty():
        quiet(_("state.no_study"))
        return
    by_subject = (
        year.group_by("subject", maintain_order=True)
        .agg(pl.col("minutes").sum(), pl.col("answers").sum(), pl.col("correct").sum())
        .with_columns(
            accuracy=(pl.col("correct") / pl.when(pl.col("answers") > 0).then(pl.col("answers")) * 100).round(0)
        )
    )
    finding = _("student.subjects", subjects=by_subject.height, answers=int(by_subject.get_column("answers").sum()))
    with card(Card(finding, "subjects", _("student.subjects_about", until=now.until_text))):
        plain_table(
            by_subject.select(
                **{
                    _("column.subject"): pl.Series(
                        [as_written(subject) for subject in by_subject.get_column("subject")]
                    ),
                    _("column.total_minutes"): pl.col("minutes").round(0).cast(pl.Int32),
                    _("column.answers"): pl.col("answers"),
                    _("column.accuracy"): pl.col("accuracy"),
                }
            ),
            finding,
        )


def _visits_card(viewer: Viewer, child: dict[str, Any], now: Period) -> None:
    visits = ask(viewer, "visits_of_child", school_id=child["school_id"], student_id=child["student_id"])
    if visits.is_empty():
        quiet(_("state.no_visits"))
        return
    shown = visits.head(MOST_VISITS)
    columns = {
        _("column.day"): long_day_column("day", language()),
        _("column.entered_at"): pl.col("entered_at"),
        _("column.reason"): pl.Series([as_written(reason or "") for reason in shown.get_column("reason")]),
    }
    if "health_room_text" in sight_of(viewer).named:
        columns |= {
            _("column.symptom"): pl.col("symptom"),
            _("column.temperature"): pl.col("temperature"),
            _("column.action"): pl.col("action"),
        }
    finding = _(
        "student.visits",
        visits=visits.height,
        year=visits.filter(pl.col("day") >= now.starts_on).height,
        day=long_day_text(visits.row(0, named=True)["day"], language()),
    )
    with card(Card(finding, "visits", _("student.visits_about", until=now.until_text))):
        plain_table(shown.select(**columns), finding)


def _who_card(viewer: Viewer, child: dict[str, Any], now: Period) -> None:
    people = ask(viewer, "who_sees_child", student_id=child["student_id"])
    own = people.filter(pl.col("is_viewer"))
    why = own.row(0, named=True)["why"] if own.height else "schoolwide"
    # one line for each person, however many reasons they have
    seen: dict[str, tuple[list[str], list[str]]] = {}
    for row in people.rows(named=True):
        roles, reasons = seen.setdefault(f"{row['staff_family_name']} {row['staff_given_name']}", ([], []))
        for word, words in ((_(f"role.{row['role']}"), roles), (_(f"why.{row['why']}"), reasons)):
            if word not in words:
                words.append(word)
    finding = _("student.who", why=_(f"why.{why}"), others=max(0, len(seen) - 1))
    comma = _("state.comma")
    table = pl.DataFrame(
        {
            _("column.person"): list(seen),
            _("column.role"): [comma.join(roles) for roles, _reasons in seen.values()],
            _("column.why"): [comma.join(reasons) for _roles, reasons in seen.values()],
        }
    )
    with card(Card(finding, "who", _("student.who_about", until=now.until_text))):
        plain_table(table, finding)
