"""What we rely on of Streamlit's insides, held against the version that is installed: a failure names what has changed."""

from __future__ import annotations

import logging
import re
import tomllib
from functools import cache
from unittest.mock import MagicMock

import pytest
import streamlit as st
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from components import streamlit_internals as internals
from components.streamlit_internals import BackMsg, ForwardMsg, StreamlitChanged
from components.style import sheet
from tests.house import ROOMS, ROOT, files, name_of

PATCH = (ROOT / "web" / "assets" / "streamlit_patch.js").read_text(encoding="utf-8")


@cache
def bundle() -> str:
    """Everything the installed version sends to a browser as a script."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(internals.static_folder().rglob("*.js")))


def names_in_style() -> set[str]:
    """Every name of Streamlit's page that the style sheets and our script speak of."""
    spoken = sheet(projector=True) + " ".join(internals.SELECTORS.values())
    return set(re.findall(r"\[data-testid=(\w+)\]", spoken)) | set(re.findall(r"\.(st[A-Z]\w+)", spoken))


def test_no_other_file_knows_streamlits_insides() -> None:
    """Its messages, its run context, its addresses and the names in its page: components/streamlit_internals.py and no other.

    Tests that drive a browser, or attack as a stranger would, write addresses and names as they stand outside.
    """
    inside = re.compile(r"streamlit\.(?:proto|runtime\.scriptrunner)|_stcore|data-testid")
    allowed = {"components/streamlit_internals.py"}
    written = files(".py", ".js", ".css", ".html", rooms=ROOMS)
    assert allowed < {name_of(path) for path in written}
    assert {name_of(path) for path in written if inside.search(path.read_text(encoding="utf-8"))} == allowed
    imported = re.compile(r"^\s*(?:from|import) streamlit\.(?:proto|runtime\.scriptrunner)", re.MULTILINE)
    assert [name_of(path) for path in files(".py", rooms=("tests",)) if imported.search(path.read_text(encoding="utf-8"))] == []


def test_what_is_checked_at_start_holds() -> None:
    assert list(internals.changed()) == []
    internals.check()


@pytest.mark.parametrize("name", sorted(names_in_style()))
def test_the_page_still_has_this_name(name: str) -> None:
    assert re.search(rf"[`\"']{name}[`\"' ]", bundle()), f"no part of the page is called {name} any more"


def test_the_style_sheet_speaks_of_many_names_and_of_no_library_the_page_has_left() -> None:
    assert len(names_in_style()) >= 16
    attributes = set(re.findall(r"\[([a-z-]+)[*^$]?=", sheet(projector=True))) - {"class"}
    assert sorted(name for name in attributes if not re.search(rf"[`\"'{{,]{name}\b", bundle())) == []


@pytest.mark.parametrize("name", ["segmented_controlActive", "pillsActive", "st-key-", "aria-expanded", "aria-checked"])
def test_the_page_still_says_so(name: str) -> None:
    assert f"`{name}`" in bundle() or f'"{name}"' in bundle() or f"`{name}" in bundle()


@pytest.mark.parametrize("name", [internals.WINDOW_NAME, internals.SERVER_NAME])
def test_the_page_asks_our_script_where_its_server_is(name: str) -> None:
    assert name in PATCH
    assert re.search(rf"\b{name}\b", bundle())


@pytest.mark.parametrize("part", sorted(internals.PAGE_PARTS))
def test_a_part_of_the_page_that_is_gone_is_named(part: str) -> None:
    page = internals.PAGE_PARTS[part].sub(b"", internals.index_page().encode()).decode()
    assert f"index.html: {part}" in list(internals.changed(page))


def test_a_start_that_cannot_rely_on_the_page_stops_and_says_on_what(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(internals, "index_page", lambda: "<html><head><title>Other</title></head></html>")
    with pytest.raises(StreamlitChanged, match=r"index\.html: icon"):
        internals.check()
    assert "index.html: icon" in caplog.text
    assert st.__version__ in caplog.text


def test_an_inline_script_of_another_form_is_noticed() -> None:
    page = internals.index_page().replace("<script>", '<script nonce="x">')
    assert list(internals.changed(page)) == ["index.html: an inline script of another form"]


def test_our_script_would_not_come_after_those_of_the_page_unnoticed() -> None:
    page = internals.index_page()
    pointer = internals.PAGE_PARTS["service-desc"].search(page.encode())
    assert pointer is not None
    moved = page.replace(pointer[0].decode(), "").replace("</body>", f"{pointer[0].decode()}</body>")
    assert list(internals.changed(moved)) == ["index.html: service-desc stands behind a script"]


def test_a_part_that_is_missing_from_a_page_on_its_way_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    page = internals.page_with(b"<html><title>a</title>", {"html": b"<html lang=x>", "title": rb"\1", "noscript": b""})
    assert page == rb"<html lang=x>\1"
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == [
        "Streamlit's page has no noscript to replace (docs/streamlit.md)"
    ]


@pytest.mark.parametrize(
    ("setting", "name"),
    [("server.trustedUserHeaders", "setting: server.trustedUserHeaders"), ("runner.postScriptGC", "setting: runner.postScriptGC")],
)
def test_a_setting_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch, setting: str, name: str) -> None:
    known = st.get_option

    def without(key: str) -> object:
        if key == setting:
            raise RuntimeError(key)
        return known(key)

    monkeypatch.setattr(st, "get_option", without)
    assert name in list(internals.changed())


def test_every_setting_of_ours_is_one_of_streamlits_and_the_headers_are_those_of_the_middleware() -> None:
    written = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    def keys(table: dict[str, object], place: str = "") -> list[str]:
        return [
            key
            for name, value in table.items()
            for key in (keys(value, f"{place}{name}.") if isinstance(value, dict) else [f"{place}{name}"])
        ]

    for key in keys(written):
        st.get_option(key)  # raises RuntimeError, naming it
    assert set(internals.RELIED_ON_SETTINGS) <= set(keys(written))


def test_every_address_of_streamlits_is_one_we_know() -> None:
    paths = {str(getattr(route, "path", "")) for route in create_streamlit_routes(MagicMock())} - {""}  # "" is its page
    assert [path for path in sorted(paths) if not path.startswith(internals.NOT_DOCUMENTS)] == []
    assert paths >= internals.NEEDED
    assert any(path.startswith(f"{internals.MEDIA}/") for path in paths)
    assert f'src=".{internals.BUNDLE}' in internals.index_page()


def test_the_last_message_makes_the_browser_ask_for_its_own_address() -> None:
    message = ForwardMsg.FromString(internals.page_again())
    assert (message.WhichOneof("type"), message.auth_redirect.url) == ("auth_redirect", "")
    assert "`authRedirect`" in bundle()


def test_a_click_is_activity_and_a_page_that_refreshes_itself_is_none() -> None:
    click, by_itself, other = BackMsg(), BackMsg(), BackMsg()
    click.rerun_script.query_string = "class=k7"
    by_itself.rerun_script.is_auto_rerun = True
    other.stop_script = True
    assert internals.is_activity(click.SerializeToString())
    assert [internals.is_activity(sent) for sent in (by_itself.SerializeToString(), other.SerializeToString(), b"", b"\xff")] == [False] * 4


def test_outside_a_page_there_is_no_board_of_a_page() -> None:
    assert internals.board_of_page() is None


def test_the_one_inline_script_is_named_by_its_hash() -> None:
    assert len(internals.script_hashes()) == internals.index_page().count("<script>") == 1
    known = internals.script_hashes("<script>alert(1)</script>")
    assert known == ("sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=",)
