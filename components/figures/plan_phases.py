"""Before and since a support began, over the same number of 授業日: a comparison, never a cause."""

from __future__ import annotations

from datetime import date

import polars as pl

from components.wording import _, counted_days

MOST_DAYS, FEWEST_DAYS = 60, 5
STORMY = 3  # rain, and thunder


def before_and_since(days: pl.DataFrame, starts_on: date, ends_on: date | None) -> tuple[int, pl.DataFrame, pl.DataFrame] | None:
    """How many 授業日 are compared, those before the first day of a support, and those since.

    Takes rows of `days_of_child`, in order. None where fewer than five 授業日 lie on either side; more than sixty are not looked at.
    """
    before = days.filter(pl.col("day") < starts_on)
    since = days.filter((pl.col("day") >= starts_on) & (pl.col("day") <= (ends_on or date.max)))
    compared = min(before.height, since.height, MOST_DAYS)
    if compared < FEWEST_DAYS:
        return None
    return compared, before.tail(compared), since.head(compared)


def phase_table(compared: int, before: pl.DataFrame, since: pl.DataFrame, kinds: frozenset[str]) -> pl.DataFrame:
    """The two phases side by side in words, a line for each kind of record that is seen; what nobody recorded is not counted."""
    parts = (before, since)
    lines = [
        (_("plan.absent"), [counted_days(part.filter(pl.col("is_absent")).height) for part in parts]),
        (_("plan.late"), [counted_days(part.filter(pl.col("is_late")).height) for part in parts]),
    ]
    if "mood" in kinds:
        answered = [part.filter(pl.col("mood_level").is_not_null()) for part in parts]
        lines.append((_("plan.stormy"), [f"{part.filter(pl.col('mood_level') >= STORMY).height} / {part.height}" for part in answered]))
    if "health_room" in kinds:
        lines.append(
            (_("plan.visits"), [_("tile.times", times=int(part.get_column("health_room_visits").sum() or 0)) for part in parts])
        )
    return pl.DataFrame(
        {
            _("column.kind"): [label for label, _values in lines],
            _("plan.before", days=compared): [values[0] for _label, values in lines],
            _("plan.since", days=compared): [values[1] for _label, values in lines],
        }
    )
