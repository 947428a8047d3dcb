"""A page's open websocket, watched for as long as its sitting lasts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from anyio import to_thread

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from web.stores import House

ENDED = 4401  # our own close code of a websocket, after 401


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
