"""The card: a finding, its picture, the same as a table, what it means, where it comes from, and a copy to take."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl
import streamlit as st

from components.cards.states import where
from components.charts.finish_spec import ROWS
from components.documents.downloads import MIME, csv_of, recorded, xlsx_of
from components.documents.pdf import card_png
from components.documents.pictures import svg_of
from components.wording import _, language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Every sign Streamlit's Markdown gives a meaning.
MARKDOWN = r"[\\`*_{}\[\]<>#+!|$~]"
# A colon may begin a colour or an emoji. Streamlit shows the backslash of an escaped one; a joiner of no width keeps it a colon.
COLON, ALONE = ":", ":\N{WORD JOINER}"
ON_PAPER = (860, 400)  # points of a chart on a picture of its card


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says beside its picture.

    `table` holds what the picture shows, with columns already named in the person's language; `about` is the
    definition and the source in words; `origin` says by which loads the figures came, a line for each. `copy_name`
    is the file name of a copy, or None where no copy may be taken: cards with children on them give none.
    """

    finding: str
    key: str
    about: str
    table: pl.DataFrame | None = None
    copy_name: str | None = None
    is_table_shown: bool = False  # the picture is the table already
    origin: pl.DataFrame | None = None
    beside: Callable[[], None] | None = None  # what more can be done with the card, such as putting it on an agenda


@contextmanager
def card(written: Card) -> Iterator[None]:
    """A framed card; what is drawn inside the `with` is its picture."""
    with frame(written.key):
        heading(written.finding, written.about)
        yield
        foot(written)


def heading(finding: str, about: str) -> None:
    """The finding of a card; at a desk with a ? that tells what was counted and how."""
    st.subheader(finding, anchor=False, help=None if st.session_state.get("is_masked") else plainly(about))


def frame(key: str) -> Any:
    """The frame alone, for a card whose finding depends on a choice made inside it."""
    return st.container(border=True, key=f"card-{key}")


def foot(written: Card) -> None:
    """The lower edge of a card: the same figures as a table, what they mean, where they come from, a copy."""
    if st.session_state.get("is_masked") and written.origin is not None and written.origin.height:
        source, load, _loaded_at, until = written.origin.row(0)[:4]  # a wall opens nothing: it says so in one line
        where(_("card.origin_line", source=source, load=load, until=until))
    if written.beside is not None:
        written.beside()
    label = _("card.source_only") if written.origin is not None else _("card.meaning_only")
    with st.expander(_("card.table_and_source") if written.table is not None else label):
        if written.table is not None and not written.is_table_shown:
            plain_table(written.table, written.finding)
        st.text(written.about)
        if written.origin is not None:
            origin_table(written.origin)
        if written.table is not None and written.copy_name:
            _copies(written, written.table, written.copy_name)


def _copies(written: Card, table: pl.DataFrame, name: str) -> None:
    """Copies to take along, made when they are asked for and written down: the table for a spreadsheet, the chart as a picture."""
    copies: dict[str, Callable[[], bytes]] = {"csv": partial(csv_of, table), "xlsx": partial(xlsx_of, table, written.finding)}
    drawn = st.session_state.get("drawn", {}).get(written.finding)
    copies["png"] = partial(_picture_of, written, table, drawn, _("figure.none"), language())
    with st.container(horizontal=True):
        for kind, make in copies.items():
            st.download_button(
                _(f"card.copy_{kind}"),
                data=recorded(st.session_state.get("viewer"), kind, written.key, make),
                file_name=f"{name}.{kind}",
                mime=MIME[kind],
                key=f"copy-{kind}-{written.key}",
                on_click="ignore",
            )


def _picture_of(
    written: Card, table: pl.DataFrame, drawn: tuple[pl.DataFrame, dict[str, Any]] | None, none: str, in_language: str
) -> bytes:
    """The card as a picture: with its chart where it has one, else with its table."""
    chart = svg_of(*drawn, *ON_PAPER) if drawn else ""
    rows = table.with_columns(pl.all().cast(pl.String).fill_null(none)).rows()
    return card_png(written.finding, written.about, chart, (tuple(table.columns), rows), in_language)


def origin_table(origin: pl.DataFrame) -> None:
    """この数字の出どころ: source, load and last day, one line each; nothing where nothing has been loaded."""
    if origin.height:
        st.markdown(f"**{_('card.origin')}**")
        ruled_table(origin)


def picture(rows: pl.DataFrame, spec: dict[str, Any], says: str, key: str) -> None:
    """A chart from a ready specification and fresh rows; `says` is what a person who cannot see it is told."""
    mode = "projector" if st.session_state.get("is_masked") else "desk"
    st.session_state.setdefault("drawn", {})[says] = (rows, spec)  # for a copy of it; replaced with the next page
    st.vega_lite_chart(
        spec=spec | {"datasets": {ROWS: rows.to_arrow()}}, width="stretch", theme=None, alt=says, key=f"{key}-{mode}"
    )


def plain_table(table: pl.DataFrame, says: str, **more: Any) -> Any:
    """A table with its own headings and no row numbers; on a wall one that is large and dark like the rest.

    Where nothing is known stands the dash of the tiles, not an English word of Streamlit's.
    """
    if st.session_state.get("is_masked"):
        ruled_table(table.with_columns(pl.all().cast(pl.String).fill_null(_("figure.none"))))
        return None
    return st.dataframe(table.to_arrow(), hide_index=True, width="stretch", alt=says, placeholder=_("figure.none"), **more)


def ruled_table(table: pl.DataFrame) -> None:
    """A table on the page itself, whose cells wrap. What others have written (names, files, events) is text, not Markdown."""
    as_text = pl.col(pl.String).str.replace_all(MARKDOWN, r"\\${0}").str.replace_all(COLON, ALONE, literal=True)
    st.table(table.with_columns(as_text).to_arrow(), border="horizontal")


def plainly(words: str) -> str:
    """Words for where Streamlit reads Markdown: what others have written is text there as well, line by line."""
    return re.sub(MARKDOWN, r"\\\g<0>", words).replace(COLON, ALONE).replace("\n", "  \n")


def chosen_row(event: Any) -> int | None:
    """Which row of a table was chosen, if any was."""
    return event.selection.rows[0] if event is not None and event.selection.rows else None
