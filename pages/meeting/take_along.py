"""The agenda to take along: a presentation with native charts, or a PDF; the wall's slides, made without names, and written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from access import Viewer
from access.clock import here
from components.dates import long_day_text
from components.documents.pdf import agenda_pdf
from components.documents.presentation import presentation
from components.documents.slide import Content
from components.wording import _, language
from pages.child_names import names_of
from pages.choice import Period
from pages.meeting.slides import contents_of
from records import accounts, decisions, exports
from records.meetings import Item, Meeting
from records.utc_datetime import now as this_moment

KINDS: dict[str, str] = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
}


def take_along(viewer: Viewer, chosen: dict[str, Any], held: Meeting, items: list[Item], now: Period) -> None:
    """Two buttons; what was made can then be saved."""
    with st.expander(_("meeting.take")):
        st.text(_("meeting.take_about"))
        with st.container(horizontal=True):
            wanted = [kind for kind in KINDS if st.button(_(f"meeting.make_{kind}"), key=f"take-{kind}")]
        for kind in wanted:
            with st.spinner(_("meeting.making")):
                made = agenda_file(viewer, chosen, held, items, now, kind)
            st.download_button(
                _(f"meeting.save_{kind}"), data=made, file_name=f"miharashi-meeting-{held.held_on:%Y%m%d}.{kind}", mime=KINDS[kind],
                type="primary", key=f"save-{kind}", on_click="ignore",
            )  # fmt: skip


def agenda_file(viewer: Viewer, chosen: dict[str, Any], held: Meeting, items: list[Item], now: Period, kind: str) -> bytes:
    """The agenda as a file; that it was made is written down."""
    names = names_of(viewer, chosen["school_id"])
    made_of = contents_of(viewer.as_masked(), chosen, items, decisions.before(viewer, held), now, names)
    contents = [made_of[item.item_id] for item in items]
    makers: dict[str, Callable[[list[Content], str], bytes]] = {"pptx": presentation, "pdf": agenda_pdf}
    account = accounts.find(viewer.username)
    moment = here(this_moment())
    when = f"{long_day_text(moment.date(), language())} {moment:%H:%M}"
    footer = _("document.footer", maker=account.name if account else viewer.username, moment=when)
    made = makers[kind](contents, footer)
    exports.record(viewer, exports.Export(f"agenda_{kind}", None, tuple(dict.fromkeys(item.kind for item in items))), made)
    return made
