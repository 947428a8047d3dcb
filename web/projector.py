"""The projector of a meeting: a browser nobody signs in on, let in by a code, that shows one meeting and can ask for nothing else.

It stands at the door, outside Streamlit: no page, no websocket, no question to the district. What it shows was made
without names when the meeting began.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from access.jurisdictions import are_several, current, is_chosen, known, within
from web import html_pages
from web.request import PROJECTOR, SCREEN_BOARD_COOKIE, address_of, asked_in
from web.signin import form_of, query_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from web.request import Asked
    from web.stores import House

SCREEN_COOKIE = "miharashi_screen"
PATH = PROJECTOR
LARGEST_FORM, MOST_FIELDS = 256, 5


class Projector:
    """The routes a projector has."""

    def __init__(self, house: House) -> None:
        self.house = house

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
        asked = self._asked(request)
        if await to_thread.run_sync(self.house.screens.shown, token_of(asked)) is not None:
            return html_pages.page("stage", asked.language or "ja")
        with within(asked.board_wanted):
            return self._form(asked)

    async def code(self, request: Request) -> Response:
        """A code that was typed: right, once, within its minutes; slowed down where it was wrong before."""
        asked = self._asked(request)
        if not asked.is_from_here:
            return self._form(asked, "elsewhere", status=403)
        told = await form_of(request, LARGEST_FORM, MOST_FIELDS) or {}
        with within(told.get("board")):
            return await self._tried(request, asked, told.get("code", ""))

    async def _tried(self, request: Request, asked: Asked, typed: str) -> Response:
        if not is_chosen():
            return self._form(asked)
        address = address_of(request.scope)
        # its own kind of guessing, counted by where it comes from: a stranger's wrong codes slow nobody else
        name = f"projector at {address}"
        wait = await to_thread.run_sync(self.house.stores.seconds_to_wait, name, address, None)
        if wait:
            answer = self._form(asked, "wait", wait=wait, status=429)
            answer.headers["retry-after"] = str(wait)
            return answer
        token = await to_thread.run_sync(self.house.screens.redeem, typed, address)
        if token is None:
            await to_thread.run_sync(partial(self.house.stores.record, "refused_code", address=address))
            return self._form(asked, "wrong", status=403)
        await to_thread.run_sync(self.house.stores.succeeded, name, address, None)
        await to_thread.run_sync(partial(self.house.stores.record, "projector_let_in", address=address))
        answer = RedirectResponse(PATH, status_code=303)
        answer.set_cookie(SCREEN_COOKIE, token, path=PATH, httponly=True, samesite="strict", secure=asked.is_tls)
        if are_several():
            board = current().key
            answer.set_cookie(SCREEN_BOARD_COOKIE, board, path=PATH, httponly=True, samesite="strict", secure=asked.is_tls)
        return answer

    async def now(self, request: Request) -> Response:
        """What is on; 410 when there is nothing any more."""
        shown = await to_thread.run_sync(self.house.screens.shown, token_of(self._asked(request)))
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
        asked = self._asked(request)
        if not asked.is_from_here:
            return Response(status_code=403)
        by = {"1": 1, "-1": -1}.get((await form_of(request, LARGEST_FORM, MOST_FIELDS) or {}).get("by", ""), 0)
        went = await to_thread.run_sync(self.house.screens.step, token_of(asked), by)
        return Response(status_code=204 if went else 410)

    async def leave(self, request: Request) -> Response:
        """Somebody at the projector ends the showing."""
        asked = self._asked(request)
        if not asked.is_from_here:
            return Response(status_code=403)
        await to_thread.run_sync(self.house.screens.let_go, token_of(asked))
        answer = RedirectResponse(PATH, status_code=303)
        answer.delete_cookie(SCREEN_COOKIE, path=PATH)
        return answer

    async def picture(self, request: Request) -> Response:
        """The chart of an item of this meeting."""
        find = partial(
            self.house.screens.picture,
            token_of(self._asked(request)),
            request.path_params["item"],
            is_dark=request.path_params["look"] != "light",
        )
        svg = await to_thread.run_sync(find)
        return Response(status_code=404) if svg is None else Response(svg, media_type="image/svg+xml")

    def _asked(self, request: Request) -> Asked:
        return asked_in(request.scope, always_tls=self.house.always_tls)

    def _form(self, asked: Asked, why: str | None = None, *, wait: int = 0, status: int = 200) -> Response:
        language = asked.language or "ja"
        other = "en" if language == "ja" else "ja"
        if not is_chosen():
            return html_pages.page(
                "boards", language, status=status, boards=known(), keep=query_of({"lang": language}),
                switch=f"{PATH}?{query_of({'lang': other, 'board': ''})}", title="projector",
            )  # fmt: skip
        message = html_pages.said("projector", why, language, wait=html_pages.duration(wait, language)) if why else ""
        board = current() if are_several() else None
        switch = f"{PATH}?{query_of({'lang': other} | ({'board': board.key} if board else {}))}"
        return html_pages.page("projector", language, status=status, message=message, board=board, switch=switch)


def token_of(asked: Asked) -> str | None:
    """The projector's cookie, whatever it is worth."""
    return asked.cookies.get(SCREEN_COOKIE) or None
