"""What a page says when it has nothing to show: each a sentence and, where there is one, a next step."""

from __future__ import annotations

from html import escape

import streamlit as st

from access import Refused
from access.error_reference import logged
from components.wording import _

SAID = frozenset({
    "not_shared", "no_district", "not_found", "signed_out", "on_projector", "staff_on_projector", "password_on_projector",
    "elsewhere",
})


def quiet(words: str) -> None:
    """A sentence in place of a picture."""
    st.html(f'<p class="state">{escape(words)}</p>')


def where(words: str) -> None:
    """The line under a finding: whose figures these are, and until when."""
    st.html(f'<p class="where">{escape(words)}</p>')


def refused(refusal: Refused) -> None:
    """This person may not see this: said without reproach, and without saying what there would be to see."""
    key = "elsewhere" if refusal.code == "no_jurisdiction" else refusal.code if refusal.code in SAID else "not_shared"
    st.title(_(f"state.{key}"), anchor=False)
    st.text(_(f"state.{key}_next"))


def broken(error: Exception) -> None:
    """Something went wrong: what to do, and a number that is found again in the log, which quotes no row."""
    reference = logged(error, "page")
    st.title(_("state.broken"), anchor=False)
    st.text(_("state.broken_next", reference=reference))
