"""The door: nothing of the house is reached without a sitting that is open now.

It stands in front of every request and every message of a page: documents, the websocket, files, measurements and
Streamlit's own scripts. Anonymous people reach the sign-in page, its looks, and /health, which says only "ok".
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

from anyio import to_thread
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from access import plain
from access.answers import PLAIN_POLICY, guarded_headers, page_policy
from access.document import DocumentRewriter
from access.mishap import logged

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from access.stores import House, Opening, Person, Sitting

COOKIE = "miharashi_session"
LANGUAGE_COOKIE = "lang"
OWN_HEADERS = b"x-miharashi-"
STREAM = "/_stcore/stream"
PROGRESS = "/preparing"
# where Streamlit serves something else than its page
NOT_DOCUMENTS = ("/_stcore", "/media", "/static", "/component", "/app/", "/auth", "/oauth2callback")
OPEN = frozenset({"/signin", *plain.ASSETS})
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
ENDED = 4401  # our own close code of a websocket, after 401


@dataclass(frozen=True, slots=True)
class Request:
    """What the door looks at in a request."""

    path: str
    query: str
    method: str
    headers: dict[str, str]
    cookies: dict[str, str]
    is_tls: bool

    @property
    def token(self) -> str | None:
        """The session cookie, whatever it is worth."""
        return self.cookies.get(COOKIE) or None

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
        origin = self.headers.get("origin", "")
        return bool(self.host) and urlsplit(origin).netloc == self.host

    @property
    def language(self) -> str | None:
        """The language asked for: in the address, else as last chosen in this browser."""
        asked = parse_qs(self.query).get("lang", [""])[0] or self.cookies.get(LANGUAGE_COOKIE, "")
        return asked if asked in plain.LANGUAGES else None

    @property
    def here(self) -> str:
        """The address asked for, to come back to after signing in."""
        return quote(self.path, safe="/~@!$&'()*+,;=:-._") + (f"?{self.query}" if self.query else "")


class Door:
    """The gate in front of everything, as ASGI middleware."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self.app = app
        self.house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through whoever has a sitting open; send the others to the sign-in page."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        # whatever a browser says about who it is, only the door says who it is
        headers = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(OWN_HEADERS)]
        scope = {**scope, "headers": headers}
        request = request_of(scope, always_tls=self.house.always_tls)
        if scope["type"] == "websocket":
            await self._stream(scope, receive, send, request)
        else:
            await self._http(scope, receive, send, request)

    async def _http(self, scope: Scope, receive: Receive, send: Send, request: Request) -> None:
        has_begun = False

        async def noted(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._answer(scope, receive, noted, request)
        except Exception as mishap:  # noqa: BLE001 - the last one who can still say something polite
            reference = logged(mishap, f"{request.method} failed")
            if not has_begun:
                page = plain.page("error", request.language or "ja", status=500, reference=reference)
                await page(scope, receive, self._guarded(noted, request, PLAIN_POLICY))

    async def _answer(self, scope: Scope, receive: Receive, send: Send, request: Request) -> None:
        plainly = self._guarded(send, request, PLAIN_POLICY)
        opening = self.house.opening()
        early = self._before_signin(request, opening)
        if early is not None:
            await early(scope, receive, plainly)
            return
        if request.path in OPEN or (request.path == PROGRESS and opening is not None):
            await self.app(scope, receive, plainly)
            return
        sitting = await to_thread.run_sync(self.house.stores.sitting, request.token)
        if sitting is None:
            await self._turned_away(request)(scope, receive, plainly)
            return
        if request.method in UNSAFE and not request.is_from_here:
            await Response(status_code=403)(scope, receive, plainly)
            return
        if request.path.startswith(("/signout", "/language/")):
            await self.app(scope, receive, plainly)
            return
        if request.path.startswith("/static/"):  # Streamlit's bundle: sixty files a page, the same for everybody
            await self.app(scope, receive, self._guarded(send, request, PLAIN_POLICY))
            return
        person = await to_thread.run_sync(self.house.stores.account, sitting.username)
        language = request.language or (person.language if person else None) or "ja"
        if await to_thread.run_sync(self._role, person) is None:
            await to_thread.run_sync(self._record_no_role, sitting, scope)
            page = plain.page("no_role", language, name=person.name if person else "")
            await (page if request.is_document else Response(status_code=403))(scope, receive, plainly)
            return
        if request.is_document:
            await to_thread.run_sync(self.house.stores.touch, request.token or "")
        scope = {**scope, "headers": [*self._inward(scope, request), *introduced(sitting, language)]}
        outward = self._guarded(send, request, page_policy(self.house.script_hashes, request.host))
        if request.is_document:
            outward = DocumentRewriter(outward, language, asked=request.language).send
        await self.app(scope, receive, outward)

    def _before_signin(self, request: Request, opening: Opening | None) -> Response | None:
        """The answer that needs no sitting: /health, and the page shown while there is no district yet."""
        if request.path == "/health":
            if request.method not in {"GET", "HEAD"}:
                return Response(status_code=405)
            return PlainTextResponse("ok" if opening is None else opening.state, 200 if opening is None else 503)
        if opening is None or request.path == PROGRESS or request.path in plain.ASSETS:
            return None
        if not request.is_document:
            return Response(status_code=503, headers={"retry-after": "5"})
        return plain.page(
            "opening",
            request.language or "ja",
            status=503,
            state=opening.state,
            percent=round(opening.fraction * 100),
            step=opening.step,
            reference=opening.reference,
            here=request.here,
        )

    def _turned_away(self, request: Request) -> Response:
        """303 to the sign-in page for a document, 401 for anything else."""
        if request.path == "/signout":  # it ended before they could end it
            return RedirectResponse("/signin?why=signed_out", status_code=303)
        if not request.is_document:
            return Response(status_code=401)
        state = {"next": request.here} if request.here != "/" else {}
        if request.token:
            state["why"] = "ended"
        asked = "&".join(f"{name}={quote(value, safe='/')}" for name, value in state.items())
        return RedirectResponse("/signin" + (f"?{asked}" if asked else ""), status_code=303)

    def _inward(self, scope: Scope, request: Request) -> list[tuple[bytes, bytes]]:
        """The request's headers as the app gets them; a document must arrive whole and readable to be rewritten."""
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        if not request.is_document:
            return headers
        unwanted = {b"accept-encoding", b"range", b"if-none-match", b"if-modified-since", b"if-range"}
        return [(name, value) for name, value in headers if name.lower() not in unwanted]

    def _guarded(self, send: Send, request: Request, policy: str) -> Send:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = guarded_headers(list(message.get("headers", [])), request.path, policy, is_tls=request.is_tls)
                message = {**message, "headers": headers}
            await send(message)

        return guarded

    def _role(self, person: Person | None) -> str | None:
        return None if person is None else self.house.role_of(person.staff_number)

    def _record_no_role(self, sitting: Sitting, scope: Scope) -> None:
        self.house.stores.record("no_role", username=sitting.username, address=address_of(scope))

    async def _stream(self, scope: Scope, receive: Receive, send: Send, request: Request) -> None:
        sitting = None
        if request.path == STREAM and request.is_from_here and self.house.opening() is None:
            sitting = await to_thread.run_sync(self.house.stores.sitting, request.token)
        person = None
        if sitting is not None:
            person = await to_thread.run_sync(self.house.stores.account, sitting.username)
        if sitting is None or await to_thread.run_sync(self._role, person) is None:
            await receive()
            await send({"type": "websocket.close", "code": ENDED})  # before it was accepted: an HTTP 403
            return
        language = request.language or (person.language if person else None) or "ja"
        scope = {**scope, "headers": [*scope["headers"], *introduced(sitting, language)]}
        await Stream(self.app, self.house, request.token or "").run(scope, receive, send)


class Stream:
    """One page's open websocket: closed, with a farewell, as soon as its sitting has ended."""

    def __init__(self, app: ASGIApp, house: House, token: str) -> None:
        self.app = app
        self.house = house
        self.token = token
        self.is_accepted = False
        self.is_closed = False

    async def run(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry messages both ways for as long as the sitting is open."""

        async def heard() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            if not await self._is_open():
                await self._leave(send)
                return {"type": "websocket.disconnect", "code": ENDED}
            if self.house.is_activity(message.get("bytes") or b""):
                await to_thread.run_sync(self.house.stores.touch, self.token)
            return message

        async def said(message: Message) -> None:
            if self.is_closed:
                return
            if message["type"] == "websocket.accept":
                self.is_accepted = True
            elif message["type"] == "websocket.close":
                self.is_closed = True
            await send(message)

        watch = asyncio.create_task(self._watch(send), name="sitting-watch")
        try:
            await self.app(scope, heard, said)
        finally:
            watch.cancel()

    async def _watch(self, send: Send) -> None:
        """A page nobody touches would otherwise show children until somebody did."""
        while not self.is_closed:
            await asyncio.sleep(self.house.watch_seconds)
            if self.is_accepted and not await self._is_open():
                await self._leave(send)

    async def _is_open(self) -> bool:
        return await to_thread.run_sync(self.house.stores.sitting, self.token) is not None

    async def _leave(self, send: Send) -> None:
        if self.is_closed:
            return
        self.is_closed = True
        farewell = self.house.farewell()
        if farewell:
            await send({"type": "websocket.send", "bytes": farewell})
        await send({"type": "websocket.close", "code": ENDED})


def request_of(scope: Scope, *, always_tls: bool = False) -> Request:
    """What the door looks at in a request."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        separator = "; " if key == "cookie" else ", "
        told = value.decode("latin-1")
        headers[key] = f"{headers[key]}{separator}{told}" if key in headers else told
    return Request(
        path=scope["path"],
        query=scope.get("query_string", b"").decode("latin-1"),
        method=scope.get("method", "GET"),
        headers=headers,
        cookies=cookie_parser(headers.get("cookie", "")),
        is_tls=always_tls or scope.get("scheme") in {"https", "wss"},
    )


def introduced(sitting: Sitting, language: str) -> list[tuple[bytes, bytes]]:
    """The headers by which Streamlit learns who is there; it binds the page's state to them."""
    told: dict[str, Any] = {"user": sitting.username, "sitting": sitting.number, "language": language}
    return [(OWN_HEADERS + name.encode(), str(value).encode("latin-1")) for name, value in told.items()]


def address_of(scope: Scope) -> str:
    """The network address a request came from; behind a proxy on this machine, the one it names."""
    client = scope.get("client")
    return str(client[0])[:64] if client else "unknown"
