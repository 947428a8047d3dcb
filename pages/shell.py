"""The frame around every page, and the entry script: who is here, what they can open, and how they see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from access import Refused, Viewer, district_path, viewers_of
from access.clock import today
from access.jurisdictions import current
from components.cards import states
from components.choices import picked
from components.dates import day_text
from components.style import style
from components.wording import LANGUAGES, _, language, said
from pages import PAGES, PageEntry, pages_for
from pages.choice import period
from records import accounts, sessions
from records.sessions import COOKIE

NOTICED_AFTER = 5.0  # seconds


def shell() -> None:
    """Draw the frame and the page in it, after asking anew whether this person is still signed in."""
    st.set_page_config(page_title="見晴らし Miharashi", page_icon=":material/landscape:", layout="wide")
    token = st.context.cookies.get(COOKIE)
    session = sessions.find(token)
    if session is None or token is None:
        states.refused(Refused("signed_out"))
        return
    account = accounts.find(session.username)
    st.session_state["language"] = _language(account.language if account else None)
    held = viewers_of(account.staff_number) if account and account.staff_number else ()
    if account is None or not held:
        states.refused(Refused("not_shared"))
        return
    viewer = _acting(held)
    viewer = replace(viewer, username=account.username, masked=session.is_masked)
    st.session_state["is_masked"], st.session_state["viewer"] = viewer.masked, viewer
    st.session_state["drawn"] = {}
    style(projector=viewer.masked)

    entries = pages_for(viewer.role)
    opened = {entry.path: _opened(entry, viewer) for entry in entries}
    st.session_state["pages"] = opened
    sections: dict[str, list[st.Page]] = {"": [_home(opened[entries[0].path]), *_closed(viewer, opened)]}
    for entry in entries:
        sections.setdefault(_(f"menu.{entry.section}"), []).append(opened[entry.path])
    chosen = st.navigation(sections, position="hidden" if viewer.masked else "sidebar")
    if viewer.masked:
        _leave_projector(token)
    else:
        with st.sidebar:
            _welcome(account.username)
            _person(account.name, viewer, token)
            if len(held) > 1:
                roles = {each.role.value: _(f"role.{each.role}") for each in held}
                st.text(_("choice.role"))
                picked("role", _("choice.role"), roles)
    st.session_state["shown_of"] = _shown_of()
    _notice_news()
    chosen.run()


@st.fragment(run_every=NOTICED_AFTER)
def _notice_news() -> None:
    """A page that is left open draws itself anew once another district file serves, or another day has begun: rights may have ended."""
    if _shown_of() != st.session_state.get("shown_of"):
        st.rerun()


def _shown_of() -> tuple[str, date]:
    """The district file and the day a page is drawn of."""
    return district_path().name, today()


def _acting(held: tuple[Viewer, ...]) -> Viewer:
    """The role a person of several roles acts in: as chosen in the frame, or as the address has it."""
    acting = st.session_state.get("chosen-role")
    asked = st.query_params.get("role")
    if asked is not None and asked != st.session_state.get("asked-role"):
        acting = asked
    return next((each for each in held if each.role == acting), held[0])


def _closed(viewer: Viewer, opened: dict[str, st.Page]) -> list[st.Page]:
    """Screens of other roles, at their addresses: a sentence instead of somebody else's page not being found."""
    others = {entry.path: entry for entry in PAGES if entry.path not in opened}
    return [_opened(entry, viewer, visibility="hidden") for entry in others.values()]


def _language(remembered: str | None) -> str:
    for chosen in (st.query_params.get("lang"), st.context.cookies.get("lang"), remembered):
        if chosen in LANGUAGES:
            return chosen
    return LANGUAGES[0]


def _home(first: st.Page) -> st.Page:
    """Streamlit's default page has no address but "/": it only leads on, so that every screen has one of its own."""

    def home() -> None:
        st.switch_page(first, query_params=dict(st.query_params))

    return st.Page(home, default=True, visibility="hidden")


def _opened(entry: PageEntry, viewer: Viewer, **more: str) -> st.Page:
    return st.Page(_guarded(entry, viewer), title=_(entry.title), icon=entry.icon, url_path=entry.path, **more)


def _guarded(entry: PageEntry, viewer: Viewer) -> Callable[[], None]:
    """A page that says what happened where it cannot be shown, and is nobody's but its roles'."""

    def shown() -> None:
        try:
            if viewer.role not in entry.roles:
                raise Refused("not_shared")
            entry.page(viewer)
        except Refused as refusal:
            states.refused(refusal)
        except Exception as error:  # noqa: BLE001 - whatever it was, the screen says a sentence
            states.broken(error)

    return shown


def _welcome(username: str) -> None:
    """Whoever signs in for the first time is shown where to begin; from the second session on it is in the menu alone."""
    if st.session_state.setdefault("is_first", sessions.is_first(username)):
        st.text(_("tour.welcome"))
        st.page_link(st.session_state["pages"]["tour"], label=_("menu.tour"))


def _person(name: str, viewer: Viewer, token: str) -> None:
    board = current()
    if board.label:
        st.text(said(board.label))
    st.text(_("menu.signed_in", name=name, role=_(f"role.{viewer.role}")))
    st.text(_("menu.until", day=day_text(period(viewer, viewer.school_id).day, language())))
    st.toggle(
        _("menu.projector"),
        value=viewer.masked,
        key="projector",
        help=_("menu.projector_help"),
        on_change=lambda: sessions.set_masked(token, masked=st.session_state["projector"]),
    )
    other = "en" if language() == "ja" else "ja"
    asked = urlencode([(key, value) for key, value in st.query_params.items() if key != "lang"])
    here = quote(f"{urlsplit(st.context.url or '/').path or '/'}?{asked}", safe="")
    st.html(
        f'<p class="links"><a href="/language/{other}?next={here}" target="_self" lang="{other}">'
        f'{_("menu.other_language")}</a>　<a href="/signout" target="_self">{_("menu.sign_out")}</a></p>'
    )


def _leave_projector(token: str) -> None:
    """On the wall there is no sidebar: one quiet button leads back."""
    st.button(
        _("menu.leave_projector"),
        key="leave-projector",
        type="tertiary",
        shortcut="Escape",
        on_click=lambda: sessions.set_masked(token, masked=False),
    )


shell()
