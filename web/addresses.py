"""Where to go on after signing in or after choosing a language: to an address of ours, and never elsewhere."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from components.streamlit_internals import CORE, MEDIA

CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
NO_PAGES = ("/signin", "/signout", "/language/", "/preparing", CORE, MEDIA)


def without_origin(address: str | None, host: str) -> str | None:
    """An address of ours without its beginning; a page knows itself by its whole address."""
    for scheme in ("http", "https"):
        beginning = f"{scheme}://{host}/"
        if address and address.startswith(beginning):
            return "/" + address.removeprefix(beginning)
    return address


def in_language(path: str, code: str) -> str:
    """The path with its `lang`, if it names one, changed."""
    parts = urlsplit(path)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    changed = [(name, code if name == "lang" else value) for name, value in fields]
    return parts.path + (f"?{urlencode(changed)}" if changed else "")


def local_path(wanted: str | None) -> str:
    """Where to go after signing in: a path of ours, or "/" for anything that could lead elsewhere."""
    path = wanted or "/"
    if len(path) > 2000 or CONTROL.search(path) or not path.startswith("/") or path.startswith("//"):
        return "/"
    parts = urlsplit(path)
    return path if not parts.path.startswith(NO_PAGES) and not parts.scheme and not parts.netloc else "/"
