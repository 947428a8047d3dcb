"""Signing in: for the right password only, saying nothing about who exists, and back to where one wanted to go."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from records import accounts, events, passwords, sessions, throttle
from tests.accounts import STAFF_NUMBERS
from tests.cast import PASSWORD
from tests.web.conftest import FROM_HERE, Visitor, sign_in, token_of
from web import addresses, signin

ELSEWHERE = [
    "//evil.example", "///evil.example", "https://evil.example", "http:evil.example", "javascript:alert(1)", "evil",
    "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil.example", "/%0d%0aSet-Cookie:x=y\r\nX: y", " /class",
    "/signout", "/signin?next=/", "/language/en", "/_stcore/stream", "/media/x", "/" + "a" * 3000,
]  # fmt: skip


def test_the_right_password_opens_a_session_in_a_cookie_no_script_can_read(visitor: Visitor) -> None:
    client = visitor()
    answer = sign_in(client, "suzuki")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    [cookie] = [line for line in answer.headers.get_list("set-cookie") if line.startswith("miharashi_session=")]
    attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert attributes == {"httponly", "path=/", "samesite=lax"}
    found = sessions.find(token_of(client))
    assert found is not None
    assert found.username == "suzuki"


def test_behind_tls_every_cookie_of_the_session_is_secure(visitor: Visitor) -> None:
    for client in (visitor(origin="https://testserver"), visitor(always_tls=True)):
        lines = sign_in(client, "suzuki").headers.get_list("set-cookie")
        guarded = [line for line in lines if line.startswith("miharashi_")]
        assert len(guarded) == 2
        assert all("Secure" in line for line in guarded)


def test_every_sign_in_gets_a_new_token_and_ends_the_one_before(visitor: Visitor) -> None:
    client = visitor("suzuki")
    first = token_of(client)
    sign_in(client, "tanaka")
    assert token_of(client) != first
    assert sessions.find(first) is None


def test_a_token_somebody_planted_is_not_taken_over(visitor: Visitor) -> None:
    client = visitor()
    client.cookies.set("miharashi_session", "planted")
    sign_in(client, "suzuki")
    assert sessions.find("planted") is None


@pytest.mark.parametrize("language", ["ja", "en"])
def test_answers_for_somebody_nobody_and_a_closed_account_are_the_same(visitor: Visitor, language: str) -> None:
    accounts.disable("sato")
    said = set()
    for name in ("suzuki", "nobody", "sato"):
        answer = sign_in(visitor(), name, "wrong", lang=language)
        said.add((answer.status_code, answer.text.replace(name, "NAME"), tuple(sorted(answer.headers.keys()))))
    assert len(said) == 1
    assert {status for status, _, _ in said} == {403}


def test_a_stranger_costs_as_much_work_as_anybody(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    class Counting:
        @staticmethod
        def check_pw(password: str, hashed: str) -> bool:
            checked.append(hashed)
            return False

        @staticmethod
        def hash(password: str) -> str:
            return "$2b$12$" + "x" * 53

    monkeypatch.setattr(passwords, "_hasher", lambda: Counting)
    for name in ("suzuki", "nobody"):
        sign_in(visitor(), name, "wrong")
    assert len(checked) == 2


def test_a_refusal_takes_its_time_however_quick_the_check_was(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def noted(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(signin, "SLOWEST_REFUSAL", 60.0)
    monkeypatch.setattr(signin, "sleep", noted)
    sign_in(visitor(), "suzuki", "wrong")
    sign_in(visitor(), "suzuki")
    assert len(slept) == 1
    assert 0 < slept[0] < 60


def test_after_three_mistakes_one_waits_and_then_the_right_password_works(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = visitor()
    for _ in range(3):
        assert sign_in(client, "suzuki", "wrong").status_code == 403
    slowed = sign_in(client, "suzuki")
    assert slowed.status_code == 429
    assert int(slowed.headers["retry-after"]) in {1, 2}
    assert "お試しください" in slowed.text
    assert sign_in(client, "tanaka").status_code == 303
    later = events.now() + timedelta(seconds=3)
    monkeypatch.setattr(throttle, "now", lambda: later)
    assert sign_in(client, "suzuki").status_code == 303


def test_what_was_mistyped_is_recorded_by_kind_and_never_by_word(visitor: Visitor) -> None:
    client = visitor()
    sign_in(client, "my-secret-password", "x")
    sign_in(client, "suzuki", "another-secret")
    sign_in(client, "suzuki")
    seen = events.latest()
    assert [event.kind for event in seen] == ["signed_in", "refused_password", "refused_password"]
    assert [event.username for event in seen] == ["suzuki", "suzuki", None]
    assert "secret" not in str(seen)


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example"])
def test_another_site_cannot_sign_somebody_in(visitor: Visitor, origin: str | None) -> None:
    form = {"username": "suzuki", "password": PASSWORD}
    answer = visitor().post("/signin", data=form, headers={} if origin is None else {"origin": origin})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("wanted", ["/class?class=k7&lang=en", "/student?student=ab", "/", "/学校?x=%E3%81%82"])
def test_the_way_on_survives_sign_in(visitor: Visitor, wanted: str) -> None:
    client = visitor()
    turned = client.get(wanted, headers={"accept": "text/html"})
    page = client.get(turned.headers["location"]).text
    kept = re.search(r'name="next" value="([^"]*)"', page)
    assert kept is not None
    answer = sign_in(client, "suzuki", next=kept[1].replace("&amp;", "&"))
    assert answer.headers["location"] == str(client.build_request("GET", wanted).url.raw_path, "ascii")


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_the_way_on_never_leads_elsewhere(visitor: Visitor, wanted: str) -> None:
    assert addresses.local_path(wanted) == "/"
    client = visitor()
    assert sign_in(client, "suzuki", next=wanted).headers["location"] == "/"
    assert client.get("/signin", params={"next": wanted}).headers["location"] == "/"


def test_a_form_larger_than_any_of_ours_is_not_read(visitor: Visitor) -> None:
    assert sign_in(visitor(), "suzuki", "x" * 20_000).status_code == 413


@pytest.mark.parametrize("password", ["x" * 73, "あ" * 25, "with\0zero", "\ud800" * 2])
def test_a_password_bcrypt_cannot_hold_is_wrong_and_nothing_breaks(visitor: Visitor, password: str) -> None:
    assert not passwords.matches(password, accounts.password_hash("suzuki"))
    if "\ud800" not in password:
        assert sign_in(visitor(), "suzuki", password).status_code == 403


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short", "too_short"), ("x" * 73, "too_long"), ("あ" * 25, "too_long"), ("long\0enough", "too_long"),
        ("あ" * 24, None), ("x" * 72, None),
    ],
)
def test_passwords_are_measured_in_bytes_when_they_are_set(password: str, fault: str | None) -> None:
    assert passwords.unfit(password) == fault
    if fault:
        with pytest.raises(passwords.Unfit, match=fault):
            passwords.hashed(password)


def test_signing_out_ends_the_session_and_takes_the_cookie(visitor: Visitor) -> None:
    client = visitor("suzuki")
    token = token_of(client)
    answer = client.post("/signout", headers=FROM_HERE)
    assert answer.headers["location"] == "/signin?why=signed_out"
    assert sessions.find(token) is None
    assert "miharashi_session" not in client.cookies
    assert "おつかれさまでした" in client.get("/signin?why=signed_out").text


def test_a_link_of_ours_signs_out_at_once_and_one_from_elsewhere_asks(visitor: Visitor) -> None:
    client = visitor("suzuki")
    asked = client.get("/signout", headers={"sec-fetch-site": "cross-site"})
    assert asked.status_code == 200
    assert "サインアウトしますか" in asked.text
    assert sessions.find(token_of(client)) is not None
    token = token_of(client)
    client.get("/signout", headers={"sec-fetch-site": "same-origin"})
    assert sessions.find(token) is None


def test_signing_out_after_the_session_has_ended_is_no_surprise(visitor: Visitor) -> None:
    client = visitor("suzuki")
    sessions.end_all("suzuki")
    assert client.post("/signout", headers=FROM_HERE).headers["location"] == "/signin?why=signed_out"


def test_the_language_is_remembered_by_browser_and_account(visitor: Visitor) -> None:
    client = visitor("suzuki")
    wanted = "http://testserver/class?class=k7&lang=ja"
    answer = client.get("/language/en", params={"next": wanted})
    assert answer.headers["location"] == "/class?class=k7&lang=en"
    found = accounts.find("suzuki")
    assert found is not None
    assert found.language == "en"
    assert client.cookies["lang"] == "en"
    assert client.get("/language/xx", params={"next": "http://evil.example/"}).headers["location"] == "/"
    assert client.cookies["lang"] == "en"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_in_the_sample_district_everybody_may_be_chosen(visitor: Visitor, language: str) -> None:
    client = visitor(is_demo=lambda: True)
    page = client.get("/signin", params={"lang": language}).text
    assert re.findall(r'name="cast" value="(\w+)"', page) == ["tanaka", "suzuki", "sato", "takahashi", "mori"]
    assert set(STAFF_NUMBERS) == set(re.findall(r'name="cast" value="(\w+)"', page))
    answer = client.post("/signin", data={"cast": "sato", "lang": language}, headers=FROM_HERE)
    assert answer.status_code == 303
    assert sessions.find(token_of(client)).username == "sato"  # type: ignore[union-attr]
    assert events.latest()[0].kind == "signed_in_as_cast"


def test_outside_the_sample_district_nobody_may_be_chosen(visitor: Visitor) -> None:
    client = visitor()
    assert 'name="cast"' not in client.get("/signin").text
    answer = client.post("/signin", data={"cast": "suzuki"}, headers=FROM_HERE)
    assert answer.status_code == 403
    assert "miharashi_session" not in client.cookies


def test_a_real_account_is_not_on_offer_even_in_the_sample_district(visitor: Visitor) -> None:
    client = visitor(is_demo=lambda: True)
    accounts.disable("tanaka")
    for name in ("nobody", "tanaka", ""):
        client.post("/signin", data={"cast": name}, headers=FROM_HERE)
        assert "miharashi_session" not in client.cookies
