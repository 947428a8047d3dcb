"""Taking tables along: as a paper and as a workbook, made when asked for and written down."""

from __future__ import annotations

from functools import partial

import streamlit as st

from access import Viewer
from access.clock import here
from components.cards.card import frame, heading
from components.dates import long_day_text
from components.documents.downloads import MIME, recorded
from components.tables.report import ReportTable, pdf_report, xlsx_report
from components.wording import _, language
from pages.choice import Period
from records.utc_datetime import now as this_moment


def report_card(viewer: Viewer, name: str, title: str, tables: list[ReportTable], now: Period, about: str = "") -> None:
    """Two buttons, PDF and Excel; nothing on a wall."""
    if viewer.masked or not tables:
        return
    with frame(f"report-{name}"):
        heading(_("report.take"), _("report.legend"))
        words = "\n".join(part for part in (about, now.until_text) if part)
        footer = footer_text()
        makes = {
            "pdf": partial(pdf_report, title, words, tables, footer, language()),
            "xlsx": partial(xlsx_report, tables, f"{title}\n{words}", language()),
        }
        with st.container(horizontal=True):
            for kind, make in makes.items():
                st.download_button(
                    _(f"report.{kind}"), data=recorded(viewer, kind, name, make), file_name=f"miharashi-{name}-{now.day:%Y%m%d}.{kind}",
                    mime=MIME[kind], key=f"report-{kind}-{name}", on_click="ignore",
                )  # fmt: skip


def footer_text() -> str:
    """When a paper was made; not by whom, for it may be published."""
    moment = here(this_moment())
    return _("report.footer", when=f"{long_day_text(moment.date(), language())} {moment:%H:%M}")
