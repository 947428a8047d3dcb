"""What is read of a request before it is answered: where to, from which page, with which cookies, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from starlette.formparsers import FormParser, MultiPartException
from starlette.requests import cookie_parser

from components.streamlit_internals import NOT_DOCUMENTS
from records.sessions import COOKIE
from web import html_pages

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request
    from starlette.types import Scope

LANGUAGE_COOKIE = "lang"
# which board of education a browser has signed in to, or shows a meeting of: a name, and no right to anything
BOARD_COOKIE = "miharashi_board"
SCREEN_BOARD_COOKIE = "miharashi_screen_board"
PROJECTOR = "/projector"


@dataclass(frozen=True, slots=True)
class RequestInfo:
    """What is read of a request before it is answered."""

    path: str
    query: str
    method: str
    headers: dict[str, str]
    cookies: dict[str, str]
    is_tls: bool
    address: str  # the network address it came from; behind a proxy on this machine, the one it names

    @property
    def token(self) -> str | None:
        """The session cookie, whatever it is worth."""
        return self.cookies.get(COOKIE) or None

    @property
    def board(self) -> str | None:
        """The board of education this browser was last let in by, where an instance serves several."""
        return self.cookies.get(SCREEN_BOARD_COOKIE if is_of_projector(self.path) else BOARD_COOKIE) or None

    @property
    def board_wanted(self) -> str | None:
        """The board of education the address names, else the one of this browser; "" in the address asks for the choice."""
        return parse_qs(self.query, keep_blank_values=True).get("board", [self.board])[0]

    @property
    def host(self) -> str:
        """The host the browser believes it talks to."""
        return self.headers.get("host", "")

    @property
    def is_document(self) -> bool:
        """Whether a browser asks for a page to show, rather than a part of one."""
        if self.method not in {"GET", "HEAD"} or self.path.startswith(NOT_DOCUMENTS):
            return False
        wanted = self.headers.get("sec-fetch-dest")
        if wanted is not None:
            return wanted == "document"
        return "text/html" in self.headers.get("accept", "") or self.headers.get("accept", "*/*") == "*/*"

    @property
    def is_from_here(self) -> bool:
        """Whether the request was made by one of our own pages; a missing Origin does not count as one."""
        try:
            origin = urlsplit(self.headers.get("origin", "")).netloc
        except ValueError:  # no address at all
            return False
        return bool(self.host) and origin == self.host

    @property
    def language(self) -> str | None:
        """The language asked for: in the address, else as last chosen in this browser."""
        wanted = parse_qs(self.query).get("lang", [""])[0] or self.cookies.get(LANGUAGE_COOKIE, "")
        return wanted if wanted in html_pages.LANGUAGES else None

    @property
    def here(self) -> str:
        """The address asked for, to come back to after signing in."""
        return quote(self.path, safe="/~@!$&'()*+,;=:-._") + (f"?{self.query}" if self.query else "")


def is_of_projector(path: str) -> bool:
    """Whether a path is one of a projector's own, which ask for its cookie themselves."""
    return path == PROJECTOR or path.startswith(f"{PROJECTOR}/")


def request_info(scope: Scope, *, always_tls: bool = False) -> RequestInfo:
    """What is read of a request before it is answered."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        separator = "; " if key == "cookie" else ", "
        headers[key] = f"{headers[key]}{separator}{text}" if key in headers else text
    client = scope.get("client")
    return RequestInfo(
        path=scope["path"],
        query=scope.get("query_string", b"").decode("latin-1"),
        method=scope.get("method", "GET"),
        headers=headers,
        cookies=cookie_parser(headers.get("cookie", "")),
        is_tls=always_tls or scope.get("scheme") in {"https", "wss"},
        address=str(client[0])[:64] if client else "unknown",
    )


class TooLarge(Exception):
    """A form is larger than any of ours."""


async def form_fields(request: Request, largest: int, most: int) -> dict[str, str] | None:
    """The fields of a sent form, the last of each name; none where it has too many, None when it is larger than any of ours."""

    async def body() -> AsyncGenerator[bytes]:
        size = 0
        async for part in request.stream():
            size += len(part)
            if size > largest:
                raise TooLarge
            yield part

    try:
        fields = await FormParser(request.headers, body(), max_fields=most).parse()
    except TooLarge:
        return None
    except MultiPartException:
        return {}
    return {name: str(value) for name, value in fields.multi_items()}
