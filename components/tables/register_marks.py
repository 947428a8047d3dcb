"""Marks of the register, as teachers write them by hand, for each way of looking at a class's days."""

from __future__ import annotations

import polars as pl

from components.date_columns import day_column, short_day_column
from components.palette import MOOD_SIGNS
from components.wording import _, language

# Ways of looking (lens) and the kind of data each needs.
LENSES = {"attendance": "attendance", "mood": "mood", "health_room": "health_room", "study": "study_log"}

# 病・事・テ・キ, and チ・ソ for late and early: the signs of a paper register.
ATTENDANCE_MARKS = {
    "absent_sick": "病",
    "absent_other": "事",
    "suspended": "テ",
    "bereavement": "キ",
    "excused_other": "公",
}
PRESENT_MARK = "·"
UNKNOWN_MARK = "／"  # hatched: nothing has come for this day
UNKNOWN = "unknown"
IS_AWAY = pl.col("is_absent") | pl.col("is_excused")
# A child who has no 出席番号 yet stands last.
UNNUMBERED = 10_000
STUDY_STEPS = (0.0, 5.0, 15.0)


def attendance_mark() -> pl.Expr:
    """The register mark of a day: 病 事 テ キ, チ late, ソ early, both together チソ, present a dot; hatched where nothing has come."""
    late_and_early = pl.when(pl.col("is_late") & pl.col("is_early_leave")).then(pl.lit("チソ"))
    return (
        pl.when(is_unknown("attendance"))
        .then(pl.lit(UNKNOWN_MARK))
        .when(IS_AWAY)
        .then(pl.col("attendance").replace_strict(ATTENDANCE_MARKS, default=PRESENT_MARK))
        .otherwise(
            late_and_early.when(pl.col("is_late"))
            .then(pl.lit("チ"))
            .when(pl.col("is_early_leave"))
            .then(pl.lit("ソ"))
            .otherwise(pl.lit(PRESENT_MARK))
        )
    )


def attendance_tone() -> pl.Expr:
    """The ground of a day's cell: absent, excused, late, or nothing; its own where nothing has come."""
    return (
        pl.when(is_unknown("attendance"))
        .then(pl.lit(UNKNOWN))
        .when(pl.col("is_absent"))
        .then(pl.lit("absent"))
        .when(pl.col("is_excused"))
        .then(pl.lit("excused"))
        .when(pl.col("is_late") | pl.col("is_early_leave"))
        .then(pl.lit("late"))
        .otherwise(pl.lit("present"))
    )


def attendance_word() -> pl.Expr:
    """What a day was, in words of the person's language."""
    words = {status: _(f"attendance.{status}") for status in (*ATTENDANCE_MARKS, "present")}
    return (
        pl.when(is_unknown("attendance"))
        .then(pl.lit(_("attendance.unknown")))
        .when(~IS_AWAY & pl.col("is_late") & pl.col("is_early_leave"))
        .then(pl.lit(_("attendance.late_and_early")))
        .when(~IS_AWAY & pl.col("is_late"))
        .then(pl.lit(_("attendance.late")))
        .when(~IS_AWAY & pl.col("is_early_leave"))
        .then(pl.lit(_("attendance.early_leave")))
        .otherwise(pl.col("attendance").replace_strict(words, default=""))
    )


def mood_word() -> pl.Expr:
    """What was answered, in words; not answered is said, and so is a day on which nobody's answer has come."""
    words = {level: _(f"mood.{level}") for level in MOOD_SIGNS}
    answered = pl.col("mood_level").replace_strict(words, default=_("mood.unanswered"), return_dtype=pl.String)
    return pl.when(is_unknown("mood")).then(pl.lit(_("attendance.unknown"))).otherwise(answered)


def is_unknown(lens: str) -> pl.Expr:
    """Whether a school's files do not speak for a day: it is neither good nor bad, and counted nowhere."""
    if lens == "attendance":
        return pl.col("is_absent").is_null()
    covered = {"mood": "is_mood_asked", "health_room": "is_health_room_covered", "study": "is_study_covered"}[lens]
    return ~pl.col(covered).fill_null(value=False)


def marked_days(rows: pl.DataFrame, lens: str) -> pl.DataFrame:
    """Days of a class as cells of a register.

    Takes rows of `register_of_class`; gives child, child_order, day_label, day_order, mark, tone,
    said, one row for each row taken.
    """
    known, unknown = _cell(lens), is_unknown(lens)
    hatched = (pl.lit(UNKNOWN_MARK), pl.lit(UNKNOWN), pl.lit(_("attendance.unknown")))
    mark, tone, word = (pl.when(unknown).then(other).otherwise(each) for each, other in zip(known, hatched, strict=True))
    return rows.select(
        child=pl.format(
            "{}  {} {}", pl.col("number").cast(pl.String).fill_null("–").str.pad_start(2), "family_name", "given_name"
        ),
        child_order=pl.struct(pl.col("number").fill_null(UNNUMBERED), "student_id").rank("dense").cast(pl.Int32),
        day_order=pl.col("day").rank("dense").cast(pl.Int32),
        day_label=short_day_column("day"),
        mark=mark,
        tone=tone,
        said=pl.format(
            "{} {}　{}　{}",
            "family_name",
            "given_name",
            day_column("day", language()),
            word,
        ),
    )


def _cell(lens: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    if lens == "mood":
        level = pl.col("mood_level")
        tone = pl.when(level.is_not_null()).then(pl.format("mood_{}", level)).otherwise(pl.lit("none"))
        return level.replace_strict(MOOD_SIGNS, default="", return_dtype=pl.String), tone, mood_word()
    if lens == "health_room":
        visits = pl.col("health_room_visits").fill_null(0)
        mark = pl.when(visits > 0).then(visits.cast(pl.String)).otherwise(pl.lit(""))
        return (
            mark,
            pl.when(visits > 0).then(pl.lit("visit")).otherwise(pl.lit("none")),
            pl.format(_("lens.visits_said"), visits),
        )
    if lens == "study":
        minutes = pl.col("study_minutes").fill_null(0.0)
        low, middle, high = STUDY_STEPS
        tone = (
            pl.when(minutes <= low)
            .then(pl.lit("none"))
            .when(minutes < middle)
            .then(pl.lit("study_1"))
            .when(minutes < high)
            .then(pl.lit("study_2"))
            .otherwise(pl.lit("study_3"))
        )
        mark = pl.when(minutes > low).then(minutes.round(0).cast(pl.Int32).cast(pl.String)).otherwise(pl.lit(""))
        return mark, tone, pl.format(_("lens.minutes_said"), minutes.round(0).cast(pl.Int32))
    return attendance_mark(), attendance_tone(), attendance_word()


def known_days(rows: pl.DataFrame, lens: str) -> int:
    """On how many of these days a record of any child has come."""
    return rows.filter(~is_unknown(lens)).get_column("day").n_unique()


def register_finding(rows: pl.DataFrame, lens: str, days: int) -> str:
    """What these days say, counted in children and never naming one."""
    counted = {
        "attendance": pl.col("is_absent"),
        "mood": pl.col("mood_level") >= 3,
        "health_room": pl.col("health_room_visits") > 0,
        "study": pl.col("study_minutes") > 0,
    }[lens]
    if days == 0:
        return _("lens.nothing_known")
    children = rows.filter(counted).get_column("student_id").n_unique()
    if children == 0:
        return _(f"lens.{lens}_nobody", days=days)
    return _(f"lens.{lens}_finding", days=days, children=children, all=rows.get_column("student_id").n_unique())


def happened(kinds: frozenset[str]) -> dict[str, pl.Expr]:
    """What a class's days can be searched for, of the kinds of record that are seen: name → whether it happened on a day."""
    events = {
        "absent": ("attendance", pl.col("is_absent")),
        "late": ("attendance", pl.col("is_late") | pl.col("is_early_leave")),
        "stormy": ("mood", pl.col("mood_level") >= 3),
        "visit": ("health_room", pl.col("health_room_visits") > 0),
    }
    return {name: is_so for name, (kind, is_so) in events.items() if kind in kinds}
