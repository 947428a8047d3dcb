"""Everything we rely on of Streamlit's insides, in this file alone: each line here may change with its next version.

What can be asked cheaply is asked at start (`check`), the rest in tests/components/test_streamlit_internals.py against the version
that is installed; both name what has changed. docs/streamlit.md says how to move to the next version.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import ScriptRunContext, get_script_run_ctx

__all__ = ["BackMsg", "Element", "ForwardMsg"]  # for what talks to Streamlit as a browser does: bench and tests

_log = logging.getLogger("miharashi")


class StreamlitChanged(RuntimeError):
    """Streamlit is built differently inside from what we rely on; the message names what."""


# --- its addresses
CORE = "/_stcore"
STREAM, HEALTH, HOST_CONFIG = f"{CORE}/stream", f"{CORE}/health", f"{CORE}/host-config"
# of its own addresses a page needs these; its measurements and its driver for programs are nobody's
NEEDED = frozenset({STREAM, HEALTH, HOST_CONFIG})
MEDIA = "/media"
BUNDLE = "/static/"  # its scripts and styles, under names that change with their content
# where it serves something else than its page
NOT_DOCUMENTS = (CORE, MEDIA, "/static", "/component", "/app/", "/auth", "/oauth2callback")

# --- its settings that are hidden from its manual, or that something of ours stands or falls with
RELIED_ON_SETTINGS = (
    "server.trustedUserHeaders", "server.enableStaticServing", "server.fileWatcherType", "server.disconnectedSessionTTL",
    "server.maxWidgetStateSize", "client.showErrorDetails", "client.showErrorLinks", "client.disableDataExport", "runner.postScriptGC",
    "logger.enableRich",
)  # fmt: skip
# the headers by which it learns who is there → the key of st.user under which a page finds them
USER_HEADERS = {
    "x-miharashi-user": "username", "x-miharashi-session": "session", "x-miharashi-language": "language",
    "x-miharashi-jurisdiction": "jurisdiction",
}  # fmt: skip

# --- names in the page it draws, for the style sheet and for web/assets/streamlit_patch.js
SELECTORS = {
    "app": ".stApp",
    "main": ".stMainBlockContainer",
    **{
        name: f"[data-testid={test_id}]"
        for name, test_id in {
            "sidebar": "stSidebar", "sidebar_content": "stSidebarUserContent", "expand_sidebar": "stExpandSidebarButton",
            "header": "stHeader", "toolbar": "stToolbar", "menu": "stMainMenu", "status": "stStatusWidget",
            "element_toolbar": "stElementToolbar", "text": "stText", "expander": "stExpander", "button_group": "stButtonGroup",
            "selectbox": "stSelectbox", "text_input": "stTextInput", "form": "stForm",
        }.items()
    },
    "sidebar_open": "[aria-expanded=true]",
    "sidebar_closed": "[aria-expanded=false]",
    "radio_chosen": "[aria-checked=true]",
    "pill_chosen": "[kind*=Active]",
}  # fmt: skip
# what web/assets/streamlit_patch.js sets before its scripts begin
WINDOW_NAME, SERVER_NAME = "__streamlit", "BACKEND_BASE_URL"

# --- the page it sends: the parts of index.html that are replaced, each of which stands in it once
PAGE_PARTS = {
    "html": re.compile(rb"<html\b[^>]*>"),
    "title": re.compile(rb"<title>[^<]*</title>"),
    "icon": re.compile(rb'<link rel="shortcut icon"[^>]*>'),
    # a pointer to an interface that is switched off: our own script stands in its place, ahead of its scripts
    "service-desc": re.compile(rb'<link rel="service-desc"[^>]*>'),
    "noscript": re.compile(rb"<noscript>.*?</noscript>", re.DOTALL),
}
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
ANY_SCRIPT = re.compile(r"<script\b[^>]*>")


def static_folder() -> Path:
    """Where the version that is installed keeps its page and bundle."""
    return Path(st.__file__).parent / "static"


@cache
def index_page() -> str:
    """Its page as it lies on disk."""
    return (static_folder() / "index.html").read_text(encoding="utf-8")


def page_with(page: bytes, parts: dict[str, bytes]) -> bytes:
    """Its page with these parts replaced; a part that is not there is named in the log."""
    for name, text in parts.items():
        page, found = PAGE_PARTS[name].subn(lambda _match, text=text: text, page, count=1)  # type: ignore[misc]
        if not found:
            _log.error("Streamlit's page has no %s to replace (docs/streamlit.md)", name)
    return page


@cache
def script_hashes(page: str | None = None) -> tuple[str, ...]:
    """The inline scripts of its page, as the content policy names them."""
    scripts = INLINE_SCRIPT.findall(index_page() if page is None else page)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return tuple(f"sha256-{base64.b64encode(digest).decode()}" for digest in digests)


def page_again() -> bytes:
    """The message that makes a browser ask for its page again, which is then answered with the sign-in page."""
    message = ForwardMsg()
    message.auth_redirect.url = ""  # an empty address is the page's own
    return message.SerializeToString()


def is_activity(message: bytes) -> bool:
    """Whether a person did something: a page that refreshes itself must not keep a session open for ever."""
    sent = BackMsg()
    try:
        sent.ParseFromString(message)
    except Exception:  # noqa: BLE001 - not a message of Streamlit's
        return False
    return sent.WhichOneof("type") == "rerun_script" and not sent.rerun_script.is_auto_rerun


def board_of_page() -> str | None:
    """The board of education whose page is drawn now, as the request for it said; None where no page is being drawn."""
    context = get_script_run_ctx(suppress_warning=True)
    return None if context is None else str((context.user_info or {}).get("jurisdiction") or "")


def check() -> None:
    """Ask at start what can be asked cheaply.

    Raises StreamlitChanged with the name of the first thing that is not as we rely on it.
    """
    for name in changed():
        _log.critical("Streamlit %s: %s is not as the app relies on it (docs/streamlit.md)", st.__version__, name)
        raise StreamlitChanged(name)


def changed(page: str | None = None) -> Iterator[str]:
    """What of its page, messages and settings is not as we rely on it, by name."""
    page = index_page() if page is None else page
    for name, pattern in PAGE_PARTS.items():
        if len(pattern.findall(page.encode())) != 1:
            yield f"index.html: {name}"
    if any(" src=" not in tag and tag != "<script>" for tag in ANY_SCRIPT.findall(page)):
        yield "index.html: an inline script of another form"
    if page.find('rel="service-desc"') > page.find("<script"):
        yield "index.html: service-desc stands behind a script"
    if "auth_redirect" not in ForwardMsg.DESCRIPTOR.fields_by_name:
        yield "ForwardMsg: auth_redirect"
    rerun = BackMsg.DESCRIPTOR.fields_by_name.get("rerun_script")
    if rerun is None or "is_auto_rerun" not in rerun.message_type.fields_by_name:
        yield "BackMsg: rerun_script.is_auto_rerun"
    if "user_info" not in ScriptRunContext.__dataclass_fields__:
        yield "ScriptRunContext: user_info"
    for name in RELIED_ON_SETTINGS:
        try:
            value = st.get_option(name)
        except RuntimeError:
            yield f"setting: {name}"
            continue
        if name == "server.trustedUserHeaders" and value != USER_HEADERS:
            yield f"setting: {name} in .streamlit/config.toml names other headers than USER_HEADERS"
