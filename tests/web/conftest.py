"""The middleware in front of an app that only echoes, and of the real app, on a district of two schools."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

import access
from access import jurisdictions, viewer_of
from components.streamlit_internals import STREAM
from records import engine
from tests.accounts import STAFF_NUMBERS, opened_store, written
from tests.browser.serving import ServedApp, serving
from tests.cast import PASSWORD
from web import signin
from web.middleware import COOKIE, OpenSessionMiddleware
from web.settings import WebSettings

ORIGIN = "http://testserver"
FROM_HERE = {"origin": ORIGIN}
BROWSER = {"accept": "text/html", "sec-fetch-dest": "document"}
TINY_DISTRICT = Path(__file__).parents[1] / "access" / "tiny_district.sql"
STREAMLIT_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title>'
    '<link rel="shortcut icon" href="./favicon.png" /><link rel="service-desc" href="./x.json" /></head>'
    "<body><noscript>English</noscript></body></html>"
)

Visitor = Callable[..., TestClient]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, tiny_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty store with the cast's accounts, and a roster that knows four of them."""
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    monkeypatch.setattr(signin, "SLOWEST_REFUSAL", 0.0)
    before = jurisdictions.known()
    access.use_district(tiny_data_dir / "district")
    opened_store(tmp_path)
    yield tmp_path
    engine.forget()
    jurisdictions.use_jurisdictions(before)


@pytest.fixture
def visitor() -> Visitor:
    """visitor() → somebody nobody knows; visitor("suzuki") → already signed in."""

    def arrived(username: str | None = None, origin: str = ORIGIN, **changes: Any) -> TestClient:
        settings = WebSettings(**changes)
        inner = Starlette(
            routes=[
                *signin.SignIn(settings).routes(),
                WebSocketRoute(STREAM, echo_stream),
                Route("/{path:path}", echo, methods=["GET", "POST", "PUT"]),
            ],
            middleware=[Middleware(partial(OpenSessionMiddleware, settings=settings))],
        )
        client = TestClient(inner, base_url=origin, follow_redirects=False)
        client.headers["accept-encoding"] = "gzip"
        if username:
            sign_in(client, username)
        return client

    return arrived


def sign_in(client: TestClient, username: str, password: str = PASSWORD, **fields: str) -> Any:
    """Send the form as a browser would."""
    sent = {"username": username, "password": password, "next": "/", "lang": "ja", **fields}
    return client.post("/signin", data=sent, headers={"origin": str(client.base_url).rstrip("/")})


def token_of(client: TestClient) -> str:
    return client.cookies[COOKIE]


async def echo(request: Request) -> Response:
    path = request.url.path
    if path == "/broken":
        raise ValueError("伊藤 れん")
    if path in {"/page", "/page2"}:
        return HTMLResponse(STREAMLIT_PAGE, headers={"etag": "x", "last-modified": "x"})
    if path.startswith("/static/"):
        return PlainTextResponse("bundle", headers={"cache-control": "public, max-age=5"})
    return JSONResponse({"headers": request.headers.items(), "path": path})


async def echo_stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json({"headers": socket.headers.items()})
    async for message in socket.iter_bytes():
        await socket.send_bytes(message)


@pytest.fixture(scope="session")
def tiny_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a published district of two schools and the cast's accounts."""
    place = tmp_path_factory.mktemp("tiny") / "data"
    (place / "district").mkdir(parents=True)
    with duckdb.connect(str(place / "district" / "district-1.duckdb")) as connection:
        for statement in duckdb.extract_statements(TINY_DISTRICT.read_text(encoding="utf-8")):
            connection.execute(statement).fetchall()
    (place / "district" / "CURRENT").write_text("district-1.duckdb", encoding="utf-8")
    written(place / "accounts.yaml")
    access.use_district(place / "district")
    known = {name: viewer.role for name, number in STAFF_NUMBERS.items() if (viewer := viewer_of(number))}
    assert known == {"suzuki": "principal", "tanaka": "teacher", "sato": "board_officer", "takahashi": "administrator"}
    return place


@pytest.fixture(scope="session")
def served(tiny_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedApp]:
    """The real app in a process of its own, with one small page instead of ours behind it."""
    entry = tmp_path_factory.mktemp("entry")
    root = Path(__file__).parents[2]
    (entry / "app.py").write_text((root / "app.py").read_text(encoding="utf-8"), encoding="utf-8")
    (entry / "pages").mkdir()
    page = Path(__file__).with_name("stand_in.py")
    (entry / "pages" / "shell.py").write_text(page.read_text(encoding="utf-8"), encoding="utf-8")
    with serving(tiny_data_dir, tmp_path_factory.mktemp("log") / "app.log", entry=str(entry / "app.py")) as app:
        yield app
