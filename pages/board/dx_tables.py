"""校務DX: how schools answered the checklist, by item and by school, with what has moved since last year; paper and seals first."""

from __future__ import annotations

import polars as pl

from access import Viewer
from components.dates import short_fiscal_year_text
from components.session_answers import ask
from components.tables.report import Column, ReportTable
from components.wording import _, language
from queries.dx import first_words

STEPS = {"no": 0, "partly": 1, "yes": 2}


def ordered_items(rows: pl.DataFrame) -> list[tuple[str, str]]:
    """Items with their names, those of paper, seals and FAX first, then as numbered."""
    items = rows.select("item", "item_name").unique("item", keep="last").sort("item").rows()
    return sorted(items, key=lambda item: not any(word in item[1] for word in first_words()))


def dx_tables(viewer: Viewer) -> list[ReportTable]:
    """Schools by item, newest year beside the one before; none where there are no answers."""
    rows = ask(viewer, "dx_answers")
    if rows.is_empty():
        return []
    years = sorted(set(rows.get_column("fiscal_year")), reverse=True)[:2]
    lines = []
    for item, name in ordered_items(rows):
        answers = {year: rows.filter((pl.col("item") == item) & (pl.col("fiscal_year") == year)) for year in years}
        newest = answers[years[0]].get_column("answer").to_list()
        before = answers[years[-1]].get_column("answer").to_list() if len(years) > 1 else None
        lines.append(
            (
                item,
                name,
                newest.count("yes"),
                newest.count("partly"),
                newest.count("no"),
                before.count("yes") if before is not None else _("report.not_available"),
            )
        )
    this = short_fiscal_year_text(years[0], language())
    last = short_fiscal_year_text(years[-1], language())
    return [
        ReportTable(
            "dx",
            _("dx.items", year=this),
            (Column(_("column.item")), Column(_("column.item_name")), Column(_("dx.yes"), 0), Column(_("dx.partly"), 0),
             Column(_("dx.no"), 0), Column(_("dx.yes_before", year=last), 0)),
            tuple(lines),
            note=_("dx.items_note"),
        )
    ]  # fmt: skip


def moved(rows: pl.DataFrame) -> tuple[int, int]:
    """How many answers are further than a year before, and how many fell back."""
    years = sorted(set(rows.get_column("fiscal_year")), reverse=True)[:2]
    if len(years) < 2:
        return 0, 0
    steps = rows.with_columns(step=pl.col("answer").replace_strict(STEPS, default=None, return_dtype=pl.Int8))
    this, last = (steps.filter(pl.col("fiscal_year") == year).select("school_id", "item", "step") for year in years)
    both = this.join(last, on=["school_id", "item"], suffix="_before")
    change = both.get_column("step") - both.get_column("step_before")
    return int((change > 0).sum()), int((change < 0).sum())
