"""Who has looked at a child, and what is kept about the child: why, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from access import Viewer, sight_of
from access.clock import here
from components.cards.card import Card, card, plain_table, ruled_table
from components.dates import long_day_text
from components.session_answers import ask
from components.wording import _, language
from pages.child.learning_cards import of_schools
from pages.choice import Period
from records import notes, plans, viewings

WRITTEN = {
    "health_room": "visits_of_child",
    "assessment": "tests_of_child",
    "evaluation": "evaluations_of_child",
    "narrative": "narratives_of_child",
}


def lookers_card(viewer: Viewer, child: Mapping[str, Any]) -> None:
    """だれがいつ見たか, for whoever may read it: each person and role, last look first."""
    if "viewing" not in sight_of(viewer).named:
        return
    seen = viewings.who_saw(viewer, child["student_id"])
    finding = _("student.lookers", people=len({each.name for each in seen}))
    with card(Card(finding, "lookers", _("student.lookers_about"))):
        plain_table(
            pl.DataFrame(
                {
                    _("column.person"): [each.name for each in seen],
                    _("column.role"): [_(f"role.{each.role}") for each in seen],
                    _("column.first_look"): [_moment(each.first_at) for each in seen],
                    _("column.last_look"): [_moment(each.last_at) for each in seen],
                }
            ),
            finding,
        )


def _moment(at: Any) -> str:
    moment = here(at)
    return f"{long_day_text(moment.date(), language())} {moment:%H:%M}"


def kept_card(viewer: Viewer, child: dict[str, Any], schools: list[int], days: pl.DataFrame, now: Period) -> None:
    """この子について保管しているもの: every kind this viewer sees, how much of it, from when, what for and until when."""
    counted = _counted(viewer, child, schools, days)
    flows = ask(viewer, "declared_flows")
    words = {
        row["source"]: tuple(row[f"{name}_{language()}"] for name in ("label", "purpose", "retention"))
        for row in flows.rows(named=True)
    }
    rows = [(*words[kind], *rest) for kind, *rest in counted]
    rows += [
        (_(f"student.kept_{name}"), _(f"student.kept_{name}_why"), _("student.kept_until"), len(days_of), min(days_of), max(days_of))
        for name, days_of in _own(viewer, child).items()
        if days_of
    ]
    table = pl.DataFrame(
        rows,
        schema={
            "label": pl.String, "purpose": pl.String, "retention": pl.String, "rows": pl.Int64, "first": pl.Date, "last": pl.Date,
        },
        orient="row",
    )  # fmt: skip
    finding = _("student.kept", kinds=table.height)
    with card(Card(finding, "kept", _("student.kept_about", until=now.until_text))):
        ruled_table(
            table.select(
                **{
                    _("column.kind"): pl.col("label"),
                    _("column.kept_rows"): pl.col("rows"),
                    _("column.kept_days"): _span(),
                    _("column.purpose"): pl.col("purpose"),
                    _("column.retention"): pl.col("retention"),
                }
            )
        )


def _counted(viewer: Viewer, child: dict[str, Any], schools: list[int], days: pl.DataFrame) -> list[tuple[Any, ...]]:
    """Of each kind that comes from a source and this viewer sees: how many rows, the first day and the last."""
    named = sight_of(viewer).named
    counted: list[tuple[Any, ...]] = [
        (kind, found.height, found.get_column("day").min(), found.get_column("day").max())
        for kind, is_there in _is_recorded().items()
        if kind in named and (found := days.filter(is_there)).height
    ]
    for kind, question in WRITTEN.items():
        rows = of_schools(viewer, question, schools, child["student_id"]) if kind in named else pl.DataFrame()
        if rows.height:
            dated = rows.get_column("day") if "day" in rows.columns else pl.Series(dtype=pl.Date)  # evaluations are told by term
            counted.append((kind, rows.height, dated.min(), dated.max()))
    return counted


def _span() -> pl.Expr:
    """From the first day to the last, in one narrow column; a dash where a kind has no days."""
    days = [pl.col(name).dt.strftime("%Y/%-m/%-d") for name in ("first", "last")]
    return pl.format("{} – {}", *days).fill_null(_("figure.none"))


def _is_recorded() -> dict[str, pl.Expr]:
    """When a 授業日 holds a record of a kind."""
    return {
        "attendance": pl.col("attendance").is_not_null(),
        "mood": pl.col("mood_level").is_not_null(),
        "study_log": pl.col("study_minutes") > 0,
    }


def _own(viewer: Viewer, child: dict[str, Any]) -> dict[str, list[Any]]:
    """The days of what is written in this house itself, as far as this viewer may read it."""
    place = (viewer, child["school_id"], [child["student_id"]])
    return {
        "notes": [here(each.written_at).date() for each in notes.of_children(*place)],
        "plans": [each.said.starts_on for each in plans.of_children(*place)],
    }
