"""Talking to Streamlit as its own page does: over the websocket, in its binary messages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from websockets.sync.client import ClientConnection, connect

from components.streamlit_internals import STREAM, BackMsg, ForwardMsg
from tests.browser.serving import ServedApp
from tests.cast import PASSWORD
from web.middleware import COOKIE

PATIENCE = 60


def signed_in(served: ServedApp, username: str, language: str = "ja") -> str:
    """The session cookie somebody gets for the right password."""
    form = {"username": username, "password": PASSWORD, "next": "/", "lang": language}
    answer = httpx.post(
        f"{served.origin}/signin", data=form, headers={"origin": served.origin}, trust_env=False, timeout=PATIENCE
    )
    assert answer.status_code == 303, answer.text
    return str(answer.cookies[COOKIE])


@contextmanager
def talk(
    served: ServedApp, token: str | None, origin: str | None = "", path: str = STREAM, **headers: str
) -> Iterator[ClientConnection]:
    """An open websocket; raises InvalidStatus where it is refused."""
    address = served.origin.replace("http", "ws", 1) + path
    if token:
        headers["Cookie"] = f"{COOKIE}={token}; lang=en"
    with connect(
        address, origin=served.origin if origin == "" else origin, additional_headers=headers,
        subprotocols=["streamlit"], open_timeout=PATIENCE, max_size=None, proxy=None,
    ) as socket:  # fmt: skip
        yield socket


def run(socket: ClientConnection, query: str = "") -> list[ForwardMsg]:
    """Run the page once; everything it said."""
    ask = BackMsg()
    ask.rerun_script.query_string = query
    socket.send(ask.SerializeToString())
    heard = []
    while True:
        message = ForwardMsg()
        message.ParseFromString(bytes(socket.recv(timeout=PATIENCE)))
        heard.append(message)
        if message.WhichOneof("type") == "script_finished":
            return heard
