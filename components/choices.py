"""Choices that stand in the address by their key, never by the words on the screen.

Streamlit's own binding writes an option's label into the address: for a list of children that is a name. Here the
address gets the key, and a link or the browser's Back brings the choice back. A key that is not among the choices is refused:
to open the first child instead of the one in a bookmark would show somebody else's record under a familiar link.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from access import Refused


def picked(name: str, label: str, words: Mapping[str, str]) -> str:
    """One of a long list, such as a class or a child; `words` maps keys to what is read."""
    with st.container(key=f"choice-{name}"):
        return _chosen(name, list(words), lambda widget: _selectbox(label, words, widget))


def switched(name: str, label: str, words: Mapping[str, str]) -> str:
    """One of a few, side by side."""
    return _chosen(name, list(words), lambda widget: _segments(label, words, widget))


def _chosen(name: str, keys: Sequence[str], draw: Callable[[str], str | None]) -> str:
    widget, seen = f"chosen-{name}", f"asked-{name}"
    asked = st.query_params.get(name)
    if asked is not None and asked not in keys and asked != st.session_state.get(seen):
        raise Refused("not_found")
    if asked in keys and asked != st.session_state.get(seen):
        st.session_state[widget] = asked  # a link, a reload or Back: the address leads
    if st.session_state.get(widget) not in keys:
        st.session_state[widget] = keys[0]
    chosen = draw(widget) or keys[0]
    st.session_state[seen] = chosen
    if st.query_params.get(name) != chosen:
        st.query_params[name] = chosen
    return chosen


def _selectbox(label: str, words: Mapping[str, str], widget: str) -> str | None:
    return st.selectbox(label, list(words), format_func=words.__getitem__, key=widget, label_visibility="collapsed")


def _segments(label: str, words: Mapping[str, str], widget: str) -> str | None:
    return st.segmented_control(
        label, list(words), format_func=words.__getitem__, key=widget, required=True, label_visibility="collapsed"
    )
