"""What is taken off a request, added to it and let through."""

from __future__ import annotations

import re

import pytest

from records import accounts, events, sessions
from tests.web.conftest import BROWSER, FROM_HERE, Visitor, sign_in, token_of
from web.start_state import StartState

CHILD = "伊藤 れん"


@pytest.mark.parametrize("path", ["/", "/page", "/class?class=k7", "/pages/shell.py", "/signout", "/language/en"])
def test_a_stranger_is_sent_to_the_sign_in_page(visitor: Visitor, path: str) -> None:
    answer = visitor().get(path, headers=BROWSER)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/signin")


@pytest.mark.parametrize(
    "path",
    ["/media/x.csv", "/static/js/index.js", "/_stcore/metrics", "/_stcore/health", "/component/a/b.js", "/preparing"],
)
@pytest.mark.parametrize("token", [None, "", "x", "'; drop table session; --"])
def test_everything_else_is_closed_to_strangers(visitor: Visitor, path: str, token: str | None) -> None:
    client = visitor()
    cookies = {} if token is None else {"cookie": f"miharashi_session={token}"}
    answer = client.get(path, headers={"accept": "*/*", "sec-fetch-dest": "empty"} | cookies)
    assert answer.status_code == 401
    assert answer.content == b""


def test_health_says_ok_and_nothing_else(visitor: Visitor) -> None:
    answer = visitor().get("/health")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert visitor().post("/health").status_code == 405


def test_suzuki_gets_through_and_the_app_learns_who_she_is_from_the_middleware_alone(visitor: Visitor) -> None:
    forged = {"X-Miharashi-User": "takahashi", "x-MIHARASHI-role": "administrator"}
    told = dict(visitor("suzuki").get("/anything", headers=forged).json()["headers"])
    assert told["x-miharashi-user"] == "suzuki"
    assert "x-miharashi-role" not in told
    assert re.fullmatch(r"[0-9a-f]{16}", told["x-miharashi-session"])


def test_an_ended_session_is_over_with_the_next_request(visitor: Visitor) -> None:
    client = visitor("suzuki")
    assert client.get("/page", headers=BROWSER).status_code == 200
    sessions.end_all("suzuki")
    turned = client.get("/page?x=1", headers=BROWSER)
    assert turned.headers["location"] == "/signin?next=/page%3Fx%3D1&why=ended"
    assert "期限が切れました" in client.get(turned.headers["location"]).text
    assert client.get("/media/x.csv", headers={"sec-fetch-dest": "empty"}).status_code == 401


def test_a_closed_account_is_out_at_once(visitor: Visitor) -> None:
    client = visitor("suzuki")
    accounts.disable("suzuki")
    assert client.get("/page", headers=BROWSER).status_code == 303


def test_every_answer_carries_the_guarding_headers(visitor: Visitor) -> None:
    for client in (visitor(), visitor("suzuki")):
        for path in ("/", "/page", "/signin", "/media/x", "/static/x.js", "/health", "/broken", "/signin/plain.css"):
            headers = client.get(path).headers
            assert headers["x-content-type-options"] == "nosniff", path
            assert headers["x-frame-options"] == "DENY", path
            assert headers["referrer-policy"] == "same-origin", path
            assert "frame-ancestors 'none'" in headers["content-security-policy"], path
            assert "unsafe-eval" not in headers["content-security-policy"].replace("wasm-unsafe-eval", ""), path
            assert "server" not in headers, path


def test_nothing_with_children_in_it_stays_in_a_browser(visitor: Visitor) -> None:
    client = visitor("suzuki")
    for path in ("/page", "/media/x.csv", "/_stcore/host-config"):
        assert client.get(path).headers["cache-control"] == "no-store", path
    assert client.get("/static/js/index.abc.js").headers["cache-control"].startswith("private")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_page_is_in_the_viewers_language_and_under_our_name(visitor: Visitor, language: str) -> None:
    client = visitor("suzuki")
    accounts.set_language("suzuki", language)
    client.cookies.delete("lang")
    answer = client.get("/page", headers=BROWSER)
    assert f'<html lang="{language}">' in answer.text
    assert "Streamlit" not in answer.text
    assert "etag" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)
    other = client.get("/page?lang=en", headers=BROWSER)
    assert '<html lang="en">' in other.text
    assert "lang=en" in other.headers["set-cookie"]


def test_an_account_without_a_role_reads_a_polite_page_and_nothing_else(visitor: Visitor) -> None:
    client = visitor("mori")
    answer = client.get("/page", headers=BROWSER)
    assert "まだ権限が設定されていません" in answer.text
    assert 'action="/signout"' in answer.text
    assert client.get("/media/x.csv", headers={"sec-fetch-dest": "empty"}).status_code == 403
    assert "no_role" in [event.kind for event in events.latest(username="mori")]


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://testserver.evil.example", "http://testserver:81", "http://["])
def test_a_request_made_by_another_site_changes_nothing(visitor: Visitor, origin: str | None) -> None:
    client = visitor("suzuki")
    headers = {} if origin is None else {"origin": origin}
    for method, path in (("POST", "/signout"), ("PUT", "/media/a/b"), ("POST", "/anything")):
        assert client.request(method, path, headers=headers).status_code == 403
    assert sessions.find(token_of(client)) is not None
    assert client.put("/media/a/b", headers=FROM_HERE).status_code == 200


def test_what_breaks_is_told_with_a_number_and_logged_without_a_name(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    answer = visitor("suzuki").get("/broken", headers=BROWSER)
    assert answer.status_code == 500
    assert "うまく表示できませんでした" in answer.text
    reference = re.search(r"<strong>([A-Z0-9]{4}-[A-Z0-9]{4})</strong>", answer.text)
    assert reference is not None
    assert reference[1] in caplog.text
    assert "ValueError" in caplog.text
    assert CHILD not in caplog.text + answer.text
    assert "suzuki" not in caplog.text


@pytest.mark.parametrize(("state", "word"), [("preparing", "<progress"), ("failed", "K7TA-2B9C"), ("empty", "まだデータ")])
def test_while_there_is_no_district_everything_says_so(visitor: Visitor, state: str, word: str) -> None:
    waiting = StartState(state, 0.4, "loading", "K7TA-2B9C")
    client = visitor(start_state=lambda: waiting)
    for path in ("/", "/signin", "/class?x=1"):
        answer = client.get(path, headers=BROWSER)
        assert answer.status_code == 503
        assert word in answer.text
    assert sign_in(client, "suzuki").status_code == 503
    assert client.get("/_stcore/host-config", headers={"sec-fetch-dest": "empty"}).status_code == 503
    assert client.get("/health").status_code == 503
    assert client.get("/preparing").json() == {"state": state, "percent": 40, "step": "loading"}


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/upload_file/a/b", "/_stcore/allowed-message-origins"]
)
def test_what_no_page_needs_is_there_for_nobody(visitor: Visitor, path: str) -> None:
    answer = visitor("takahashi").get(path, headers={"sec-fetch-dest": "empty"})
    assert (answer.status_code, answer.content) == (404, b"")
    assert visitor("takahashi").get("/_stcore/health", headers={"sec-fetch-dest": "empty"}).status_code == 200
