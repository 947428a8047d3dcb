"""Tables on a page: what others have written is text, whatever it looks like."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

WRITTEN = "![](https://example.org/x.png) **太字** :red[赤] ::smile: $x$ <b> 5年*組_"


def shown() -> None:
    import polars as pl

    from components.cards.card import ruled_table
    from tests.components.cards.test_card import WRITTEN

    ruled_table(pl.DataFrame({"名前": [WRITTEN], "数": [3]}))


def test_a_name_that_looks_like_markdown_is_shown_as_it_is() -> None:
    table = AppTest.from_function(shown, default_timeout=60).run().table[0].value
    cell = table.iloc[0]["名前"]
    for sign in ("![", "**", "$", "<"):
        assert cell.replace(f"\\{sign[0]}", "").find(sign[0]) == -1, sign
    assert re.search(r":[^\u2060]", cell) is None, "a colour or an emoji might begin here"
    assert "\\:" not in cell, "Streamlit would show the backslash"
    assert cell.replace("\\", "").replace("\u2060", "") == WRITTEN
    assert table.iloc[0]["数"] == 3
