"""The websocket: open to a session, from our own page, for as long as the session is."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from components.streamlit_internals import STREAM, BackMsg, page_again
from records import sessions
from tests.web.conftest import FROM_HERE, Visitor, token_of


def refused(client: TestClient, path: str = STREAM, **headers: str) -> int:
    """The code with which an attempt to connect is refused."""
    with pytest.raises(WebSocketDisconnect) as caught, client.websocket_connect(path, headers=headers):
        pass
    return int(caught.value.code)


def test_a_stranger_is_refused(visitor: Visitor) -> None:
    assert refused(visitor(), **FROM_HERE) == 4401


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "http://testserver:9"])
def test_another_sites_page_is_refused(visitor: Visitor, origin: str) -> None:
    assert refused(visitor("suzuki"), origin=origin) == 4401


def test_a_client_that_does_not_say_where_it_comes_from_is_refused(visitor: Visitor) -> None:
    assert refused(visitor("suzuki")) == 4401


def test_somebody_without_a_role_is_refused(visitor: Visitor) -> None:
    assert refused(visitor("mori"), **FROM_HERE) == 4401


def test_no_other_path_is_a_websocket(visitor: Visitor) -> None:
    assert refused(visitor("suzuki"), "/other", **FROM_HERE) == 4401


def test_suzuki_is_let_in_under_her_own_name(visitor: Visitor) -> None:
    forged = {"x-miharashi-user": "takahashi", **FROM_HERE}
    with visitor("suzuki").websocket_connect(STREAM, headers=forged) as socket:
        told = [value for name, value in socket.receive_json()["headers"] if name == "x-miharashi-user"]
        assert told == ["suzuki"]
        socket.send_bytes(b"hello")
        assert socket.receive_bytes() == b"hello"


def test_the_first_message_after_signing_out_is_not_heard(visitor: Visitor) -> None:
    client = visitor("suzuki")
    with client.websocket_connect(STREAM, headers=FROM_HERE) as socket:
        socket.receive_json()
        sessions.end(token_of(client))
        socket.send_bytes(b"show me a child")
        assert socket.receive_bytes() == page_again()
        with pytest.raises(WebSocketDisconnect) as caught:
            socket.receive_bytes()
        assert caught.value.code == 4401


def test_a_page_nobody_touches_is_closed_when_its_session_ends(visitor: Visitor) -> None:
    client = visitor("suzuki", watch_seconds=0.02)
    with client.websocket_connect(STREAM, headers=FROM_HERE) as socket:
        socket.receive_json()
        sessions.end_all("suzuki")
        assert socket.receive_bytes() == page_again()


def test_a_page_that_refreshes_itself_is_no_activity(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    by_itself, click = BackMsg(), BackMsg()
    by_itself.rerun_script.is_auto_rerun = True
    click.rerun_script.query_string = "class=k7"
    touched: list[str] = []
    monkeypatch.setattr(sessions, "touch", touched.append)
    client = visitor("suzuki")
    with client.websocket_connect(STREAM, headers=FROM_HERE) as socket:
        socket.receive_json()
        socket.send_bytes(by_itself.SerializeToString())
        socket.receive_bytes()
        assert touched == []
        socket.send_bytes(click.SerializeToString())
        socket.receive_bytes()
        assert touched == [token_of(client)]
