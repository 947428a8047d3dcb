"""アシストログ: a note about a child in two taps, and the notes that stand. The same card on the page of a class and of a child."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from access import Refused, Viewer
from access.clock import here
from components.cards.card import Card, foot, frame, heading
from components.cards.states import quiet
from components.dates import day_text
from components.wording import _, language, said
from records import drafts, notes
from records.notes import LONGEST, Note

CHILD, BODY, RESTRICTED, JUST_WRITTEN = "note-child", "note-body", "note-restricted", "note-just-written"
MOST_NOTES = 8


def notes_card(viewer: Viewer, school_id: int, school: str, children: Mapping[int, str]) -> None:
    """Write a note about one of these children (number → what the child is called here), and read those that stand.

    With one child, a tap on a tag is all; with several, a tap on the child comes first. Text is optional.
    """
    if viewer.masked or not notes.may_write(viewer) or not children:
        return
    standing = notes.of_children(viewer, school_id, children)
    finding = _("note.finding", notes=len(standing)) if standing else _("note.finding_none")
    with frame("notes"):
        heading(finding, _("note.about"))
        _form(viewer, school_id, school, children)
        for each in standing[:MOST_NOTES]:
            _note(viewer, each, children if len(children) > 1 else {})
        if len(standing) > MOST_NOTES:
            quiet(_("note.more", more=len(standing) - MOST_NOTES))
        foot(Card(finding, "notes", _("note.about")))


def _form(viewer: Viewer, school_id: int, school: str, children: Mapping[int, str]) -> None:
    # a text begun about one child, or in one class, is not there any more when another is opened; it waits for its own
    first = next(iter(children))
    about = first if len(children) == 1 else -first
    field = f"{BODY}-{about}"
    if field not in st.session_state:
        st.session_state[field] = drafts.of(viewer, school_id, about)
    if len(children) > 1:
        st.pills(_("note.child"), list(children), format_func=children.__getitem__, key=CHILD)
        chosen = st.session_state.get(CHILD)
    else:
        chosen = next(iter(children))
    with st.container(horizontal=True, key="note-tags"):
        for tag, words in notes.tags(school).items():
            st.button(
                said(words),
                key=f"note-tag-{tag}",
                disabled=chosen is None,
                on_click=_write,
                args=(viewer, school_id, chosen, tag, about),
            )
    st.text_area(
        _("note.body"),
        key=field,
        max_chars=LONGEST,
        height=68,
        placeholder=_("note.body_hint"),
        on_change=lambda: drafts.save(viewer, school_id, about, st.session_state[field] or ""),
    )
    if notes.may_write(viewer, is_restricted=True):
        st.toggle(_("note.restricted"), key=RESTRICTED, help=_("note.restricted_help"))
    number, student_id, name = st.session_state.get(JUST_WRITTEN, (None, None, ""))
    if student_id in children:
        with st.container(horizontal=True, vertical_alignment="center", key="note-written"):
            st.text(_("note.written", name=name))
            st.button(_("today.undo"), key="note-undo", on_click=_withdraw, args=(viewer, number))


def _note(viewer: Viewer, each: Note, children: Mapping[int, str]) -> None:
    at = here(each.written_at)
    when = f"{day_text(at.date(), language())} {at:%H:%M}"
    tag = said(notes.tags()[each.tag]) if each.tag in notes.tags() else each.tag
    parts = [when, children.get(each.student_id, ""), tag, each.body, _("note.by", name=each.name, role=_(f"role.{each.role}"))]
    if each.is_restricted:
        parts.append(_("note.is_restricted"))
    if each.revisions:
        parts.append(_("note.revised", times=each.revisions))
    with st.container(horizontal=True, vertical_alignment="center", key=f"note-line-{each.note_id}"):
        st.text("　".join(part for part in parts if part), width="stretch")
        if each.username == viewer.username:
            with st.popover(_("note.change")):
                text = st.text_area(_("note.body"), value=each.body, max_chars=LONGEST, key=f"note-text-{each.note_id}")
                st.button(
                    _("note.keep"), key=f"note-keep-{each.note_id}", on_click=_change, args=(viewer, each, text), type="primary"
                )
                st.button(_("note.withdraw"), key=f"note-withdraw-{each.note_id}", on_click=_withdraw, args=(viewer, each.note_id))


def _write(viewer: Viewer, school_id: int, student_id: int, tag: str, about: int) -> None:
    field = f"{BODY}-{about}"
    is_restricted = bool(st.session_state.get(RESTRICTED)) and notes.may_write(viewer, is_restricted=True)
    text = (st.session_state.get(field) or "").strip()
    try:
        number = notes.write(viewer, school_id, student_id, tag, text, is_restricted=is_restricted)
    except Refused:  # a child who has just left: the text stays in its field, and as a draft
        return
    st.session_state[JUST_WRITTEN] = (number, student_id, said(notes.tags()[tag]))
    st.session_state[field] = ""
    drafts.save(viewer, school_id, about, "")
    st.session_state[CHILD] = None


def _change(viewer: Viewer, each: Note, text: str) -> None:
    with suppress(Refused):  # changed in another window already: the page, drawn anew, shows what stands
        notes.change(viewer, each.note_id, each.tag, text.strip())
    st.session_state.pop(JUST_WRITTEN, None)


def _withdraw(viewer: Viewer, note_id: int) -> None:
    with suppress(Refused):
        notes.withdraw(viewer, note_id)
    st.session_state.pop(JUST_WRITTEN, None)


def seen_note(viewer: Viewer, school_id: int, school: str, student_id: int) -> None:
    """A word about a child that has just been looked at, for who wants to leave one: a text, a tag, kept."""
    if viewer.masked or not notes.may_write(viewer):
        return
    field, kept = f"seen-note-{student_id}", f"seen-note-kept-{student_id}"
    if st.session_state.get(kept):
        st.text(_("note.kept"))
        return
    with st.popover(_("note.leave")):
        text = st.text_area(_("note.body"), key=field, max_chars=LONGEST, height=68)
        with st.container(horizontal=True):
            for tag, words in notes.tags(school).items():
                if st.button(said(words), key=f"seen-note-tag-{tag}"):
                    with suppress(Refused):
                        notes.write(viewer, school_id, student_id, tag, text.strip())
                        st.session_state[kept] = True
                    st.rerun()
