"""Several boards in one instance: one chooses, and is at that one alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import insert
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from access import jurisdictions
from access.jurisdictions import within
from records import accounts, engine, events, screens, sessions
from records.meeting_tables import meeting, meeting_item
from records.utc_datetime import now
from tests.boards import two_boards
from tests.web.conftest import BROWSER, FROM_HERE, ORIGIN, echo, echo_stream, sign_in
from tests.web.test_websocket import STREAM, refused
from web.middleware import OpenSessionMiddleware
from web.projector import SCREEN_COOKIE, Projector
from web.request import BOARD_COOKIE, COOKIE, SCREEN_BOARD_COOKIE
from web.settings import WebSettings
from web.signed_in import open_session
from web.signin import SignIn
from web.start_state import StartState


def start_state() -> StartState | None:
    return StartState("empty") if jurisdictions.is_chosen() and not jurisdictions.current().is_published else None


@pytest.fixture
def boards(tmp_path: Path, tiny_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.delenv("MIHARASHI_RECORDS")
    place = tmp_path / "several"
    place.mkdir()
    monkeypatch.setenv("MIHARASHI_DATA", str(place))
    with two_boards(place, tiny_data_dir / "district"):
        yield place


@pytest.fixture
def client(boards: Path) -> Iterator[TestClient]:
    """A browser that has never been here; with the routes app.py has."""
    assert boards.is_dir()
    settings = WebSettings(start_state=start_state)
    app = Starlette(
        routes=[
            *SignIn(settings).routes(),
            *Projector(settings).routes(),
            WebSocketRoute(STREAM, echo_stream),
            Route("/{path:path}", echo, methods=["GET", "POST"]),
        ],
        middleware=[Middleware(partial(OpenSessionMiddleware, settings=settings))],
    )
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as browser:
        yield browser


def headers_inside(client: TestClient, **headers: str) -> dict[str, str]:
    return dict(client.get("/anything", headers=headers).json()["headers"])


def test_one_chooses_a_board_before_one_signs_in(client: TestClient) -> None:
    answer = client.get("/signin?next=/class")
    assert "どちらの教育委員会ですか" in answer.text
    assert "みどり市教育委員会" in answer.text
    assert "ひので町教育委員会" in answer.text
    assert 'name="password"' not in answer.text
    assert "/signin?board=hinode&amp;lang=ja&amp;next=/class" in answer.text
    form = client.get("/signin?board=hinode&lang=en&next=/class").text
    assert "Hinode Town" in form
    assert '<input type="hidden" name="board" value="hinode">' in form
    assert "みどり市" not in form
    assert "board=hinode" in form, "the other language stays at this board"


@pytest.mark.parametrize("board", ["", "nowhere", "midori/../hinode", "MIDORI"])
def test_a_board_there_is_not_lets_nobody_in_and_is_written_down_nowhere(client: TestClient, board: str) -> None:
    assert "どちらの教育委員会ですか" in client.get(f"/signin?board={board}").text
    answer = sign_in(client, "suzuki", board=board)
    assert "どちらの教育委員会ですか" in answer.text
    assert COOKIE not in client.cookies
    for key in ("midori", "hinode"):
        with within(key):
            assert events.latest() == []


def test_where_no_board_is_chosen_nobody_is_signed_in(client: TestClient) -> None:
    sign_in(client, "suzuki", board="midori")
    token = client.cookies[COOKIE]
    assert not jurisdictions.is_chosen()
    assert open_session(token) is None
    with within("midori"):
        assert open_session(token) is not None


def test_whoever_signs_in_is_at_that_board_alone(client: TestClient) -> None:
    answer = sign_in(client, "suzuki", board="hinode")
    assert answer.status_code == 303
    assert client.cookies[BOARD_COOKIE] == "hinode"
    assert headers_inside(client, **{"X-Miharashi-Jurisdiction": "midori"})["x-miharashi-jurisdiction"] == "hinode"
    with within("hinode"):
        assert [event.kind for event in events.latest()] == ["signed_in"]
    with within("midori"):
        assert events.latest() == []
        assert sessions.last_started() == {}


def test_an_account_of_one_board_is_none_at_the_other(client: TestClient, boards: Path) -> None:
    with within("midori"):
        accounts.disable("suzuki")
    assert "ユーザー名またはパスワードが違います" in sign_in(client, "suzuki", board="midori").text
    assert sign_in(client, "suzuki", board="hinode").status_code == 303
    with within("midori"):
        assert engine.store_url().startswith(f"sqlite:///{boards}")


def test_a_cookie_carried_to_the_other_board_opens_nothing(client: TestClient) -> None:
    sign_in(client, "suzuki", board="midori")
    token = client.cookies[COOKIE]
    for board in ("hinode", "nowhere", "", "midori x"):
        forged = TestClient(client.app, base_url=ORIGIN, follow_redirects=False)
        cookies = {"cookie": f"{COOKIE}={token}; {BOARD_COOKIE}={board}"}
        assert forged.get("/class", headers=BROWSER | cookies).status_code == 303
        assert forged.get("/media/x.csv", headers={"sec-fetch-dest": "empty"} | cookies).status_code == 401
        assert refused(forged, STREAM, **FROM_HERE, **cookies) == 4401
    with client.websocket_connect(STREAM, headers=FROM_HERE) as socket:
        told = dict(socket.receive_json()["headers"])
    assert told["x-miharashi-jurisdiction"] == "midori"


def test_signing_in_at_another_board_ends_the_session_at_the_first(client: TestClient) -> None:
    sign_in(client, "suzuki", board="midori")
    first = client.cookies[COOKIE]
    sign_in(client, "tanaka", board="hinode")
    assert headers_inside(client)["x-miharashi-user"] == "tanaka"
    with within("midori"):
        assert sessions.find(first) is None


def test_a_board_without_data_says_so_and_another_can_be_chosen(client: TestClient, boards: Path) -> None:
    (boards / "hinode" / "district" / "CURRENT").unlink()
    sign_in(client, "suzuki", board="hinode")
    answer = client.get("/class", headers=BROWSER)
    assert (answer.status_code, "まだデータがありません" in answer.text) == (503, True)
    assert 'href="/signin?board=&amp;lang=ja"' in answer.text
    assert "どちらの教育委員会ですか" in client.get("/signin?board=").text
    left = client.get("/signout", headers={"sec-fetch-site": "same-origin"})
    assert left.headers["location"] == "/signin?why=signed_out", "one can leave, too"
    sign_in(client, "suzuki", board="midori")
    assert client.get("/class", headers={"accept": "*/*"}).status_code == 200
    assert client.get("/health").text == "ok"


def test_the_code_of_a_meeting_lets_a_projector_in_at_its_board_alone(client: TestClient) -> None:
    with within("midori"):
        with engine.writing() as connection:
            connection.execute(
                insert(meeting).values(
                    meeting_id=1, made_at=now(), username="suzuki", staff_id=1, school_id=1, title="職員会議",
                    held_on=date(2026, 11, 20), started_at=now(), place=0,
                )
            )  # fmt: skip
            connection.execute(
                insert(meeting_item).values(
                    item_id=1, meeting_id=1, place=0, kind="topic", topic="みどりの議題", code="A", slide="<p>みどりの議題</p>"
                )
            )
        code = screens.new_code(1)
    assert "どちらの教育委員会ですか" in client.get("/projector").text
    assert '<input type="hidden" name="board" value="hinode">' in client.get("/projector?board=hinode").text
    wrong = client.post("/projector", data={"code": code, "board": "hinode"}, headers=FROM_HERE)
    assert (wrong.status_code, SCREEN_COOKIE in client.cookies) == (403, False)
    assert "どちらの" in client.post("/projector", data={"code": code, "board": "nowhere"}, headers=FROM_HERE).text
    right = client.post("/projector", data={"code": code, "board": "midori"}, headers=FROM_HERE)
    assert right.status_code == 303
    assert client.get("/projector/now").json()["markup"] == "<p>みどりの議題</p>"
    token = client.cookies[SCREEN_COOKIE]
    forged = {"cookie": f"{SCREEN_COOKIE}={token}; {SCREEN_BOARD_COOKIE}=hinode"}
    elsewhere = TestClient(client.app, base_url=ORIGIN)
    assert elsewhere.get("/projector/now", headers=forged).status_code == 410
    assert elsewhere.get("/projector/picture/1/light.svg", headers=forged).status_code == 404
