"""The attack on the real app: nobody signed in, every way in that Streamlit or we ever opened."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from records import sessions
from tests.browser.serving import ServedApp
from tests.web import talk
from tests.web.talk import PATIENCE

ROOT = Path(__file__).parents[2]
BUNDLE = Path(httpx.__file__).parents[1] / "streamlit" / "static"
PATHS = [
    "/", "/index.html", "/class", "/student?student=ab", "/district", "/pages", "/pages/", "/pages/shell.py", "/pages/school/school.py",
    "/pages/school", "/app.py", "/shell", "/~/+/", "/_stcore", "/_stcore/", "/_stcore/health", "/_stcore/script-health-check",
    "/_stcore/host-config", "/_stcore/metrics", "/_stcore/message", "/_stcore/allowed-message-origins", "/_stcore/stream",
    "/_stcore/upload_file/a/b", "/_stcore/agent/openapi.json", "/_stcore/agent/interact", "/_stcore/agent/mcp",
    "/_stcore/bidi-components/x/y.js", "/class/_stcore/health", "/class/_stcore/host-config", "/media/a.csv", "/media/",
    "/app/static/x.css", "/app/static/../../app.py", "/static/", "/static/js/index.js", "/static/media/x.woff2", "/component/x/y.js",
    "/component/streamlit_authenticator/index.html", "/auth/login?provider=x", "/auth/logout", "/oauth2callback?code=x",
    "/favicon.png", "/favicon.ico", "/robots.txt", "/manifest.json", "/records.sqlite", "/data/records.sqlite", "/.streamlit/config.toml",
    "/accounts.yaml", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/app.py", "//evil.example", "/\\evil", "/signin/", "/signin/../app.py",
    "/signin%2f..%2fpage", "/signin/plain.css/../../class", "/SIGNIN", "/health/", "/health/x", "/healthz", "/preparing", "/language/en",
    "/signout",
]  # fmt: skip
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
CLOSED = {303, 401, 403}


@pytest.fixture(scope="module")
def stranger(served: ServedApp) -> httpx.Client:
    """Somebody nobody knows, who follows nothing."""
    return httpx.Client(base_url=served.origin, follow_redirects=False, trust_env=False, timeout=PATIENCE)


def bundle_paths() -> list[str]:
    """A few of the files Streamlit really serves."""
    files = sorted(path for path in BUNDLE.rglob("*") if path.is_file())
    return [f"/{path.relative_to(BUNDLE).as_posix()}" for path in files[:: max(1, len(files) // 20)]]


@pytest.mark.parametrize("method", METHODS)
def test_every_path_is_closed(stranger: httpx.Client, method: str) -> None:
    opened = []
    for path in [*PATHS, *bundle_paths()]:
        for headers in ({}, {"accept": "text/html", "sec-fetch-dest": "document"}, {"cookie": "miharashi_session=x"}):
            answer = stranger.request(method, path, headers=headers)
            is_sent_away = answer.status_code != 303 or answer.headers["location"].startswith("/signin")
            if answer.status_code not in CLOSED or not is_sent_away or answer.content:
                opened.append(f"{method} {path} {answer.status_code} {answer.content[:60]!r}")
    assert opened == []


def test_the_sign_in_page_is_open_and_shows_only_itself(stranger: httpx.Client) -> None:
    page = stranger.get("/signin")
    assert page.status_code == 200
    assert "Streamlit" not in page.text
    parts = re.findall(r'(?:href|src)="(/signin/[^"]+)"', page.text)
    assert len(parts) >= 3
    assert [path for path in parts if stranger.get(path).status_code != 200] == []
    assert stranger.get("/health").text == "ok"


def test_claiming_to_be_somebody_opens_nothing(stranger: httpx.Client) -> None:
    claims = {"x-miharashi-user": "suzuki", "x-streamlit-user": "suzuki", "x-forwarded-user": "suzuki", "remote-user": "suzuki"}
    assert stranger.get("/_stcore/host-config", headers=claims).status_code == 401


@pytest.mark.parametrize("token", [None, "x", "0" * 43])
def test_the_websocket_is_closed_to_strangers(served: ServedApp, token: str | None) -> None:
    with pytest.raises(InvalidStatus) as caught, talk.talk(served, token):
        pass
    assert caught.value.response.status_code == 403


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
def test_the_websocket_is_closed_to_other_sites(served: ServedApp, origin: str | None) -> None:
    token = talk.signed_in(served, "tanaka")
    with pytest.raises(InvalidStatus) as caught, talk.talk(served, token, origin=origin):
        pass
    assert caught.value.response.status_code == 403


def test_the_page_knows_who_is_there_from_the_middleware(served: ServedApp) -> None:
    with talk.talk(served, talk.signed_in(served, "tanaka"), **{"X-Miharashi-User": "takahashi"}) as socket:
        said = str(talk.run(socket))
    assert "here: tanaka en" in said
    assert "takahashi" not in said


def test_a_file_made_for_one_person_is_closed_to_strangers(served: ServedApp, stranger: httpx.Client) -> None:
    token = talk.signed_in(served, "tanaka")
    with talk.talk(served, token) as socket:
        [path] = set(re.findall(r"/media/[0-9a-f]+\.wav", str(talk.run(socket))))
        mine = stranger.get(path, headers={"cookie": f"miharashi_session={token}"})
        assert (mine.status_code, mine.content) == (200, b"a,b\n")
        assert mine.headers["cache-control"] == "no-store"
        assert stranger.get(path).status_code in CLOSED
        assert stranger.get(path, headers={"accept": "audio/wav"}).status_code == 401


def test_signing_out_elsewhere_closes_an_open_page(
    served: ServedApp, tiny_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = talk.signed_in(served, "suzuki")
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tiny_data_dir / 'records.sqlite'}")
    with talk.talk(served, token) as socket:
        talk.run(socket)
        assert sessions.end_all("suzuki") >= 1
        with pytest.raises(ConnectionClosed) as caught:
            talk.run(socket)
    assert caught.value.rcvd is not None
    assert caught.value.rcvd.code == 4401


def test_a_page_that_breaks_says_a_number_and_neither_page_nor_log_a_name(served: ServedApp) -> None:
    with talk.talk(served, talk.signed_in(served, "tanaka")) as socket:
        said = str([message for message in talk.run(socket, query="break=yes") if message.WhichOneof("type") == "delta"])
    reference = re.search(r"\*\*([A-Z0-9]{4}-[A-Z0-9]{4})\*\*", said)
    assert reference is not None
    log = served.log.read_text(encoding="utf-8")
    assert reference[1] in log
    assert "ValueError" in log
    for word in ("伊藤", "tanaka", "suzuki", "127.0.0.1:", "Traceback"):
        places = [line for line in log.splitlines() if word in line and "URL:" not in line]
        assert places == [], word
    assert "stand_in" not in said
    assert "shell.py" not in said
