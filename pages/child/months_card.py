"""A child's months as the school's own system counts them, where it gives out no register by day."""

from __future__ import annotations

from typing import Any

import polars as pl

from access import Viewer, sight_of
from components.cards.card import Card, card, plain_table
from components.dates import month_text
from components.session_answers import ask
from components.wording import _, language
from pages.choice import Period
from pages.origin import origin


def months_card(viewer: Viewer, child: dict[str, Any], now: Period) -> None:
    """The months of this 年度, latest first, for whoever sees the register; they are in no other figure."""
    if "attendance" not in sight_of(viewer).named:
        return
    told = ask(viewer, "months_of_child", school_id=child["school_id"], student_id=child["student_id"])
    months = told.filter(pl.col("fiscal_year") == now.fiscal_year)
    if months.is_empty():
        return
    finding = _("student.months", months=months.height, absent=int(months.get_column("absent_days").sum()))
    came_by = origin(viewer, ("attendance_month",), child["school_id"])
    with card(Card(finding, "months", _("student.months_about"), origin=came_by)):
        plain_table(
            months.select(
                **{
                    _("column.month"): pl.Series([month_text(month.month, language()) for month in months.get_column("month")]),
                    _("column.required_days"): pl.col("required_days"),
                    _("column.absent_days"): pl.col("absent_days"),
                    _("column.suspended_days"): pl.col("suspended_days"),
                    _("column.late_days"): pl.col("late_days"),
                    _("column.early_leave_days"): pl.col("early_leave_days"),
                }
            ),
            finding,
        )
