"""A page's open websocket, watched for as long as its session lasts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from anyio import to_thread

from components.streamlit_internals import is_activity, page_again
from records import sessions
from web.signed_in import open_session

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENDED = 4401  # our own close code of a websocket, after 401


class PageStream:
    """One page's open websocket: closed as soon as its session has ended, with a last message that brings the sign-in page."""

    def __init__(self, app: ASGIApp, token: str, watch_seconds: float) -> None:
        self.app = app
        self.token = token
        self.watch_seconds = watch_seconds
        self.is_accepted = False
        self.is_closed = False

    async def run(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry messages both ways for as long as the session is open."""

        async def received() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            if not await self._is_open():
                await self._leave(send)
                return {"type": "websocket.disconnect", "code": ENDED}
            if is_activity(message.get("bytes") or b""):
                await to_thread.run_sync(sessions.touch, self.token)
            return message

        async def sent(message: Message) -> None:
            if self.is_closed:
                return
            if message["type"] == "websocket.accept":
                self.is_accepted = True
            elif message["type"] == "websocket.close":
                self.is_closed = True
            await send(message)

        watch = asyncio.create_task(self._watch(send), name="session-watch")
        try:
            await self.app(scope, received, sent)
        finally:
            watch.cancel()

    async def _watch(self, send: Send) -> None:
        """A page nobody touches would otherwise show children until somebody did."""
        while not self.is_closed:
            await asyncio.sleep(self.watch_seconds)
            if self.is_accepted and not await self._is_open():
                await self._leave(send)

    async def _is_open(self) -> bool:
        return await to_thread.run_sync(open_session, self.token) is not None

    async def _leave(self, send: Send) -> None:
        if self.is_closed:
            return
        self.is_closed = True
        await send({"type": "websocket.send", "bytes": page_again()})
        await send({"type": "websocket.close", "code": ENDED})
