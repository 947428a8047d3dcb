"""今日の学級: thirty seconds before the bell. Who is not here, how the class feels, and whom nobody has looked at yet."""

from __future__ import annotations

from contextlib import suppress
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from access import Refused, Role, Viewer
from access.clock import fiscal_year_of, here
from components.cards.card import Card, card, foot, frame, heading
from components.cards.states import quiet, where
from components.cards.tiles import MOODS, Tile, four_moods, tiles, without
from components.children.flags import FlaggedChild, Line
from components.choices import picked
from components.dates import day_text
from components.tables.origin import COUNTED_WITH
from components.tables.register_marks import LENSES
from components.wording import _, language
from pages.child.notes_card import seen_note
from pages.choice import class_choice, school_choice
from pages.classroom.reviews_card import reviews_card, support_text
from pages.classroom.today_figures import EVERY, TodayFigures, today_figures
from pages.gaps import gaps_notice
from pages.recording import planned_words, recording_notice
from queries.rules import listing, signals
from records import acknowledgements
from records.acknowledgements import Seen
from records.plans import may_write

# Who looks after a whole school sees all its children on one list; who has a class, the class.
WHOLE_SCHOOL = (Role.SCHOOL_NURSE, Role.COUNSELOR, Role.SPECIAL_NEEDS_COORDINATOR, Role.PRINCIPAL)
JUST_SEEN, SHOW_ALL = "just-seen", "show-all-flagged"
MOST_CHILDREN = 20
NAME_WIDTH = 140


def page(viewer: Viewer) -> None:
    """Who needs somebody today, and why."""
    if viewer.masked:
        raise Refused("on_projector")
    place = _place(viewer)
    asked = today_figures(viewer, place)
    st.title(_finding(asked), anchor=False)
    where(_("today.day", day=day_text(asked.day, language()), until=asked.now.until_text))
    if asked.held.is_empty():
        quiet(_("state.no_school_days"))
    else:
        _say_what_day_it_is(asked)
        recording_notice(asked.recording)
        gaps_notice(viewer, place["school_id"], place["class_id"])
    _tiles(asked)
    _planned_card(asked)
    _undo(viewer, place)
    _waiting_card(viewer, asked)
    reviews_card(asked.reviews)
    _seen_card(viewer, asked.seen)


def _place(viewer: Viewer) -> dict[str, Any]:
    if viewer.role not in WHOLE_SCHOOL:
        chosen = class_choice(viewer)
        return chosen | {"name": chosen["class_name"]}
    school = school_choice(viewer)
    return school | {"name": school["school_name"], "class_id": None, "grade": None}


def _finding(asked: TodayFigures) -> str:
    name, children = asked.place["name"], len(asked.waiting)
    if not children and not _is_begun(asked):
        return _("recording.no_records_yet", name=name)
    if not children:
        return _("today.finding_none", name=name)
    return _("today.finding_one" if children == 1 else "today.finding", name=name, children=children)


def _is_begun(asked: TodayFigures) -> bool:
    """Whether there is any record of the 年度 today lies in."""
    return asked.now.fiscal_year == fiscal_year_of(asked.day)


def _say_what_day_it_is(asked: TodayFigures) -> None:
    """A day without school, and records that end before today, are said; then the figures below are of another day.

    Where the register has been missing for longer, the notice of that says it all.
    """
    ahead, day, now = asked.ahead, asked.day, asked.now
    school_days = ahead.filter(pl.col("kind") == "school_day").get_column("day").to_list()
    if day not in school_days:
        following = next((each for each in school_days if each > day), None)
        event = next((row["event"] for row in ahead.rows(named=True) if row["day"] == day and row["event"]), None)
        words = _("today.no_school", day=day_text(day, language()), event=_("today.event", event=event) if event else "")
        if following is not None:
            words += _("today.next", day=day_text(following, language()))
        quiet(words)
    elif now.day < day and asked.recording.filter(pl.col("unrecorded_days") > 0, source="attendance").is_empty():
        quiet(_("today.not_yet", day=day_text(day, language()), until=day_text(now.day, language())))


def _tiles(asked: TodayFigures) -> None:
    used, named, day, rows = asked.used, asked.named, asked.shown_day, asked.children
    without([kind for kind in ("attendance", "mood") if kind in named and kind not in used])
    if rows.is_empty():
        return

    def people(condition: pl.Expr) -> str:
        return _("today.people", people=rows.filter(condition).height)

    unreported = pl.col("is_absent").is_null()
    note = (day_text(day, language()),)
    drawn = []
    if "attendance" in used:
        is_in = rows.filter(~unreported).height > 0
        excused = pl.col("is_excused")
        absent = people(pl.col("is_absent"))
        beside = (_("today.excused", people=people(excused)),) if rows.filter(excused).height else note
        drawn = [
            Tile(_("today.unreported"), people(unreported), note),
            Tile(_("tile.absent"), absent if is_in else _("figure.none"), beside if is_in else (_("today.register_not_in"),)),
            Tile(_("tile.late"), people(pl.col("is_late")) if is_in else _("figure.none"), note),
        ]
    if "mood" in used & named and rows.get_column("is_mood_asked").any():
        answers = four_moods(str(rows.filter(pl.col("mood_level") == level).height) for level in MOODS)
        unanswered = _("today.unanswered", people=people(pl.col("is_mood_asked") & pl.col("mood_level").is_null()))
        drawn.append(Tile(_("tile.mood"), answers, (unanswered,), is_small=True))
    if "attendance" in used:
        # whoever comes back is greeted on the day itself: this tile is about that one signal
        back = asked.flags.filter((pl.col("signal") == "return_after_absence") & (pl.col("begins_on") == day))
        days = signals()["return_after_absence"].parameters["days"]
        drawn.append(Tile(_("today.back"), _("today.people", people=back.height), (_("today.back_note", days=days),)))
    tiles(drawn)


def _planned_card(asked: TodayFigures) -> None:
    """What has been said ahead of today's register and of the next days' (届出), day by day."""
    rows = asked.planned
    if rows.is_empty():
        return
    finding = _("recording.planned", children=rows.get_column("student_id").n_unique())
    with card(Card(finding, "planned", _("recording.planned_about"), origin=asked.origins.of(("attendance",)))):
        for when in rows.get_column("day").unique(maintain_order=True):
            named = [
                _("recording.planned_child", name=f"{row['family_name']} {row['given_name']}", what=planned_words(row))
                for row in rows.filter(day=when).rows(named=True)
            ]
            st.text(_("recording.planned_line", day=day_text(when, language()), children=_("state.comma").join(named)))


def _waiting_card(viewer: Viewer, asked: TodayFigures) -> None:
    place, waiting = asked.place, asked.waiting
    about = _("today.about", again=listing().again_days, until=asked.now.until_text)
    with frame("waiting"):
        head = st.container()
        shown = _of_one_signal(waiting, asked.offered) if asked.offered else waiting
        finding = _("today.waiting", children=len(shown))
        with head:
            heading(finding, about)
        if not shown:
            quiet(_("today.nobody_waiting" if asked.seen else "today.no_signs" if _is_begun(asked) else "today.no_signs_yet"))
        most = len(shown) if st.session_state.get(SHOW_ALL) else MOST_CHILDREN
        for child in shown[:most]:
            support = support_text(asked.plans, child.student_id, asked.day) if may_write(viewer) else ""
            _child(viewer, place, child, support)
        if len(shown) > most:
            st.button(_("today.show_all", more=len(shown) - most), key="show-all", on_click=_show_all)
        kinds = (*LENSES.values(), *COUNTED_WITH)
        rules = {line.rule: _("today.rule", label=line.label, rule=line.rule) for child in shown for line in child.lines}
        foot(Card(finding, "waiting", "\n".join((about, *rules.values())), origin=asked.origins.of(kinds)))


def _of_one_signal(waiting: list[FlaggedChild], offered: dict[str, str]) -> list[FlaggedChild]:
    """Those of one signal, or all of them, as is chosen."""
    chosen = picked("signal", _("today.signal"), offered)
    if chosen == EVERY:
        return waiting
    return [child for child in waiting if any(line.seen.signal == chosen for line in child.lines)]


def _show_all() -> None:
    st.session_state[SHOW_ALL] = True


def _child(viewer: Viewer, place: dict[str, Any], child: FlaggedChild, support: str) -> None:
    number = "" if child.number is None else f"{child.number} "
    class_name = f"{child.class_name} " if place["class_id"] is None else ""
    with st.container(key=f"flagged-{child.student_key}", horizontal=True, vertical_alignment="center"):
        if st.button(f"{class_name}{number}{child.name}", key=f"open-{child.student_key}", type="tertiary", width=NAME_WIDTH):
            st.switch_page(
                st.session_state["pages"]["student"],
                query_params={"student": child.student_key, "class": child.class_key},
            )
        runs = f'<li class="flag-days">{escape(support)}</li>' if support else ""
        st.html(f'<ul class="flags">{"".join(map(_line, child.lines))}{runs}</ul>', width="stretch")
        st.button(
            _("today.seen"), key=f"seen-{child.student_key}", on_click=_mark_seen, args=(viewer, place["school_id"], child)
        )


def _line(line: Line) -> str:
    more = "　".join(part for part in (line.days, line.missing) if part)
    return f'<li><span class="flag-said">{escape(line.said)}</span><span class="flag-days">{escape(more)}</span></li>'


def _mark_seen(viewer: Viewer, school_id: int, child: FlaggedChild) -> None:
    flags: list[Seen] = [line.seen for line in child.lines]
    with suppress(Refused):  # a child who has just left the class: the page, drawn anew, shows who is there
        st.session_state[JUST_SEEN] = (child.name, child.student_id, acknowledgements.record(viewer, school_id, flags))
        st.session_state.pop(f"seen-note-kept-{child.student_id}", None)


def _undo(viewer: Viewer, place: dict[str, Any]) -> None:
    """Right after a look there is a way back from it, and room for a word."""
    if JUST_SEEN not in st.session_state:
        return
    name, student_id, numbers = st.session_state[JUST_SEEN]
    with st.container(key="just-seen", horizontal=True, vertical_alignment="center"):
        st.text(_("today.just_seen", name=name))
        st.button(_("today.undo"), key="undo-seen", on_click=_take_back, args=(viewer, numbers))
        seen_note(viewer, place["school_id"], place["school_name"], student_id)


def _take_back(viewer: Viewer, numbers: list[int]) -> None:
    acknowledgements.take_back(viewer, numbers)
    st.session_state.pop(JUST_SEEN, None)


def _seen_card(viewer: Viewer, seen: list[FlaggedChild]) -> None:
    if not seen:
        return
    with st.expander(_("today.seen_children", children=len(seen))):
        for child in seen:
            last = max((look for line in child.lines for look in line.acknowledgements), key=lambda look: look.acknowledged_at)
            own = [look.acknowledgement_id for line in child.lines for look in line.acknowledgements if look.username == viewer.username]
            with st.container(horizontal=True, vertical_alignment="center"):
                said = _("state.comma").join(line.said for line in child.lines)
                when = day_text(here(last.acknowledged_at).date(), language())
                st.text(_("today.seen_line", name=child.name, said=said, who=last.name, when=when), width="stretch")
                if own:
                    st.button(_("today.undo"), key=f"undo-{child.student_key}", on_click=_take_back, args=(viewer, own))
