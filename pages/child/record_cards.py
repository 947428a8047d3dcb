"""The cards below a child's lanes: years, subjects, visits, and who can see the child."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from access import Viewer, sight_of
from components.cards.card import Card, card, plain_table, ruled_table
from components.cards.states import quiet
from components.date_columns import fiscal_year_column, long_day_column
from components.dates import long_day_text
from components.session_answers import ask
from components.tables.origin import COUNTED_WITH
from components.wording import _, as_written, language, said
from pages.choice import Period
from pages.origin import origin
from queries.catalogue import indicators
from queries.handover import members

MOST_VISITS = 12


def years_card(viewer: Viewer, child: dict[str, Any], years: pl.DataFrame, days: pl.DataFrame, now: Period) -> None:
    """The 年度 side by side, at this school and at earlier ones that may be seen: 授業日数, days away, days present."""
    by_year = _days_by_year(child, years, days)
    if by_year.is_empty():
        return
    newest = days.filter(pl.col("fiscal_year") == pl.col("fiscal_year").max())
    absent, excused = (int(newest.get_column(name).sum()) for name in ("is_absent", "is_excused"))
    away = absent + excused
    long = indicators()["long_absence"].parameters["days"]
    finding = _(
        "student.years_over" if away >= int(long) else "student.years_under",
        long=long,
        away=away,
        absent=absent,
        excused=excused,
    ) + where_counted(child, newest)
    came_by = origin(viewer, ("attendance", *COUNTED_WITH), child["school_id"])
    with card(Card(finding, "years", _("student.years_about", until=now.until_text), origin=came_by)):
        plain_table(
            by_year.select(
                **{
                    _("column.year"): fiscal_year_column("fiscal_year", language()),
                    _("column.class"): pl.col("place"),
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


def where_counted(child: dict[str, Any], year: pl.DataFrame) -> str:
    """What is to be added to a count of days of a 年度: how many of them were at an earlier school, or that those are not counted.

    Takes rows of `days_of_child` of the 年度, of all the schools this viewer may see. Nothing is to be added where the child has been at
    this school on all its 授業日.
    """
    elsewhere = year.filter(pl.col("school_id") != child["school_id"])
    if elsewhere.height:
        is_absent = elsewhere.get_column("is_absent")  # null on a day whose register has not come
        return _("student.with_elsewhere", absent=int(is_absent.sum()), days=is_absent.count())
    return _("student.here_alone") if year.height < (year.get_column("ordinal").max() or 0) else ""


def _days_by_year(child: dict[str, Any], years: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """One line for each 年度 and school, the newest first, and of a year at two schools this one."""
    # grouped here: the days are on the page already, one answer a school; as sums they would be asked for, and recorded, again
    classes = years.group_by("fiscal_year", "school_id").agg(
        place=pl.concat_str("school_name", pl.lit(" "), "class_name").str.join(_("state.comma"))
    )
    return (
        days.group_by("fiscal_year", "school_id")
        .agg(
            school_days=pl.col("is_absent").count(),  # days of which a register has come
            absent=pl.col("is_absent").sum(),
            excused=pl.col("is_excused").sum(),
            late=pl.col("is_late").sum(),
            early=pl.col("is_early_leave").sum(),
        )
        .join(classes, on=["fiscal_year", "school_id"], how="left")
        .sort("fiscal_year", pl.col("school_id") == child["school_id"], descending=True)
    )


def subjects_card(viewer: Viewer, child: dict[str, Any], now: Period) -> None:
    """Drill by subject this 年度; accuracy weighted by answers."""
    study = ask(
        viewer, "study_of_child", school_id=child["school_id"], student_id=child["student_id"],
        from_day=date(now.fiscal_year, 4, 1), to_day=date(now.fiscal_year + 1, 3, 31),
    )  # fmt: skip
    if study.is_empty():
        quiet(_("state.no_study"))
        return
    by_subject = study.with_columns(
        accuracy=(pl.col("correct") / pl.when(pl.col("answers") > 0).then(pl.col("answers")) * 100).round(0)
    )
    finding = _("student.subjects", subjects=by_subject.height, answers=int(by_subject.get_column("answers").sum()))
    came_by = origin(viewer, ("study_log",), child["school_id"])
    with card(Card(finding, "subjects", _("student.subjects_about", until=now.until_text), origin=came_by)):
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


def visits_card(viewer: Viewer, child: dict[str, Any], now: Period) -> None:
    """Visits to the health room, latest first; what was written only for those who may read it."""
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
    came_by = origin(viewer, ("health_room",), child["school_id"])
    with card(Card(finding, "visits", _("student.visits_about", until=now.until_text), origin=came_by)):
        plain_table(shown.select(**columns), finding)


def former_card(viewer: Viewer, child: dict[str, Any]) -> None:
    """What came with the child from a school elsewhere: that it is there, never counted with this school's days."""
    found = ask(viewer, "former_records", student_id=child["student_id"])
    if found.is_empty():
        return
    schools = _("state.comma").join(found.get_column("school_name").unique(maintain_order=True))
    finding = _("student.former", schools=schools, records=f"{int(found.get_column('records').sum()):,}")
    labels = {member.source: said(member.label) for member in members()}
    with card(Card(finding, "former", _("student.former_about"))):
        ruled_table(
            found.select(
                **{
                    _("column.school"): pl.col("school_name"),
                    _("column.year"): fiscal_year_column("record_year", language()),
                    _("column.kind"): pl.col("source").replace_strict(labels, default=None, return_dtype=pl.String),
                    _("column.rows"): pl.col("records"),
                    _("column.first_on"): long_day_column("first_on", language()),
                    _("column.last_on"): long_day_column("last_on", language()),
                }
            )
        )


def who_card(viewer: Viewer, child: dict[str, Any], now: Period) -> None:
    """Why this viewer sees the child, and who else can."""
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
    came_by = origin(viewer, ("roster",), child["school_id"])
    with card(Card(finding, "who", _("student.who_about", until=now.until_text), origin=came_by)):
        plain_table(table, finding)
