"""What must be ready before anybody can sign in, once the app starts."""

from __future__ import annotations

import gc
from importlib import import_module

import queries
from access import jurisdictions
from access.error_reference import logged
from access.sharing import sharing
from components import streamlit_internals
from records import accounts, passwords, schema, sessions, throttle
from records.engine import home, refuse_shared_stores


def prepare() -> dict[str, str]:
    """Make stores and accounts ready; a question that reaches past the gate, or another Streamlit, stops the start.

    Where several boards are served: those that could not be made ready, and the number under which the log has why.
    """
    streamlit_internals.check()
    queries.questions()
    if not jurisdictions.are_several():
        prepare_board()
        return {}
    refuse_shared_stores()
    failed = {}
    for board in jurisdictions.known():
        with jurisdictions.within(board.key):
            try:
                prepare_board()
            except Exception as error:  # noqa: BLE001 - one board's file must not keep the others out
                failed[board.key] = logged(error, f"start of {board.key}")
    return failed


def prepare_board() -> None:
    """The same for the board this is about: its matrix, its store, its accounts."""
    sharing()
    schema.migrate()
    throttle.forget_old()
    sessions.forget_older_than()
    take_in_accounts()


def take_in_accounts() -> None:
    """Add the accounts listed in the data directory that are not known yet."""
    listed = home() / "accounts.yaml"
    if listed.is_file():
        accounts.import_credentials(listed)


def warm_up() -> None:
    """Import now what the first page would otherwise wait for, and take it out of the collector's rounds."""
    for name in ("altair", "pandas", "plotly.graph_objects", "polars"):  # pandas: Streamlit imports it with its first table
        import_module(name)
    passwords.matches("", None)
    gc.collect()
    gc.freeze()
