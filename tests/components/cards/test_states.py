"""What stands on a page is text, whoever wrote it; what broke is told by a number."""

from __future__ import annotations

import logging

import pytest
from streamlit.testing.v1 import AppTest


def shown_where() -> None:
    from components.cards.states import where

    where("<img src=x onerror=alert(1)> 5年2組")


def shown_broken() -> None:
    from components.cards.states import broken

    try:
        raise ValueError("佐藤 はな")
    except ValueError as error:
        broken(error)


def test_a_name_is_text_and_never_markup() -> None:
    page = AppTest.from_function(shown_where).run()
    assert "&lt;img" in page.get("html")[0].proto.body
    assert "<img" not in page.get("html")[0].proto.body


def test_what_broke_has_a_number_found_in_the_log_and_no_name(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="miharashi"):
        page = AppTest.from_function(shown_broken).run()
    assert not page.exception
    reference = page.text[0].value.rsplit("：", 1)[-1]
    assert len(reference) >= 8
    assert reference in caplog.text
    assert "佐藤" not in caplog.text + page.text[0].value + page.title[0].value
