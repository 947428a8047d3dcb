"""Choices that stand in the address by their key, never by the words on the screen.

Streamlit's own binding writes an option's label into the address: for a list of children that is a name. Here the
address gets the key, and a link or the browser's Back brings the choice back. A key that is not among the choices is refused:
to open the first child instead of the one in a bookmark would show somebody else's record under a familiar link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import streamlit as st

from access import Refused

MOST_PILLS = 40


def picked(name: str, label: str, words: Mapping[str, str]) -> str:
    """One of a long list, such as a class or a child; `words` maps keys to what is read."""
    with st.container(key=f"choice-{name}"):
        return _chosen(name, list(words), lambda widget: _selectbox(label, words, widget))


def switched(name: str, label: str, words: Mapping[str, str]) -> str:
    """One of a few, side by side."""
    return _chosen(name, list(words), lambda widget: _segments(label, words, widget))


def refuse_unknown(name: str, keys: Iterable[str]) -> None:
    """Refuse an address that asks for what is not offered: for a page that has more to ask for than the choice is drawn after."""
    asked = st.query_params.get(name)
    if asked is not None and asked not in keys and asked != st.session_state.get(f"asked-{name}"):
        raise Refused("not_found")


def _chosen(name: str, keys: Sequence[str], draw: Callable[[str], str | None]) -> str:
    widget, seen = f"chosen-{name}", f"asked-{name}"
    refuse_unknown(name, keys)
    asked = st.query_params.get(name)
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


def several(name: str, label: str, words: Mapping[str, str], most: int) -> list[str]:
    """Some of a list, at most so many; their keys stand in the address, a comma between them. Unknown keys are refused."""
    widget, seen = f"chosen-{name}", f"asked-{name}"
    asked = st.query_params.get(name)
    if asked is not None and asked != st.session_state.get(seen):
        keys = [key for key in asked.split(",") if key]
        if len(keys) > most or not set(keys) <= words.keys():
            raise Refused("not_found")
        st.session_state[widget] = keys
    st.session_state[widget] = [key for key in st.session_state.get(widget, []) if key in words][:most]
    # all of them side by side, each a press away; of a long list only those chosen, and a field to search it for another
    offered = list(words)
    if len(words) > MOST_PILLS:
        offered = [key for key in words if key in st.session_state[widget]]
        st.selectbox(
            label, [key for key in words if key not in offered], index=None, format_func=words.__getitem__, key=f"more-{name}",
            placeholder=label, on_change=_one_more, args=(name, most), label_visibility="collapsed",
        )  # fmt: skip
    chosen: list[str] = []
    if offered:
        chosen = st.pills(
            label, offered, format_func=words.__getitem__, key=widget, selection_mode="multi", on_change=_no_more, args=(widget, most),
            label_visibility="visible" if len(words) <= MOST_PILLS else "collapsed",
        )  # fmt: skip
    st.session_state[seen] = ",".join(chosen)
    if chosen:
        st.query_params[name] = ",".join(chosen)
    elif asked is not None:
        del st.query_params[name]
    return chosen


def _no_more(widget: str, most: int) -> None:
    """Where one more is pressed than fits, the first chosen goes."""
    st.session_state[widget] = list(st.session_state[widget])[-most:]


def _one_more(name: str, most: int) -> None:
    """What was found in a long list is chosen, and the field is empty again."""
    found = st.session_state[f"more-{name}"]
    st.session_state[f"more-{name}"] = None
    if found is not None:
        add_to_several(name, found, most)


def add_to_several(name: str, key: str, most: int) -> None:
    """Choose one more of `several`, as a press on a chart does; the first chosen goes where there is no place left."""
    chosen = [each for each in st.session_state.get(f"chosen-{name}", []) if each != key]
    st.session_state[f"chosen-{name}"] = [*chosen, key][-most:]
