"""What a page says when it has nothing to show: each a sentence and, where there is one, a next step."""

from __future__ import annotations

import logging
import secrets
import traceback

import streamlit as st

from access import Refused
from components.wording import _

log = logging.getLogger("miharashi")


def quiet(words: str) -> None:
    """A sentence in place of a picture."""
    st.html(f'<p class="state">{words}</p>')


def refused(refusal: Refused) -> None:
    """This person may not see this: said without reproach, and without saying what there would be to see."""
    key = refusal.code if refusal.code in ("not_shared", "no_district", "not_found", "signed_out") else "not_shared"
    st.title(_(f"state.{key}"), anchor=False)
    st.text(_(f"state.{key}_next"))


def broken(error: Exception) -> None:
    """Something went wrong: what to do, and a number that is found again in the log.

    The log gets the kind of error and the places in the code, never its message, which could quote a row.
    """
    reference = secrets.token_hex(4)
    places = " < ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
    )
    log.error("reference %s: %s at %s", reference, type(error).__name__, places)
    st.title(_("state.broken"), anchor=False)
    st.text(_("state.broken_next", reference=reference))
