"""One child's days as rows of the lanes chart."""

from __future__ import annotations

import polars as pl

from components.date_columns import day_column
from components.tables.register_marks import (
    PRESENT_MARK,
    attendance_mark,
    attendance_tone,
    attendance_word,
    is_unknown,
    mood_word,
)
from components.wording import _, language

SCHEMA = {
    "lane": pl.String,
    "day": pl.Date,
    "until": pl.Date,
    "value": pl.Float64,
    "mark": pl.String,
    "tone": pl.String,
    "said": pl.String,
}
# A lane's accuracy is drawn by week: of one day's ten answers a percentage says too much.
ACCURACY_WEEK = "1w"
SHORTEST_BREAK_DAYS = 5


# long: one entry a lane, side by side to be compared
def lane_rows(year: pl.DataFrame, breaks: pl.DataFrame, shown: tuple[str, ...]) -> pl.DataFrame:
    """Rows for the lanes in `shown` out of rows of `days_of_child`, with the long breaks of the calendar.

    Columns lane, day, until, value, mark, tone, said; a day without a record gives no row in its lane. School days of which no register
    has come are a hatched band.
    """
    said_day = day_column("day", language())
    drawn = {
        "attendance": year.filter(~is_unknown("attendance")).select(
            lane=pl.lit("attendance"),
            day="day",
            value=pl.when(attendance_tone() == "present").then(0.18).otherwise(0.62),
            mark=_first_of_run(attendance_mark()),
            tone=attendance_tone(),
            said=pl.format("{}　{}", said_day, attendance_word()),
        ),
        "mood": year.filter(pl.col("mood_level").is_not_null()).select(
            lane=pl.lit("mood"),
            day="day",
            value=(5 - pl.col("mood_level")).cast(pl.Float64),
            mark=pl.lit(""),
            tone=pl.format("mood_{}", "mood_level"),
            said=pl.format("{}　{}", said_day, mood_word()),
        ),
        "health_room": year.filter(pl.col("health_room_visits") > 0).select(
            lane=pl.lit("health_room"),
            day="day",
            value=pl.lit(1.0),
            mark=pl.lit(""),
            tone=pl.lit("visit"),
            said=pl.format("{}　" + _("lens.visits_said"), said_day, "health_room_visits"),
        ),
        "study": year.filter(pl.col("study_minutes") > 0).select(
            lane=pl.lit("study"),
            day="day",
            value=pl.col("study_minutes").cast(pl.Float64),
            mark=pl.lit(""),
            tone=pl.lit("study"),
            said=pl.format("{}　" + _("lens.minutes_said"), said_day, pl.col("study_minutes").round(0).cast(pl.Int32)),
        ),
        "accuracy": _weekly_accuracy(year),
    }
    rows = [
        frame.with_columns(until=pl.lit(None, dtype=pl.Date)).select(
            *(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
        )
        for lane, frame in drawn.items()
        if lane in shown
    ]
    return pl.concat([_break_bands(breaks), *([_unknown_bands(year)] if "attendance" in shown else []), *rows])


def _first_of_run(mark: pl.Expr) -> pl.Expr:
    """A mark where a run of the same mark begins; over every day of a long absence the letters would lie on each other."""
    is_shown = (mark != PRESENT_MARK) & mark.ne_missing(mark.shift(1))
    return pl.when(is_shown).then(mark).otherwise(pl.lit(""))


def _weekly_accuracy(year: pl.DataFrame) -> pl.DataFrame:
    # a week with a change of school lies in two answers: no question can add it up
    weekly = (
        year.filter(pl.col("study_answers") > 0)
        .group_by(day=pl.col("day").dt.truncate(ACCURACY_WEEK))
        .agg(pl.col("study_answers").sum(), pl.col("study_correct").sum())
        .sort("day")
    )
    if weekly.height:  # a week without answers is a gap in the line, not a straight stroke over it
        weekly = weekly.upsample("day", every=ACCURACY_WEEK, maintain_order=True)
    percent = pl.col("study_correct") / pl.col("study_answers") * 100
    return weekly.select(
        lane=pl.lit("accuracy"),
        day="day",
        value=percent,
        mark=pl.lit(""),
        tone=pl.lit("accuracy"),
        said=pl.format(_("lane.accuracy_said"), percent.round(0).cast(pl.Int32), "study_answers"),
    )


def days_between(days: pl.Series) -> pl.DataFrame:
    """The dates between these days that are not among them: the breaks of a school whose calendar is not in reach."""
    if days.is_empty():
        return pl.DataFrame(schema={"day": pl.Date})
    every = pl.date_range(days.min(), days.max(), eager=True).alias("day").to_frame()
    return every.filter(~pl.col("day").is_in(days.to_list()))


def _unknown_bands(year: pl.DataFrame) -> pl.DataFrame:
    """School days in a row of which no register has come, each stretch as one band from its first day to the day after its last."""
    runs = (
        year.sort("day")
        .with_columns(unknown=is_unknown("attendance"))
        .with_columns(run=pl.col("unknown").rle_id())
        .filter("unknown")
        .group_by("run", maintain_order=True)
        .agg(pl.col("day").min(), until=pl.col("day").max().dt.offset_by("1d"))
    )
    return runs.select(
        lane=pl.lit("unknown"),
        day="day",
        until="until",
        value=pl.lit(0.5),
        mark=pl.lit("／／"),
        tone=pl.lit("unknown"),
        said=pl.lit(_("attendance.unknown")),
    )


def _break_bands(breaks: pl.DataFrame) -> pl.DataFrame:
    """Breaks of five days or more, each as one band from its first day to the day after its last."""
    runs = (
        breaks.sort("day")
        .with_columns(run=((pl.col("day").diff().dt.total_days().fill_null(1)) != 1).cum_sum())
        .group_by("run", maintain_order=True)
        .agg(pl.col("day").min(), until=pl.col("day").max().dt.offset_by("1d"))
        .filter((pl.col("until") - pl.col("day")).dt.total_days() >= SHORTEST_BREAK_DAYS)
    )
    return runs.select(
        lane=pl.lit("holiday"),
        day="day",
        until="until",
        value=pl.lit(None, dtype=pl.Float64),
        mark=pl.lit(""),
        tone=pl.lit("holiday"),
        said=pl.lit(""),
    )
