"""What is missing of a place's records because rows of them were set aside: said at the head of every page it concerns."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from access import Viewer
from access.clock import fiscal_year_of
from components.cards.states import quiet
from components.dates import month_text
from components.wording import _, language
from pages.choice import Period, incomplete_places

MOST_NAMED = 5
CAUSES = ("unknown_code", "missing_column")  # causes with words of their own


def gaps_notice(viewer: Viewer, school_id: int, class_id: int | None = None) -> None:
    """Say what is missing of the records of a school or of a class, and why."""
    for words in incomplete_words(incomplete_places(viewer, school_id), class_id):
        quiet(words)


def incomplete_words(rows: pl.DataFrame, class_id: int | None = None) -> list[str]:
    """What is missing of a school's records, or of a class's: source by source the months, how many rows, and why.

    Takes rows of `incomplete_places` of one school. Without a class, of its classes only where the school as a whole is not concerned.
    """
    whole = pl.col("class_id").is_null()
    own = rows.filter(whole if class_id is None else whole | (pl.col("class_id") == class_id))
    said = [_missing(source, part, _key(part)) for source, part in parts_of(own, "source")]
    if class_id is None:
        told = own.select(pl.struct("source", "month")).to_series()
        apart = rows.filter(~whole, ~pl.struct("source", "month").is_in(told.implode()))
        said += [_missing(source, part, "recording.incomplete_classes") for source, part in parts_of(apart, "source")]
    return said


def parts_of(rows: pl.DataFrame, column: str) -> list[tuple[Any, pl.DataFrame]]:
    """Rows put apart by what a column says, in the order they come."""
    return [(value, rows.filter(pl.col(column) == value)) for value in rows.get_column(column).unique(maintain_order=True)]


def _key(rows: pl.DataFrame) -> str:
    """Whether a part of a place's records is missing, or all of them."""
    return "recording.nothing_loaded" if rows.get_column("is_nothing_loaded").all() else "recording.incomplete"


def _missing(source: Any, rows: pl.DataFrame, key: str) -> str:
    words = {"source": _(f"source.{source}"), "months": months_text(rows)}
    told = rows.filter(pl.col("class_id").is_null()) if key != "recording.incomplete_classes" else rows
    told = told if told.height else rows
    code = told.get_column("code").mode().sort().first()
    why = _(f"recording.cause_{code if code in CAUSES else 'other'}")
    missing = told.get_column("rows_missing").sum() if told.get_column("rows_missing").null_count() == 0 else None
    return _(key, **words) + (_("recording.rows_missing", rows=f"{missing:,}") if missing else "") + why


def months_text(rows: pl.DataFrame) -> str:
    """The months rows are missing of: 4月〜7月、10月; of another 年度 than the newest with its year."""
    newest = rows.get_column("fiscal_year").max()
    runs: list[list[date]] = []
    for month in rows.get_column("month").unique().sort():
        if runs and (month.year - runs[-1][-1].year) * 12 + month.month - runs[-1][-1].month == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    named = [(_month(run[0], newest), _month(run[-1], newest), len(run)) for run in runs]
    return _("state.comma").join(_("recording.months", first=first, last=last) if months > 1 else first for first, last, months in named)


def _month(month: date, newest: Any) -> str:
    words = month_text(month.month, language())
    return words if fiscal_year_of(month) == newest else _("xmr.month", year=month.year, month=words)


def incomplete_notice(viewer: Viewer, now: Period) -> None:
    """Say on a page that holds several schools of which of them records are missing, and that nothing is made of these."""
    rows = incomplete_places(viewer).filter(pl.col("class_id").is_null(), fiscal_year=now.fiscal_year)
    for source, own in parts_of(rows, "source"):
        schools = [
            _("recording.incomplete_school", name=name, months=months_text(part)) for name, part in parts_of(own, "school_name")
        ]
        words = _("state.comma").join(schools[:MOST_NAMED])
        if len(schools) > MOST_NAMED:
            words += _("recording.and_more", more=len(schools) - MOST_NAMED)
        quiet(_("recording.incomplete_schools", source=_(f"source.{source}"), schools=words, count=len(schools)))
