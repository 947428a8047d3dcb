"""The projector of a meeting: a browser nobody signs in on, let in by a code, that shows one meeting and can ask for nothing else.

It stays outside Streamlit: no page, no websocket, no question to the district. What it shows was made without names when the
meeting began.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from access.jurisdictions import are_several, current, is_chosen, within
from records import events, screens, throttle
from web import html_pages
from web.request import PROJECTOR, SCREEN_BOARD_COOKIE, form_fields, request_info

if TYPE_CHECKING:
    from starlette.requests import Request

    from web.request import RequestInfo
    from web.settings import WebSettings

SCREEN_COOKIE = "miharashi_screen"
PATH = PROJECTOR
LARGEST_FORM, MOST_FIELDS = 256, 5


class Projector:
    """The routes a projector has."""

    def __init__(self, settings: WebSettings) -> None:
        self.settings = settings

    def routes(self) -> list[Route]:
        """What app.py adds to the app's own routes."""
        return [
            Route(PATH, self.page, methods=["GET"]),
            Route(PATH, self.code, methods=["POST"]),
            Route(f"{PATH}/now", self.now, methods=["GET"]),
            Route(f"{PATH}/step", self.step, methods=["POST"]),
            Route(f"{PATH}/leave", self.leave, methods=["POST"]),
            Route(f"{PATH}/picture/{{item:int}}/{{look}}.svg", self.picture, methods=["GET"]),
        ]

    async def page(self, request: Request) -> Response:
        """The stage for a projector that shows a meeting; for any other the field for a code."""
        info = self._info(request)
        if await to_thread.run_sync(screens.shown, token_of(info)) is not None:
            return html_pages.page("stage", info.language or "ja")
        with within(info.board_wanted):
            return code_page(info)

    async def code(self, request: Request) -> Response:
        """A code that was typed: right, once, within its minutes; slowed down where it was wrong before."""
        info = self._info(request)
        if not info.is_from_here:
            return code_page(info, "elsewhere", status=403)
        fields = await form_fields(request, LARGEST_FORM, MOST_FIELDS) or {}
        with within(fields.get("board")):
            return await let_in(info, fields.get("code", "")) if is_chosen() else code_page(info)

    async def now(self, request: Request) -> Response:
        """What is on; 410 when there is nothing any more."""
        shown = await to_thread.run_sync(screens.shown, token_of(self._info(request)))
        if shown is None:
            return JSONResponse({"is_over": True}, status_code=410)
        return JSONResponse(
            {
                "item": shown.item_id,
                "place": shown.place + 1,
                "items": shown.items,
                "markup": shown.markup,
                "has_picture": shown.has_picture,
                "seconds": shown.seconds,
            }
        )

    async def step(self, request: Request) -> Response:
        """An arrow key at the projector."""
        info = self._info(request)
        if not info.is_from_here:
            return Response(status_code=403)
        fields = await form_fields(request, LARGEST_FORM, MOST_FIELDS) or {}
        by = {"1": 1, "-1": -1}.get(fields.get("by", ""), 0)
        went = await to_thread.run_sync(screens.step, token_of(info), by)
        return Response(status_code=204 if went else 410)

    async def leave(self, request: Request) -> Response:
        """Somebody at the projector ends the showing."""
        info = self._info(request)
        if not info.is_from_here:
            return Response(status_code=403)
        await to_thread.run_sync(screens.let_go, token_of(info))
        answer = RedirectResponse(PATH, status_code=303)
        answer.delete_cookie(SCREEN_COOKIE, path=PATH)
        return answer

    async def picture(self, request: Request) -> Response:
        """The chart of an item of this meeting."""
        item, is_dark = request.path_params["item"], request.path_params["look"] != "light"
        find = partial(screens.picture, token_of(self._info(request)), item, is_dark=is_dark)
        svg = await to_thread.run_sync(find)
        return Response(status_code=404) if svg is None else Response(svg, media_type="image/svg+xml")

    def _info(self, request: Request) -> RequestInfo:
        return request_info(request.scope, always_tls=self.settings.always_tls)


async def let_in(info: RequestInfo, typed: str) -> Response:
    """The stage for a code that holds; the field again, slowed down, for any other."""
    # its own kind of guessing, counted by where it comes from: a stranger's wrong codes slow nobody else
    name = f"projector at {info.address}"
    wait = await to_thread.run_sync(throttle.admit, name, info.address, None)
    if wait:
        answer = code_page(info, "wait", wait=wait, status=429)
        answer.headers["retry-after"] = str(wait)
        return answer
    token = await to_thread.run_sync(screens.redeem, typed, info.address)
    if token is None:
        await to_thread.run_sync(partial(events.record, "refused_code", address=info.address))
        return code_page(info, "wrong", status=403)
    await to_thread.run_sync(throttle.succeeded, name, info.address, None)
    await to_thread.run_sync(partial(events.record, "projector_let_in", address=info.address))
    stage = RedirectResponse(PATH, status_code=303)
    stage.set_cookie(SCREEN_COOKIE, token, path=PATH, httponly=True, samesite="strict", secure=info.is_tls)
    if are_several():
        board = current().key
        stage.set_cookie(SCREEN_BOARD_COOKIE, board, path=PATH, httponly=True, samesite="strict", secure=info.is_tls)
    return stage


def code_page(info: RequestInfo, why: str | None = None, *, wait: int = 0, status: int = 200) -> Response:
    """The field for a code, with a message where there is one; where none of several boards is chosen, the choice."""
    language = info.language or "ja"
    other = "en" if language == "ja" else "ja"
    if not is_chosen():
        return html_pages.boards_page("projector", language, {}, status)
    message = html_pages.said("projector", why, language, wait=html_pages.duration(wait, language)) if why else ""
    board = current() if are_several() else None
    switch = f"{PATH}?{html_pages.query_of({'lang': other} | ({'board': board.key} if board else {}))}"
    return html_pages.page("projector", language, status=status, message=message, board=board, switch=switch)


def token_of(info: RequestInfo) -> str | None:
    """The projector's cookie, whatever it is worth: nothing where no board of education is chosen."""
    return info.cookies.get(SCREEN_COOKIE) or None if is_chosen() else None
