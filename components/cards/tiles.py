"""Tiles: at most five figures above the fold, each with its unit, its date and what it is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

import polars as pl
import streamlit as st

from components.cards.card import origin_table
from components.cards.states import quiet
from components.figures.figures import Figure, figure, unit_text
from components.palette import MOOD_SIGNS
from components.wording import _, said
from queries.catalogue import indicators

MOST_TILES = 5
# one tile of these four figures and of the share answered: no other could take their place in it
MOODS = {1: "mood_sunny", 2: "mood_cloudy", 3: "mood_rain", 4: "mood_thunder"}


@dataclass(frozen=True, slots=True)
class Tile:
    """A label, a value, and a few quiet lines under it."""

    label: str
    value: str
    notes: tuple[str, ...] = ()
    unit: str = ""
    is_small: bool = False  # several values in one tile need smaller type


def tiles(shown: list[Tile]) -> None:
    """Draw the tiles in one row; raises ValueError for more than five, for then nothing is seen at a glance."""
    if len(shown) > MOST_TILES:
        raise ValueError(f"{len(shown)} tiles; at most {MOST_TILES} fit above the fold")
    drawn = "".join(
        f'<li class="tile"><span class="tile-label">{escape(tile.label)}</span>'
        f'<span class="tile-value{" tile-value-small" if tile.is_small else ""}">{escape(tile.value)}'
        f'<span class="tile-unit">{escape(tile.unit)}</span></span>'
        + "".join(f'<span class="tile-note">{escape(note)}</span>' for note in tile.notes)
        + "</li>"
        for tile in shown
    )
    st.html(f'<ul class="tiles">{drawn}</ul>')


def indicator_tile(this: Figure, other: Figure | None, other_label: str, recorded: Mapping[str, str] | None = None) -> Tile:
    """The tile of one indicator, with the same figure of last year, or of the larger whole.

    `recorded` says of a source that is behind until when, or where, it is recorded.
    """
    notes = []
    if this.is_hidden:
        notes.append(_("figure.why_hidden", people=this.indicator.suppress_below))
    elif this.value is None:
        notes.append(_("figure.why_none"))
    elif this.is_incomplete:
        notes.append(_("figure.why_incomplete"))
    if other is not None and other.is_comparable and not this.is_incomplete:
        # the unit stands beside the value already
        text = other.text if other.indicator.is_share else other.text.removesuffix(unit_text(other.indicator))
        notes.append(f"{other_label} {text}")
    notes += _recorded(recorded, this.indicator.source)
    unit = unit_text(this.indicator) if this.value is not None else ""
    return Tile(said(this.indicator.label), this.text.removesuffix(this.mark).removesuffix(unit), tuple(notes), unit + this.mark)


def mood_tile(rows: pl.DataFrame, fiscal_year: int, recorded: Mapping[str, str] | None = None) -> Tile:
    """The four answers side by side with the share answered; none of them is called good. `recorded` as above."""
    shares = {level: figure(rows, name, fiscal_year) for level, name in MOODS.items()}
    answered = figure(rows, "mood_answered", fiscal_year)
    label, behind = _("tile.mood"), _recorded(recorded, answered.indicator.source)
    if any(share.is_hidden for share in shares.values()):
        return Tile(label, _("figure.hidden"), (_("figure.why_hidden", people=answered.indicator.suppress_below), *behind))
    if all(share.value is None for share in shares.values()):
        return Tile(label, _("figure.none"), (_("figure.why_none"), *behind))
    notes = [_("tile.mood_answered", value=answered.text), *([_("figure.why_incomplete")] if answered.is_incomplete else []), *behind]
    return Tile(label, four_moods(f"{share.value or 0:.0f}%" for share in shares.values()), tuple(notes), is_small=True)


def _recorded(recorded: Mapping[str, str] | None, source: str) -> list[str]:
    return [recorded[source]] if recorded and source in recorded else []


def four_moods(values: Iterable[str]) -> str:
    """The four answers with their signs, two to a line; a sign is never parted from its figure."""
    pairs = [f"{sign}\N{NO-BREAK SPACE}{value}" for sign, value in zip(MOOD_SIGNS.values(), values, strict=True)]
    return "\n".join(("　".join(pairs[:2]), "　".join(pairs[2:])))


def without(unused: list[str], words: str = "state.not_used") -> None:
    """Which kinds of records a school does not use, or no school sends, so that nobody waits for them."""
    if unused:
        quiet(_(words, sources=_("state.comma").join(_(f"source.{source}") for source in unused)))


def definitions(names: list[str], origin: pl.DataFrame | None) -> None:
    """What the figures on this page mean, what is counted out of what, and by which loads they came."""
    if not names:
        return
    with st.expander(_("card.definitions")):
        for name in names:
            indicator = indicators()[name]
            st.markdown(f"**{said(indicator.label)}**: {said(indicator.meaning)}")
            st.text(
                _(
                    "card.fraction",
                    numerator=said(indicator.numerator_label),
                    denominator=said(indicator.denominator_label),
                    people=indicator.suppress_below,
                )
            )
        if origin is not None:
            origin_table(origin)
