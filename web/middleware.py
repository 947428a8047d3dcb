"""The door: nothing of the house is reached without a sitting that is open now.

It stands in front of every request and every message of a page: documents, the websocket, files, measurements and
Streamlit's own scripts. Anonymous people reach the sign-in page, its looks, and /health, which says only "ok".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from anyio import to_thread
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from access.error_reference import logged
from access.jurisdictions import are_several, current, within
from records.sessions import COOKIE
from web import html_pages
from web.request import Asked, address_of, asked_in, is_of_projector
from web.response_headers import PLAIN_POLICY, guarded_headers, page_policy
from web.streamlit_page import DocumentRewriter
from web.websocket import ENDED, Stream

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from web.stores import House, Opening, Person, Sitting

__all__ = ["COOKIE", "Door"]

OWN_HEADERS = b"x-miharashi-"
STREAM = "/_stcore/stream"
# of Streamlit's own endpoints a page needs these; its measurements and its driver for programs are nobody's
NEEDED = frozenset({STREAM, "/_stcore/health", "/_stcore/host-config"})
PROGRESS = "/preparing"
OPEN = frozenset({"/signin", *html_pages.ASSETS})
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


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
        request = asked_in(scope, always_tls=self.house.always_tls)
        with within(request.board):
            if scope["type"] == "websocket":
                await self._stream(scope, receive, send, request)
            else:
                await self._http(scope, receive, send, request)

    async def _http(self, scope: Scope, receive: Receive, send: Send, request: Asked) -> None:
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
                page = html_pages.page("error", request.language or "ja", status=500, reference=reference)
                await page(scope, receive, self._guarded(noted, request, PLAIN_POLICY))

    async def _answer(self, scope: Scope, receive: Receive, send: Send, request: Asked) -> None:
        plainly = self._guarded(send, request, PLAIN_POLICY)
        opening = self.house.opening()
        if are_several() and (request.path in OPEN or request.path == "/signout" or is_of_projector(request.path)):
            opening = None  # another board may be chosen there, and a sitting ended
        early = self._before_signin(request, opening)
        if early is not None:
            await early(scope, receive, plainly)
            return
        if request.path in OPEN or is_of_projector(request.path) or (request.path == PROGRESS and opening is not None):
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
        if request.path.startswith("/_stcore/") and request.path not in NEEDED:
            await Response(status_code=404)(scope, receive, plainly)
            return
        if request.path.startswith("/static/"):  # Streamlit's bundle: sixty files a page, the same for everybody
            await self.app(scope, receive, self._guarded(send, request, PLAIN_POLICY))
            return
        person = await to_thread.run_sync(self.house.stores.account, sitting.username)
        language = request.language or (person.language if person else None) or "ja"
        if await to_thread.run_sync(self._role, person) is None:
            await to_thread.run_sync(self._record_no_role, sitting, scope)
            page = html_pages.page("no_role", language, name=person.name if person else "")
            await (page if request.is_document else Response(status_code=403))(scope, receive, plainly)
            return
        if request.is_document:
            await to_thread.run_sync(self.house.stores.touch, request.token or "")
        scope = {**scope, "headers": [*self._inward(scope, request), *introduced(sitting, language)]}
        outward = self._guarded(send, request, page_policy(self.house.script_hashes, request.host))
        if request.is_document:
            outward = DocumentRewriter(outward, language, asked=request.language).send
        await self.app(scope, receive, outward)

    def _before_signin(self, request: Asked, opening: Opening | None) -> Response | None:
        """The answer that needs no sitting: /health, and the page shown while there is no district yet."""
        if request.path == "/health":
            if request.method not in {"GET", "HEAD"}:
                return Response(status_code=405)
            return PlainTextResponse("ok" if opening is None else opening.state, 200 if opening is None else 503)
        if opening is None or request.path == PROGRESS or request.path in html_pages.ASSETS:
            return None
        if not request.is_document:
            return Response(status_code=503, headers={"retry-after": "5"})
        return html_pages.page(
            "opening",
            request.language or "ja",
            status=503,
            state=opening.state,
            percent=round(opening.fraction * 100),
            step=opening.step,
            reference=opening.reference,
            here=request.here,
            are_several=are_several(),
        )

    def _turned_away(self, request: Asked) -> Response:
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

    def _inward(self, scope: Scope, request: Asked) -> list[tuple[bytes, bytes]]:
        """The request's headers as the app gets them; a document must arrive whole and readable to be rewritten."""
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        if not request.is_document:
            return headers
        unwanted = {b"accept-encoding", b"range", b"if-none-match", b"if-modified-since", b"if-range"}
        return [(name, value) for name, value in headers if name.lower() not in unwanted]

    def _guarded(self, send: Send, request: Asked, policy: str) -> Send:
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

    async def _stream(self, scope: Scope, receive: Receive, send: Send, request: Asked) -> None:
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


def introduced(sitting: Sitting, language: str) -> list[tuple[bytes, bytes]]:
    """The headers by which Streamlit learns who is there; it binds the page's state to them."""
    told: dict[str, Any] = {"user": sitting.username, "sitting": sitting.number, "language": language}
    if are_several():
        told["jurisdiction"] = current().key
    return [(OWN_HEADERS + name.encode(), str(value).encode("latin-1")) for name, value in told.items()]
