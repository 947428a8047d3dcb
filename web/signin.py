"""Signing in and out: a plain form that password managers understand, and in the sample district a list of people."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, sleep, to_thread
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from access.jurisdictions import are_several, current, is_chosen, within
from records import accounts, events, passwords, sessions, throttle
from records.sessions import COOKIE
from web import html_pages
from web.addresses import in_language, local_path, without_origin
from web.demo_cast import cast_by_height
from web.request import BOARD_COOKIE, form_fields, request_info
from web.signed_in import open_session

if TYPE_CHECKING:
    from starlette.requests import Request

    from web.request import RequestInfo
    from web.settings import WebSettings

DEVICE_COOKIE = "miharashi_device"
LARGEST_FORM, MOST_FIELDS = 8_192, 20
HALF_YEAR = 15_552_000
# every refusal takes at least this long, so that the time it took tells nothing about the name or its hash
SLOWEST_REFUSAL = 0.6
# a bcrypt takes a third of a second of one core: a storm of sign-ins must not take the machine from the pages
CHECKS_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class SignInForm:
    """A sign-in form as it was sent, or as it is to be shown: what it says, and where its sender wants to go on to."""

    request: RequestInfo
    onward: str
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of the form itself, else of the browser."""
        sent = self.fields.get("lang", "")
        return sent if sent in html_pages.LANGUAGES else self.request.language or "ja"


class SignIn:
    """The routes of signing in and out."""

    def __init__(self, settings: WebSettings) -> None:
        self.settings = settings
        self._checks: CapacityLimiter | None = None

    def routes(self) -> list[Route]:
        """What app.py adds to the app's own routes."""
        return [
            Route("/signin", self.form, methods=["GET"]),
            Route("/signin", self.sent, methods=["POST"]),
            Route("/signout", self.leave, methods=["GET", "POST"]),
            Route("/language/{code}", self.language, methods=["GET"]),
            Route("/preparing", self.preparing, methods=["GET"]),
            *[Route(path, html_pages.asset, methods=["GET"]) for path in html_pages.ASSETS],
        ]

    async def form(self, request: Request) -> Response:
        """The sign-in page; whoever is signed in already goes on to where they wanted."""
        info = self._info(request)
        onward = local_path(request.query_params.get("next"))
        is_signed_in = await to_thread.run_sync(open_session, info.token) is not None
        if is_signed_in and not (are_several() and "board" in request.query_params):
            return RedirectResponse(onward, status_code=303)
        why = request.query_params.get("why", "")
        with within(info.board_wanted):
            answer = await self._page(SignInForm(info, onward), why if why in {"ended", "signed_out"} else None)
        if info.token and not is_signed_in:
            answer.delete_cookie(COOKIE, path="/")
        if "lang" in request.query_params and info.language:
            answer.headers.append("set-cookie", html_pages.language_cookie(info.language))
        return answer

    async def sent(self, request: Request) -> Response:
        """A sign-in that was sent: checked, slowed down where it must be, and recorded either way."""
        began = time.monotonic()
        info = self._info(request)
        if not info.is_from_here:
            await record("refused_elsewhere", info)
            return await self._page(SignInForm(info, "/"), "elsewhere", status=403)
        fields = await form_fields(request, LARGEST_FORM, MOST_FIELDS)
        if fields is None:
            return Response(status_code=413)
        form = SignInForm(info, local_path(fields.get("next")), fields)
        with within(fields.get("board")):
            if not is_chosen():
                return await self._page(form)
            return await (self._as_cast(form) if fields.get("cast") else self._by_password(form, began))

    async def _by_password(self, form: SignInForm, began: float) -> Response:
        request, password = form.request, form.fields.get("password", "")
        username = accounts.plain_username(form.fields.get("username", ""))[:64]
        if not username or not password:
            return await self._page(form, "incomplete", username=username, status=403)
        device = request.cookies.get(DEVICE_COOKIE)
        wait = await to_thread.run_sync(throttle.admit, username, request.address, device)
        if wait:
            await record("refused_wait", request, await known(username))
            answer = await self._page(form, "wait", username=username, wait=wait, status=429)
            answer.headers["retry-after"] = str(wait)
            return answer
        stored = await to_thread.run_sync(accounts.password_hash, username)
        if self._checks is None:  # belongs to the running loop
            self._checks = CapacityLimiter(CHECKS_AT_ONCE)
        is_right = await to_thread.run_sync(passwords.matches, password, stored, limiter=self._checks)
        if not is_right:
            await record("refused_password", request, await known(username))
            await sleep(max(0.0, SLOWEST_REFUSAL - (time.monotonic() - began)))
            return await self._page(form, "wrong", username=username, status=403)
        return await let_in(form, username, "signed_in")

    async def _as_cast(self, form: SignInForm) -> Response:
        chosen = form.fields["cast"][:64]
        account = await to_thread.run_sync(accounts.find, chosen) if self.settings.is_demo() else None
        is_open = account is not None and account.is_cast
        if is_open:  # a closed account has no hash to show
            is_open = await to_thread.run_sync(accounts.password_hash, chosen) is not None
        if account is None or not is_open:
            await record("refused_cast", form.request)
            return await self._page(form, "wrong", status=403)
        return await let_in(form, account.username, "signed_in_as_cast")

    async def leave(self, request: Request) -> Response:
        """End the session. A link on one of our pages does it at once; from anywhere else, one has to say yes."""
        info = self._info(request)
        is_ours = info.headers.get("sec-fetch-site") == "same-origin"
        if info.method == "GET" and not is_ours:
            return html_pages.page("signout", info.language or "ja")
        if info.token and is_chosen():
            session = await to_thread.run_sync(open_session, info.token)
            await to_thread.run_sync(sessions.end, info.token)
            if session is not None:
                await record("signed_out", info, session.username)
        answer = RedirectResponse("/signin?why=signed_out", status_code=303)
        answer.delete_cookie(COOKIE, path="/")
        return answer

    async def language(self, request: Request) -> Response:
        """Choose a language: remembered in this browser, and for the account of whoever is signed in."""
        code = str(request.path_params["code"])
        info = self._info(request)
        onward = local_path(without_origin(request.query_params.get("next"), info.host))
        if code not in html_pages.LANGUAGES:
            return RedirectResponse(onward, status_code=303)
        session = await to_thread.run_sync(open_session, info.token)
        if session is not None:
            await to_thread.run_sync(accounts.set_language, session.username, code)
        answer = RedirectResponse(in_language(onward, code), status_code=303)
        answer.headers.append("set-cookie", html_pages.language_cookie(code))
        return answer

    async def preparing(self, _request: Request) -> Response:
        """How far the first start has come, for the bar on the page."""
        waiting = self.settings.start_state()
        if waiting is None:
            return JSONResponse({"state": "open"})
        return JSONResponse({"state": waiting.state, "percent": round(waiting.fraction * 100), "step": waiting.step})

    def _info(self, request: Request) -> RequestInfo:
        return request_info(request.scope, always_tls=self.settings.always_tls)

    async def _page(
        self, form: SignInForm, message: str | None = None, *, username: str = "", wait: int = 0, status: int = 200
    ) -> Response:
        """The sign-in page, with a message where there is one; where several boards are served and none is chosen, the choice."""
        language = form.language
        state = {"next": form.onward} if form.onward != "/" else {}
        if not is_chosen():
            return html_pages.boards_page("signin", language, state, status)
        board = current() if are_several() else None
        state = {"lang": "en" if language == "ja" else "ja"} | ({"board": board.key} if board else {}) | state
        words = html_pages.said("message", message, language, wait=html_pages.duration(wait, language)) if message else ""
        return html_pages.page(
            "signin",
            language,
            status=status,
            next=form.onward,
            board=board,
            switch=f"/signin?{html_pages.query_of(state)}",
            message=words,
            is_wrong=status != 200,
            username=username,
            cast=await to_thread.run_sync(cast_by_height, language) if self.settings.is_demo() else [],
        )


async def let_in(form: SignInForm, username: str, kind: str) -> Response:
    """A new session for somebody who may come in; the one this browser had before ends."""
    request = form.request
    device = request.cookies.get(DEVICE_COOKIE) or secrets.token_urlsafe(24)
    if kind == "signed_in":  # being one of the sample district's people proves nothing about who knows a password
        await to_thread.run_sync(throttle.succeeded, username, request.address, device)
    if request.token:
        with within(request.board):  # it may have been another board's
            if is_chosen():
                await to_thread.run_sync(partial(sessions.end, request.token, by="replaced"))
    token = await to_thread.run_sync(sessions.start, username, request.address, request.headers.get("user-agent"))
    await record(kind, request, username)
    answer = RedirectResponse(form.onward, status_code=303)
    # Lax, not Strict: with Strict a link in a mail or in groupware would arrive without the cookie and ask a
    # signed-in person to sign in. Lax sends it only with such top-level visits, never with forms or frames.
    keep = partial(answer.set_cookie, httponly=True, samesite="lax", secure=request.is_tls)
    keep(COOKIE, token, path="/")
    keep(DEVICE_COOKIE, device, path="/signin", max_age=HALF_YEAR)
    if are_several():
        keep(BOARD_COOKIE, current().key, path="/", max_age=HALF_YEAR)
    language = form.fields.get("lang", "")
    if language in html_pages.LANGUAGES:
        answer.headers.append("set-cookie", html_pages.language_cookie(language))
    return answer


async def known(username: str) -> str | None:
    """The name if it is somebody's: a name nobody has may be a password in the wrong field."""
    return username if await to_thread.run_sync(accounts.find, username) is not None else None


async def record(kind: str, request: RequestInfo, username: str | None = None) -> None:
    """Write down what happened; nothing where no board of education is chosen, which has no books to write it in."""
    if is_chosen():
        await to_thread.run_sync(partial(events.record, kind, username=username, address=request.address))
