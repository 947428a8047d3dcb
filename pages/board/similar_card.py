"""似た学校: schools like one's own by a published recipe that can be weighed anew, and their figures beside it."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from components.cards.card import Card, foot, frame, heading, ruled_table
from components.cards.states import quiet
from components.choices import picked, switched
from components.figures.figures import figure_in
from components.figures.funnel import Funnel, interval_text
from components.session_answers import ask
from components.wording import _, said
from pages.choice import Period
from pages.months import about
from pages.origin import origin_of
from queries.catalogue import Indicator
from queries.similar import MOST_WEIGHT, PARTS, nearest, parts_of, recipe


def similar_card(viewer: Viewer, rows: pl.DataFrame, found: Funnel | None, indicator: Indicator, kind: str, now: Period) -> None:
    """One school, the schools most like it, and what the recipe was."""
    facts = ask(viewer, "facts_of_schools").filter((pl.col("school_kind") == kind) & (pl.col("fiscal_year") == now.fiscal_year))
    incomplete = rows.filter("is_incomplete").get_column("school_id")  # like no other while records of it are missing
    facts = facts.filter(~pl.col("school_id").is_in(incomplete.implode()))
    if facts.height < 3:
        quiet(_("compare.no_facts"))
        return
    names = dict(facts.select("school_key", "school_name").iter_rows())
    with frame("similar"):
        head = st.container()
        key = picked("similar", _("choice.school"), names)
        weights = _weights_choice()
        measured = {
            row["school_id"]: parts_of(row["students"], row["school_aid_rate"], row["special_needs_students"])
            for row in facts.rows(named=True)
        }
        mine = facts.filter(pl.col("school_key") == key).item(0, "school_id")
        members = nearest(mine, measured, weights, recipe().members)
        finding = _("compare.similar", school=names[key], schools=len(members))
        with head:
            heading(finding, _("compare.similar_about"))
        shown_rows = rows.filter(pl.col("school_id").is_in([mine, *members])).sort("list_order")
        table = _table(shown_rows, mine, dict(facts.select("school_id", "students").iter_rows()), indicator, found.phi if found else 1.0)
        ruled_table(table)
        meaning = "\n".join((about(indicator, now), _("compare.similar_about")))
        foot(Card(finding, "similar", meaning, table, f"miharashi-similar-{indicator.name}", is_table_shown=True,
                  origin=origin_of(viewer, [indicator.name])))  # fmt: skip


def _weights_choice() -> dict[str, int]:
    """How heavily each part of the recipe weighs: as published, until the reader weighs it anew."""
    weights = dict(recipe().weights)
    with st.expander(_("compare.recipe")):
        st.text(_("compare.recipe_about", members=recipe().members, version=recipe().version))
        for part in PARTS:
            st.text(_(f"compare.part_{part}"))
            order = [weights[part], *(each for each in range(MOST_WEIGHT + 1) if each != weights[part])]
            shown = {str(each): _(f"compare.weight_{each}") for each in sorted(order)}
            if f"chosen-weight_{part}" not in st.session_state:
                st.session_state[f"chosen-weight_{part}"] = str(weights[part])
            weights[part] = int(switched(f"weight_{part}", _(f"compare.part_{part}"), shown))
    return weights


def _table(shown: pl.DataFrame, mine: int, sizes: dict[int, int], indicator: Indicator, phi: float) -> pl.DataFrame:
    """One line for each school, in the order of the list, with its size and its figure; one's own is marked."""
    figures = [figure_in(row, indicator.name) for row in shown.rows(named=True)]
    return pl.DataFrame(
        {
            _("column.school"): [
                _("compare.this_school", school=name) if school == mine else name
                for school, name in shown.select("school_id", "school_name").iter_rows()
            ],
            _("column.students"): pl.Series([sizes.get(school) for school in shown.get_column("school_id")], dtype=pl.Int32),
            said(indicator.label): [made.text for made in figures],
            _("column.interval"): [interval_text(made, phi) for made in figures],
        }
    )
