"""Nothing of the app is reached without a session that is open now.

What stands here sees every request and every message of a page first: documents, the websocket, files, measurements and
Streamlit's own scripts. Anonymous people reach the sign-in page, its looks, and /health, which says only "ok".
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from access.error_reference import logged
from access.jurisdictions import are_several, current, within
from components.streamlit_internals import BUNDLE, CORE, NEEDED, STREAM
from records import events, sessions
from records.sessions import COOKIE
from web import html_pages
from web.request import RequestInfo, is_of_projector, request_info
from web.response_headers import PLAIN_POLICY, guarded, page_policy
from web.signed_in import Person, open_session, person_of
from web.streamlit_page import DocumentRewriter
from web.websocket import ENDED, PageStream

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from records.sessions import Session
    from web.settings import WebSettings
    from web.start_state import StartState

__all__ = ["COOKIE", "OpenSessionMiddleware"]

OWN_HEADERS = b"x-miharashi-"
PROGRESS = "/preparing"
OPEN = frozenset({"/signin", *html_pages.ASSETS})
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# a document must arrive whole and readable to be rewritten
UNWANTED = frozenset({b"accept-encoding", b"range", b"if-none-match", b"if-modified-since", b"if-range"})


class OpenSessionMiddleware:
    """Lets through whoever has a session open; sends the others to the sign-in page."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or carry one page's websocket."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        # whatever a browser says about who it is, only we say who it is
        headers = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(OWN_HEADERS)]
        scope = {**scope, "headers": headers}
        request = request_info(scope, always_tls=self.settings.always_tls)
        with within(request.board):
            if scope["type"] == "websocket":
                await self._stream(scope, receive, send, request)
            else:
                await self._http(scope, receive, send, request)

    async def _http(self, scope: Scope, receive: Receive, send: Send, request: RequestInfo) -> None:
        has_begun = False

        async def noted(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._answer(scope, receive, noted, request)
        except Exception as error:  # noqa: BLE001 - the last one who can still say something polite
            reference = logged(error, f"{request.method} failed")
            if not has_begun:
                page = html_pages.page("error", request.language or "ja", status=500, reference=reference)
                await page(scope, receive, guarded(noted, request, PLAIN_POLICY))

    async def _answer(self, scope: Scope, receive: Receive, send: Send, request: RequestInfo) -> None:
        plain = guarded(send, request, PLAIN_POLICY)
        is_open = request.path in OPEN or is_of_projector(request.path)
        waiting = self.settings.start_state()
        if are_several() and (is_open or request.path == "/signout"):
            waiting = None  # another board may be chosen there, and a session ended
        early = before_signin(request, waiting)
        if early is not None:
            await early(scope, receive, plain)
            return
        if is_open or (request.path == PROGRESS and waiting is not None):
            await self.app(scope, receive, plain)
            return
        session = await to_thread.run_sync(open_session, request.token)
        if session is None:
            await to_signin(request)(scope, receive, plain)
        elif (refusal := refused(request)) is not None:
            await refusal(scope, receive, plain)
        elif request.path.startswith(("/signout", "/language/", BUNDLE)):  # the bundle: sixty files a page, the same for everybody
            await self.app(scope, receive, plain)
        else:
            await self._app(scope, receive, send, request, session)

    async def _app(self, scope: Scope, receive: Receive, send: Send, request: RequestInfo, session: Session) -> None:
        """Streamlit's answer to somebody with a role; a polite page for anybody else who is signed in."""
        person = await to_thread.run_sync(person_of, session)
        language = language_of(request, person)
        if person.role is None:
            await to_thread.run_sync(partial(events.record, "no_role", username=session.username, address=request.address))
            answer = Response(status_code=403)
            if request.is_document:
                answer = html_pages.page("no_role", language, name=person.account.name if person.account else "")
            await answer(scope, receive, guarded(send, request, PLAIN_POLICY))
            return
        inward = introduced(scope, session, language)
        outward = guarded(send, request, page_policy(request.host))
        if request.is_document:
            await to_thread.run_sync(sessions.touch, request.token or "")
            inward["headers"] = [(name, value) for name, value in inward["headers"] if name.lower() not in UNWANTED]
            outward = DocumentRewriter(outward, language, remembered=request.language).send
        await self.app(inward, receive, outward)

    async def _stream(self, scope: Scope, receive: Receive, send: Send, request: RequestInfo) -> None:
        session = person = None
        if request.path == STREAM and request.is_from_here and self.settings.start_state() is None:
            session = await to_thread.run_sync(open_session, request.token)
        if session is not None:
            person = await to_thread.run_sync(person_of, session)
        if session is None or person is None or person.role is None:
            await receive()
            await send({"type": "websocket.close", "code": ENDED})  # before it was accepted: an HTTP 403
            return
        inward = introduced(scope, session, language_of(request, person))
        await PageStream(self.app, request.token or "", self.settings.watch_seconds).run(inward, receive, send)


def before_signin(request: RequestInfo, waiting: StartState | None) -> Response | None:
    """The answer that needs no session: /health, and the page shown while there is no district yet."""
    if request.path == "/health":
        if request.method not in {"GET", "HEAD"}:
            return Response(status_code=405)
        return PlainTextResponse("ok" if waiting is None else waiting.state, 200 if waiting is None else 503)
    if waiting is None or request.path == PROGRESS or request.path in html_pages.ASSETS:
        return None
    if not request.is_document:
        return Response(status_code=503, headers={"retry-after": "5"})
    return html_pages.page(
        "start_state",
        request.language or "ja",
        status=503,
        state=waiting.state,
        percent=round(waiting.fraction * 100),
        step=waiting.step,
        reference=waiting.reference,
        here=request.here,
        are_several=are_several(),
    )


def to_signin(request: RequestInfo) -> Response:
    """303 to the sign-in page for a document, 401 for anything else."""
    if request.path == "/signout":  # it ended before they could end it
        return RedirectResponse("/signin?why=signed_out", status_code=303)
    if not request.is_document:
        return Response(status_code=401)
    state = {"next": request.here} if request.here != "/" else {}
    if request.token:
        state["why"] = "ended"
    return RedirectResponse("/signin" + (f"?{html_pages.query_of(state)}" if state else ""), status_code=303)


def refused(request: RequestInfo) -> Response | None:
    """The answer to what nobody may ask: changes from elsewhere, and what no page of Streamlit's needs."""
    if request.method in UNSAFE and not request.is_from_here:
        return Response(status_code=403)
    if request.path.startswith(f"{CORE}/") and request.path not in NEEDED:
        return Response(status_code=404)
    return None


def language_of(request: RequestInfo, person: Person) -> str:
    """The language asked for or last chosen in this browser, else by this person."""
    return request.language or (person.account.language if person.account else None) or "ja"


def introduced(scope: Scope, session: Session, language: str) -> Scope:
    """The request with the headers by which Streamlit learns who is there; it binds the page's state to them."""
    introduction = {"user": session.username, "session": session.number, "language": language}
    if are_several():
        introduction["jurisdiction"] = current().key
    ours = [(OWN_HEADERS + name.encode(), value.encode("latin-1")) for name, value in introduction.items()]
    return {**scope, "headers": [*scope["headers"], *ours]}
