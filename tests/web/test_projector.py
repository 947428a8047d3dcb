"""A projector: one code, once, for one meeting, until it ends; and nothing else of the app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import insert, select, update
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from records import engine, screens, sessions
from records.meeting_tables import meeting, meeting_item, meeting_screen
from records.tables import event
from web.middleware import OpenSessionMiddleware
from web.projector import SCREEN_COOKIE, Projector
from web.settings import WebSettings
from web.signin import SignIn

FROM_HERE = {"origin": "http://testserver"}
Wall = Callable[[], TestClient]


@pytest.fixture
def wall() -> Iterator[Wall]:
    """wall() → a browser nobody has signed in on."""
    settings = WebSettings()

    def inside(_request: object) -> PlainTextResponse:
        return PlainTextResponse("inside")

    app = Starlette(
        routes=[
            *SignIn(settings).routes(),
            *Projector(settings).routes(),
            Route("/{path:path}", inside, methods=["GET", "POST"]),
        ],
        middleware=[Middleware(partial(OpenSessionMiddleware, settings=settings))],
    )
    opened: list[TestClient] = []

    def arrived() -> TestClient:
        opened.append(TestClient(app, follow_redirects=False))
        return opened[-1]

    yield arrived
    for client in opened:
        client.close()


def held(title: str = "職員会議", items: int = 2) -> int:
    """A meeting that is on, with so many items; its number."""
    moment = datetime.now(UTC)
    with engine.writing() as connection:
        number = connection.execute(
            insert(meeting).values(
                made_at=moment, username="suzuki", staff_id=1, school_id=1, title=title, held_on=date(2026, 11, 20), started_at=moment,
                place=0,
            )
        ).inserted_primary_key[0]  # fmt: skip
        for place in range(items):
            connection.execute(
                insert(meeting_item).values(
                    meeting_id=number, place=place, kind="text", topic="議題", slide=f"<h1>{title} {place + 1}</h1>",
                    picture_dark="<svg>dark</svg>", picture_light="<svg>light</svg>", student_id=None,
                )
            )  # fmt: skip
    return int(number)


def let_in(client: TestClient, number: int) -> str:
    """A projector that shows the meeting; its cookie."""
    answer = client.post("/projector", data={"code": screens.new_code(number)}, headers=FROM_HERE)
    assert answer.status_code == 303
    return str(answer.cookies[SCREEN_COOKIE])


def test_a_code_opens_one_meeting_and_arrow_keys_move_it(wall: Wall) -> None:
    client, number = wall(), held()
    assert client.get("/projector").status_code == 200
    assert client.get("/projector/now").status_code == 410
    code = screens.new_code(number)
    assert len(code) == 8
    answer = client.post("/projector", data={"code": f"{code[:4]} {code[4:]}"}, headers=FROM_HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/projector")
    told = answer.headers["set-cookie"].lower()
    assert all(part in told for part in ("httponly", "samesite=strict", "path=/projector"))
    assert client.get("/projector/now").json()["markup"] == "<h1>職員会議 1</h1>"
    assert client.post("/projector/step", data={"by": "1"}, headers=FROM_HERE).status_code == 204
    shown = client.get("/projector/now").json()
    assert (shown["place"], shown["items"], shown["markup"]) == (2, 2, "<h1>職員会議 2</h1>")
    client.post("/projector/step", data={"by": "1"}, headers=FROM_HERE)
    assert client.get("/projector/now").json()["place"] == 2, "never past the last"
    assert client.get(f"/projector/picture/{shown['item']}/dark.svg").text == "<svg>dark</svg>"
    assert client.get(f"/projector/picture/{shown['item']}/light.svg").text == "<svg>light</svg>"


def test_a_code_typed_in_wide_figures_is_the_same_code(wall: Wall) -> None:
    code = screens.new_code(held())
    wide = "".join(chr(ord(figure) + 0xFEE0) for figure in code)
    assert wall().post("/projector", data={"code": wide}, headers=FROM_HERE).status_code == 303


def test_a_code_is_used_once(wall: Wall) -> None:
    code = screens.new_code(held())
    assert wall().post("/projector", data={"code": code}, headers=FROM_HERE).status_code == 303
    assert wall().post("/projector", data={"code": code}, headers=FROM_HERE).status_code == 403


def test_a_new_code_puts_an_unused_one_out_of_use(wall: Wall) -> None:
    number = held()
    old = screens.new_code(number)
    screens.new_code(number)
    assert wall().post("/projector", data={"code": old}, headers=FROM_HERE).status_code == 403


def test_a_code_holds_for_five_minutes(wall: Wall) -> None:
    code = screens.new_code(held())
    with engine.writing() as connection:
        connection.execute(update(meeting_screen).values(made_at=datetime.now(UTC) - timedelta(minutes=5, seconds=1)))
    assert wall().post("/projector", data={"code": code}, headers=FROM_HERE).status_code == 403


@pytest.mark.parametrize("typed", ["", "0", "12345678", "' or 1=1 --", "１２３４５６７８", "9" * 300, "%"])
def test_what_is_no_code_opens_nothing_and_is_recorded(wall: Wall, typed: str) -> None:
    held()
    assert wall().post("/projector", data={"code": typed}, headers=FROM_HERE).status_code == 403
    with engine.reading() as connection:
        told = connection.execute(select(event.c.kind, event.c.username, event.c.detail)).all()
    assert [tuple(row) for row in told] == [("refused_code", None, None)], "the kind alone: never what was typed"


def test_guessing_is_slowed_down_and_the_right_code_works_after_the_wait(wall: Wall) -> None:
    number, client = held(), wall()
    answers = [client.post("/projector", data={"code": f"{guess:08d}"}, headers=FROM_HERE).status_code for guess in range(8)]
    assert answers[:3] == [403, 403, 403]
    assert set(answers[3:]) <= {403, 429}
    assert answers.count(429) >= 4
    waiting = client.post("/projector", data={"code": screens.new_code(number)}, headers=FROM_HERE)
    assert waiting.status_code == 429
    assert int(waiting.headers["retry-after"]) >= 1


def test_it_ends_with_the_meeting(wall: Wall) -> None:
    number, client = held(), wall()
    let_in(client, number)
    item = client.get("/projector/now").json()["item"]
    code = screens.new_code(number)
    with engine.writing() as connection:
        connection.execute(update(meeting).where(meeting.c.meeting_id == number).values(ended_at=datetime.now(UTC)))
    assert client.get("/projector/now").status_code == 410
    assert client.get(f"/projector/picture/{item}/dark.svg").status_code == 404
    assert client.post("/projector/step", data={"by": "1"}, headers=FROM_HERE).status_code == 410
    assert wall().post("/projector", data={"code": code}, headers=FROM_HERE).status_code == 403, "nor does a code of it open anything"


def test_a_meeting_nobody_ended_is_dark_after_four_hours(wall: Wall) -> None:
    client = wall()
    let_in(client, held())
    with engine.writing() as connection:
        connection.execute(update(meeting_screen).values(used_at=datetime.now(UTC) - timedelta(hours=4, seconds=1)))
    assert client.get("/projector/now").status_code == 410


def test_it_reaches_its_own_agenda_and_no_other(wall: Wall) -> None:
    client, number, other = wall(), held(), held("よその会議")
    let_in(client, number)
    with engine.reading() as connection:
        items = dict(tuple(row) for row in connection.execute(select(meeting_item.c.item_id, meeting_item.c.meeting_id)).all())
    for item, whose in items.items():
        assert client.get(f"/projector/picture/{item}/dark.svg").status_code == (200 if whose == number else 404)
    assert "よその会議" not in client.get("/projector/now").text
    assert other not in {items[item] for item in items if client.get(f"/projector/picture/{item}/dark.svg").status_code == 200}


PAGES = [
    "/", "/meeting", "/student?student=ab", "/school", "/handover", "/_stcore/host-config", "/media/x.pdf", "/static/js/x.js",
    "/projectors",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_its_cookie_is_worth_nothing_anywhere_else(wall: Wall, path: str) -> None:
    client = wall()
    token = let_in(client, held())
    for cookies in ({SCREEN_COOKIE: token}, {"miharashi_session": token}):
        client.cookies = cookies  # type: ignore[assignment]
        answer = client.get(path, headers={"accept": "text/html", "sec-fetch-dest": "document"})
        assert answer.status_code in {303, 401}, path
        assert "inside" not in answer.text


def test_a_session_is_worth_nothing_at_a_projector(wall: Wall) -> None:
    client = wall()
    held()
    client.cookies = {SCREEN_COOKIE: sessions.start("suzuki"), "miharashi_session": sessions.start("suzuki")}  # type: ignore[assignment]
    assert client.get("/projector/now").status_code == 410


@pytest.mark.parametrize("path", ["/projector", "/projector/step", "/projector/leave"])
def test_another_site_cannot_press_anything(wall: Wall, path: str) -> None:
    client, number = wall(), held()
    let_in(client, number)
    for headers in ({"origin": "https://evil.example"}, {}):
        assert client.post(path, data={"by": "1", "code": screens.new_code(number)}, headers=headers).status_code == 403
    assert client.get("/projector/now").json()["place"] == 1


def test_whoever_stands_at_the_projector_can_let_it_go(wall: Wall) -> None:
    client, number = wall(), held()
    let_in(client, number)
    assert screens.count(number) == 1
    assert client.post("/projector/leave", headers=FROM_HERE).status_code == 303
    assert client.get("/projector/now").status_code == 410
    assert screens.count(number) == 0
