"""A browser without a screen: speaks Streamlit's websocket, so that only the server's time is measured."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import httpx
from websockets.sync.client import ClientConnection, connect

from components.streamlit_internals import STREAM, BackMsg, Element, ForwardMsg

SECONDS_TO_ANSWER = 60


@dataclass
class Run:
    """One run of one page: how long the server took, how much it sent, and what."""

    milliseconds: float
    sent_bytes: int
    exceptions: int
    elements: list[Element] = field(default_factory=list)


class Reader:
    """One open page, which can be asked to run again."""

    def __init__(self, connection: ClientConnection, origin: str, path: str, state: dict[str, str]) -> None:
        self.connection = connection
        self.address = f"{origin}/{path}?{urlencode(state)}"
        self.page_hash = ""
        self.rhythm: tuple[str, float] | None = None  # which part of the page asks by itself, and every how many seconds

    def by_itself(self) -> Run:
        """What the page asks by itself when its next moment has come, as a browser that is left alone does."""
        if not self.rhythm:
            raise RuntimeError("this page never asks by itself")
        time.sleep(self.rhythm[1])
        asked = self._question()
        asked.rerun_script.fragment_id, asked.rerun_script.is_auto_rerun = self.rhythm[0], True
        return self._answer(asked)

    def run(self) -> Run:
        """Ask for the page once, from question to the server's last word."""
        return self._answer(self._question())

    def _answer(self, asked: BackMsg) -> Run:
        elements: dict[tuple[int, ...], Element] = {}
        sent = exceptions = 0
        started = time.perf_counter()
        self.connection.send(asked.SerializeToString())
        while True:
            received = self.connection.recv(timeout=SECONDS_TO_ANSWER, decode=False)
            sent += len(received)
            message = ForwardMsg.FromString(received)
            kind = message.WhichOneof("type")
            if kind == "navigation":  # which page the address led to
                self.page_hash = message.navigation.page_script_hash
            elif kind == "auto_rerun":
                self.rhythm = (message.auto_rerun.fragment_id, message.auto_rerun.interval)
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                exceptions += element.WhichOneof("type") == "exception"
                elements[tuple(message.metadata.delta_path)] = element
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                spent = (time.perf_counter() - started) * 1000
                return Run(spent, sent, exceptions, list(elements.values()))

    def _question(self) -> BackMsg:
        asked = BackMsg()
        address = urlsplit(self.address)
        asked.rerun_script.query_string = address.query
        asked.rerun_script.page_name = "" if self.page_hash else address.path.strip("/")
        asked.rerun_script.page_script_hash = self.page_hash
        asked.rerun_script.context_info.timezone = "Asia/Tokyo"
        asked.rerun_script.context_info.timezone_offset = -540
        asked.rerun_script.context_info.locale = "ja-JP"
        asked.rerun_script.context_info.url = self.address
        return asked


def cookies_of(origin: str, username: str, password: str) -> str:
    """The cookie header of a person who has just signed in through the form."""
    with httpx.Client(base_url=origin, trust_env=False, follow_redirects=False) as client:
        client.get("/signin")
        answer = client.post(
            "/signin", data={"username": username, "password": password}, headers={"Origin": origin}
        )
        if answer.status_code not in (302, 303):
            raise RuntimeError(f"{username} could not sign in: {answer.status_code}")
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


@contextmanager
def reading(origin: str, path: str, cookies: str = "", **state: str) -> Iterator[Reader]:
    """An open page of the app."""
    headers = {"Cookie": cookies} if cookies else {}
    address = origin.replace("http", "ws", 1) + STREAM
    with connect(
        address, subprotocols=["streamlit"], additional_headers=headers, origin=origin, max_size=None, proxy=None
    ) as connection:
        yield Reader(connection, origin, path, state)
