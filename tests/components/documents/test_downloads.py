"""Copies of a card: numbers stay numbers, nothing is taken for a formula, and who took it is written down."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from PIL import Image

from access import Role, Viewer
from components.charts.xmr import xmr
from components.documents.downloads import csv_of, recorded, xlsx_of
from components.documents.pdf import card_png
from components.documents.pictures import svg_of
from records import engine
from tests.accounts import opened_store

TABLE = pl.DataFrame({"月": ["4月", "=1+1"], "欠席率": [2.5, None], "人数": [12, 340]})


def test_a_workbook_keeps_headings_numbers_and_words() -> None:
    book = fastexcel.read_excel(xlsx_of(TABLE, "欠席率：学級ごと [2026/11]?*"))
    assert book.sheet_names == ["欠席率：学級ごと 202611"]
    sheet = book.load_sheet(0).to_polars()
    assert sheet.columns == ["月", "欠席率", "人数"]
    assert sheet["月"].to_list() == ["4月", "=1+1"], "words, not a formula"
    assert sheet["欠席率"].to_list() == [2.5, None]
    assert sheet["人数"].to_list() == [12, 340]


def test_a_csv_guards_what_a_spreadsheet_would_run() -> None:
    assert "'=1+1" in csv_of(TABLE).decode("utf-8-sig")


def rows() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "part": ["month"] * 2, "month": [date(2026, 4, 1), date(2026, 5, 1)], "value": [1.0, 2.0], "tone": ["plain", "signal"],
            "said": ["", ""], "mark": ["", ""], "low": [0.5] * 2, "centre": [1.5] * 2, "high": [2.5] * 2,
        }
    )  # fmt: skip


def test_a_chart_is_a_picture_without_a_browser() -> None:
    drawn = svg_of(rows(), xmr("欠席率 (%)", 10.0, projector=True), 1240, 520)
    assert "欠席率 (%)" in drawn
    assert 'width="1240"' in drawn


def test_a_card_is_a_picture_with_its_chart_or_with_its_table() -> None:
    table = (("学級", "欠席率"), [("1年1組", "2.5%"), ("1年2組", "c")])
    short = card_png("欠席率：学級ごと", "2026年11月20日現在", "", table, "ja")
    long = card_png("欠席率：学級ごと", "2026年11月20日現在", "", (table[0], table[1] * 9), "ja")
    drawn = card_png("欠席率", "", svg_of(rows(), xmr("欠席率 (%)", 10.0, projector=False), 860, 400), ((), []), "ja")
    sizes = [Image.open(io.BytesIO(each)).size for each in (short, long, drawn)]
    assert len({width for width, _height in sizes}) == 1
    assert sizes[1][1] > 2 * sizes[0][1], "every line of the table is on it"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    opened_store(tmp_path)
    yield
    engine.forget()


@pytest.mark.usefixtures("store")
def test_a_copy_is_made_when_it_is_asked_for_and_written_down() -> None:
    made: list[int] = []
    suzuki = Viewer(1, Role.PRINCIPAL, 1, username="suzuki")
    copy = recorded(suzuki, "xlsx", "trend-absence_rate", lambda: made.append(1) or b"copy")
    assert made == []
    assert copy() == b"copy"
    with engine.reading() as connection:
        told = connection.exec_driver_sql("select username, kind, parts from export").all()
    assert [tuple(row) for row in told] == [("suzuki", "card_xlsx", "trend-absence_rate")]
    assert io.BytesIO(recorded(None, "csv", "x", lambda: b"y")()).read() == b"y"
