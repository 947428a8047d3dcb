"""States told by words and marks first, by colour only besides."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def shown() -> None:
    from components.tables.heat_table import Cell, heat_table  # noqa: PLC0415

    heat_table("School", ["Register"], [("<b>", [Cell("▲ 11/16", "4 days ago", "late")])], "One school is late")


def test_a_late_cell_says_so_without_its_colour() -> None:
    said = AppTest.from_function(shown).run().get("html")[0].proto.body
    assert '<td class="heat-late">▲ 11/16<small>4 days ago</small></td>' in said
    assert '<th scope="row">&lt;b&gt;</th>' in said
    assert 'tabindex="0" aria-label="One school is late"' in said
