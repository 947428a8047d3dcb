"""Who sees what: the matrix the board has set, shown to everyone it binds."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from access.sharing import sharing
from components.cards.card import Card, card
from components.cards.states import where
from components.dates import long_day_text
from components.tables.heat_table import Cell, heat_table
from components.wording import _, language, said

# Shape, not colour, so that it prints and reads the same for everyone.
# Kinds that tell of staff or of the school: the finding speaks of children.
OF_STAFF = ("viewing", "school_event", "practice", "meeting", "incidents", "staff_hours", "staff_pulse", "account")
SIGNS = {"named": "●", "counts": "○", "none": "–"}


def page(viewer: Viewer) -> None:
    """The whole matrix of roles and kinds of data, with the viewer's own line first."""
    matrix = sharing()
    named = [kind for kind in matrix.kinds if kind not in OF_STAFF and matrix.levels[viewer.role, kind] == "named"]
    title = _("sharing.finding_named", kinds=len(named)) if named else _("sharing.finding_counts")
    st.title(title, anchor=False)
    where(_("sharing.where", role=said(matrix.roles[viewer.role]), version=matrix.version))
    words = {level: _(f"sharing.{level}") for level in SIGNS}
    roles = sorted(matrix.roles, key=lambda role: role != viewer.role)
    kind_column, role_column = _("column.kind"), _("column.role")
    own = pl.DataFrame(
        {
            kind_column: [said(line) for line in matrix.kinds.values()],
            said(matrix.roles[viewer.role]): [words[matrix.levels[viewer.role, kind]] for kind in matrix.kinds],
        }
    )
    table = pl.DataFrame(
        {
            role_column: [said(matrix.roles[role]) for role in roles],
            **{said(line): [SIGNS[matrix.levels[role, kind]] for role in roles] for kind, line in matrix.kinds.items()},
        }
    )
    with card(Card(_("sharing.own", role=said(matrix.roles[viewer.role])), "own", _("sharing.about"))):
        st.table(own.to_arrow(), border="horizontal")
        day = matrix.earlier_schools_from
        st.text(_("sharing.earlier", day=long_day_text(day, language())) if day else _("sharing.no_earlier"))
    with card(
        Card(
            _("sharing.all"), "all", _("sharing.about"), copy_name="miharashi-sharing", table=table, is_table_shown=True
        )
    ):
        st.text(_("sharing.legend"))
        heat_table(
            role_column,
            table.columns[1:],
            [(role, [Cell(sign) for sign in signs]) for role, *signs in table.iter_rows()],
            _("sharing.all"),
            look="signs",
        )
