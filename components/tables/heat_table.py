"""A table of many small states, one row per place: told by words and marks first, by colour only besides."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st


@dataclass(frozen=True, slots=True)
class Cell:
    """One state: its words, a second quieter line, and how it is toned (good, late, unused or plain)."""

    words: str
    note: str = ""
    tone: str = "plain"


def heat_table(
    corner: str, columns: list[str], rows: list[tuple[str, list[Cell]]], says: str, *, look: str = ""
) -> None:
    """Draw the table; it scrolls inside its own frame, with its headings always in sight.

    A look may be `wrapped` (cells hold sentences) or `signs` (cells hold one sign each).
    """
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in (corner, *columns))
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>' + "".join(_drawn(cell) for cell in cells) + "</tr>"
        for name, cells in rows
    )
    st.html(
        f'<div class="heat{f" heat-{look}" if look else ""}" role="region" tabindex="0" aria-label="{escape(says)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _drawn(cell: Cell) -> str:
    note = f"<small>{escape(cell.note)}</small>" if cell.note else ""
    return f'<td class="heat-{cell.tone}">{escape(cell.words)}{note}</td>'
