"""Who sees what: the matrix the board has set, shown to everyone it binds."""

from __future__ import annotations

import polars as pl
import streamlit as st

from access import Viewer
from access.sharing import sharing
from components.cards import Card, card
from components.states import where
from components.wording import _, said


def page(viewer: Viewer) -> None:
    """The whole matrix of roles and kinds of data, with the viewer's own line first."""
    matrix = sharing()
    named = [said(words) for kind, words in matrix.kinds.items() if matrix.levels[viewer.role, kind] == "named"]
    title = _("sharing.finding_named", kinds=len(named)) if named else _("sharing.finding_counts")
    st.title(title, anchor=False)
    where(_("sharing.where", role=said(matrix.roles[viewer.role]), version=matrix.version))
    words = {level: _(f"sharing.{level}") for level in ("named", "counts", "none")}
    roles = sorted(matrix.roles, key=lambda role: role != viewer.role)
    table = pl.DataFrame(
        {
            _("column.kind"): [said(line) for line in matrix.kinds.values()],
            **{said(matrix.roles[role]): [words[matrix.levels[role, kind]] for kind in matrix.kinds] for role in roles},
        }
    )
    own = table.select(_("column.kind"), said(matrix.roles[viewer.role]))
    with card(Card(_("sharing.own", role=said(matrix.roles[viewer.role])), "own", _("sharing.about"))):
        st.table(own.to_arrow(), border="horizontal")
    with card(Card(_("sharing.all"), "all", _("sharing.about"), copy_name="miharashi-sharing", table=table)):
        st.text(_("sharing.legend"))
        st.dataframe(table.to_arrow(), hide_index=True, width="stretch", height="content", alt=_("sharing.all"))
