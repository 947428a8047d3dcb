"""Signing in and out: a plain form that password managers understand, and in the sample district a list of people."""

from __future__ import annotations

import re
import secrets
import time
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from anyio import CapacityLimiter, sleep, to_thread
from starlette.formparsers import FormParser, MultiPartException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from access.jurisdictions import are_several, current, is_chosen, known, within
from records import passwords
from records.sessions import COOKIE
from web import html_pages
from web.demo_cast import grouped
from web.request import BOARD_COOKIE, address_of, asked_in

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.requests import Request

    from web.request import Asked
    from web.stores import House

DEVICE_COOKIE = "miharashi_device"
LARGEST_FORM = 8_192
HALF_YEAR = 15_552_000
# every refusal takes at least this long, so that the time it took tells nothing about the name or its hash
SLOWEST_REFUSAL = 0.6
CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
# a bcrypt takes a third of a second of one core: a storm of sign-ins must not take the machine from the pages
CHECKS_AT_ONCE = 2


class TooLarge(Exception):
    """More was sent than any form of ours holds."""


class SignIn:
    """The routes at the door."""

    def __init__(self, house: House) -> None:
        self.house = house
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
        asked = asked_in(request.scope, always_tls=self.house.always_tls)
        onward = local_path(request.query_params.get("next"))
        is_seated = await to_thread.run_sync(self.house.stores.sitting, asked.token) is not None
        if is_seated and not (are_several() and "board" in request.query_params):
            return RedirectResponse(onward, status_code=303)
        why = request.query_params.get("why", "")
        message = why if why in {"ended", "signed_out"} else None
        with within(asked.board_wanted):
            answer = await self._form(asked, onward, message=message)
        if asked.token and not is_seated:
            answer.delete_cookie(COOKIE, path="/")
        if "lang" in request.query_params and asked.language:
            answer.headers.append("set-cookie", html_pages.language_cookie(asked.language))
        return answer

    async def sent(self, request: Request) -> Response:
        """A sign-in that was sent: checked, slowed down where it must be, and recorded either way."""
        began = time.monotonic()
        asked = asked_in(request.scope, always_tls=self.house.always_tls)
        address = address_of(request.scope)
        if not asked.is_from_here:
            await self._record("refused_elsewhere", address=address)
            return await self._form(asked, "/", message="elsewhere", is_wrong=True, status=403)
        told = await form_of(request)
        if told is None:
            return Response(status_code=413)
        onward = local_path(told.get("next"))
        with within(told.get("board")):
            return await self._tried(request, asked, told, onward, began)

    async def _tried(self, request: Request, asked: Asked, told: dict[str, str], onward: str, began: float) -> Response:
        address = address_of(request.scope)
        if not is_chosen():
            return await self._form(asked, onward, told)
        if told.get("cast"):
            return await self._as_cast(asked, told, onward, address)
        username = self.house.stores.plain_username(told.get("username", ""))[:64]
        password = told.get("password", "")
        if not username or not password:
            return await self._form(
                asked, onward, told, message="incomplete", is_wrong=True, username=username, status=403
            )
        device = asked.cookies.get(DEVICE_COOKIE)
        wait = await to_thread.run_sync(self.house.stores.seconds_to_wait, username, address, device)
        if wait:
            await self._record("refused_wait", username=await self._known(username), address=address)
            answer = await self._form(
                asked, onward, told, message="wait", is_wrong=True, username=username, wait=wait, status=429
            )
            answer.headers["retry-after"] = str(wait)
            return answer
        stored = await to_thread.run_sync(self.house.stores.password_hash, username)
        if self._checks is None:  # belongs to the running loop
            self._checks = CapacityLimiter(CHECKS_AT_ONCE)
        is_right = await to_thread.run_sync(passwords.matches, password, stored, limiter=self._checks)
        if not is_right:
            await self._record("refused_password", username=await self._known(username), address=address)
            await sleep(max(0.0, SLOWEST_REFUSAL - (time.monotonic() - began)))
            return await self._form(asked, onward, told, message="wrong", is_wrong=True, username=username, status=403)
        return await self._welcome(request, asked, told, username, onward, "signed_in")

    async def leave(self, request: Request) -> Response:
        """End the sitting. A link on one of our pages does it at once; from anywhere else, one has to say yes."""
        asked = asked_in(request.scope, always_tls=self.house.always_tls)
        is_ours = asked.headers.get("sec-fetch-site") == "same-origin"
        if asked.method == "GET" and not is_ours:
            return html_pages.page("signout", asked.language or "ja")
        if asked.token:
            sitting = await to_thread.run_sync(self.house.stores.sitting, asked.token)
            await to_thread.run_sync(self.house.stores.end, asked.token)
            if sitting is not None:
                await self._record("signed_out", username=sitting.username, address=address_of(request.scope))
        answer = RedirectResponse("/signin?why=signed_out", status_code=303)
        answer.delete_cookie(COOKIE, path="/")
        return answer

    async def language(self, request: Request) -> Response:
        """Choose a language: remembered in this browser, and for the account of whoever is signed in."""
        code = str(request.path_params["code"])
        asked = asked_in(request.scope)
        onward = local_path(without_origin(request.query_params.get("next"), asked.host))
        if code not in html_pages.LANGUAGES:
            return RedirectResponse(onward, status_code=303)
        sitting = await to_thread.run_sync(self.house.stores.sitting, asked.token)
        if sitting is not None:
            await to_thread.run_sync(self.house.stores.set_language, sitting.username, code)
        answer = RedirectResponse(in_language(onward, code), status_code=303)
        answer.headers.append("set-cookie", html_pages.language_cookie(code))
        return answer

    async def preparing(self, _request: Request) -> Response:
        """How far the first start has come, for the bar on the page."""
        opening = self.house.opening()
        if opening is None:
            return JSONResponse({"state": "open"})
        return JSONResponse({"state": opening.state, "percent": round(opening.fraction * 100), "step": opening.step})

    async def _as_cast(self, asked: Asked, told: dict[str, str], onward: str, address: str) -> Response:
        person = None
        if self.house.is_demo():
            person = await to_thread.run_sync(self.house.stores.account, told["cast"][:64])
        is_open = person is not None and person.is_cast
        if is_open:  # a closed account has no hash to show
            is_open = await to_thread.run_sync(self.house.stores.password_hash, told["cast"][:64]) is not None
        if person is None or not is_open:
            await self._record("refused_cast", address=address)
            return await self._form(asked, onward, told, message="wrong", is_wrong=True, status=403)
        return await self._welcome(None, asked, told, person.username, onward, "signed_in_as_cast", address)

    async def _welcome(
        self,
        request: Request | None,
        asked: Asked,
        told: dict[str, str],
        username: str,
        onward: str,
        kind: str,
        address: str | None = None,
    ) -> Response:
        stores = self.house.stores
        address = address or (address_of(request.scope) if request else "unknown")
        device = asked.cookies.get(DEVICE_COOKIE) or secrets.token_urlsafe(24)
        if kind == "signed_in":  # taking a seat in the sample district proves nothing about who knows a password
            await to_thread.run_sync(stores.succeeded, username, address, device)
        if asked.token:
            with within(asked.board):  # it may have been another board's
                await to_thread.run_sync(partial(stores.end, asked.token, by="replaced"))
        token = await to_thread.run_sync(stores.start, username, address, asked.headers.get("user-agent"))
        await self._record(kind, username=username, address=address)
        answer = RedirectResponse(onward, status_code=303)
        # Lax, not Strict: with Strict a link in a mail or in groupware would arrive without the cookie and ask a
        # signed-in person to sign in. Lax sends it only with such top-level visits, never with forms or frames.
        answer.set_cookie(COOKIE, token, path="/", httponly=True, samesite="lax", secure=asked.is_tls)
        answer.set_cookie(
            DEVICE_COOKIE, device, path="/signin", max_age=HALF_YEAR, httponly=True, samesite="lax",
            secure=asked.is_tls,
        )  # fmt: skip
        if are_several():
            answer.set_cookie(
                BOARD_COOKIE, current().key, path="/", max_age=HALF_YEAR, httponly=True, samesite="lax", secure=asked.is_tls
            )
        language = told.get("lang", "")
        if language in html_pages.LANGUAGES:
            answer.headers.append("set-cookie", html_pages.language_cookie(language))
        return answer

    async def _form(
        self,
        asked: Asked,
        onward: str,
        told: dict[str, str] | None = None,
        *,
        message: str | None = None,
        is_wrong: bool = False,
        username: str = "",
        wait: int = 0,
        status: int = 200,
    ) -> Response:
        language = (told or {}).get("lang", "")
        if language not in html_pages.LANGUAGES:
            language = asked.language or "ja"
        other = "en" if language == "ja" else "ja"
        state = {"next": onward} if onward != "/" else {}
        board = current() if is_chosen() and are_several() else None
        if are_several() and board is None:
            return html_pages.page(
                "boards", language, status=status, boards=known(), keep=query_of({"lang": language} | state),
                switch=f"/signin?{query_of({'lang': other, 'board': ''} | state)}", title="signin",
            )  # fmt: skip
        state = {"lang": other} | ({"board": board.key} if board else {}) | state
        words = ""
        if message:
            words = html_pages.said("message", message, language, wait=html_pages.duration(wait, language))
        cast: list[Any] = []
        if self.house.is_demo():
            cast = await to_thread.run_sync(grouped, self.house, language)
        return html_pages.page(
            "signin",
            language,
            status=status,
            next=onward,
            board=board,
            switch=f"/signin?{query_of(state)}",
            message=words,
            is_wrong=is_wrong,
            username=username,
            cast=cast,
        )

    async def _known(self, username: str) -> str | None:
        """The name if it is somebody's: a name nobody has may be a password in the wrong field."""
        return username if await to_thread.run_sync(self.house.stores.account, username) is not None else None

    async def _record(self, kind: str, username: str | None = None, address: str | None = None) -> None:
        await to_thread.run_sync(partial(self.house.stores.record, kind, username=username, address=address))


def query_of(state: dict[str, str]) -> str:
    """What an address of ours says after its question mark."""
    return "&".join(f"{name}={quote(value, safe='/')}" for name, value in state.items())


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
    """Where to go after signing in: a path of this house, or "/" for anything that could lead elsewhere."""
    path = wanted or "/"
    if len(path) > 2000 or CONTROL.search(path) or not path.startswith("/") or path.startswith("//"):
        return "/"
    parts = urlsplit(path)
    is_page = not parts.path.startswith(("/signin", "/signout", "/language/", "/preparing", "/_stcore", "/media"))
    return path if is_page and not parts.scheme and not parts.netloc else "/"


async def form_of(request: Request, largest: int = LARGEST_FORM, most: int = 20) -> dict[str, str] | None:
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
