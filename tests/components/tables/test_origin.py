"""Where figures come from, in words: source, load, time and last day; a file's name only where the gate gave it."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest

from components.tables import origin as shown

FRIDAY = date(2026, 11, 20)


def row(source: str, load: int, file: str | None, last_on: date | None, files: int = 1) -> dict[str, object]:
    return {
        "source": source, "load_id": load, "loaded_at": datetime.fromisoformat("2026-11-20T08:05"), "last_on": last_on, "spoken_on": FRIDAY,
        "files": files, "file": file,
    }  # fmt: skip


def told(monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, object]], *sources: str) -> list[dict[str, str]]:
    answers = pl.DataFrame(rows, schema_overrides={"file": pl.String, "last_on": pl.Date})
    monkeypatch.setattr(shown, "language", lambda: "en")
    monkeypatch.setattr(shown, "_", lambda key, **words: f"{key} {' '.join(str(word) for word in words.values())}".strip())
    return shown.Origins(answers, {"attendance": {"lists_exceptions": True}}).of(sources).rows(named=True)


def test_a_figure_names_its_load_its_time_and_its_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = told(monkeypatch, [row("mood", 12, "mood-2026.csv", date(2026, 11, 19))], "mood")
    assert lines == [
        {
            "column.source": "source.mood", "column.load": "origin.load 12", "column.loaded_at": "Fri 20 Nov 08:05",
            "column.last_on": "Thu 19 Nov", "column.file": "mood-2026.csv",
        }
    ]  # fmt: skip


def test_where_no_file_name_may_be_seen_there_is_no_column_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = told(monkeypatch, [row("mood", 12, None, FRIDAY)], "mood")
    assert "column.file" not in lines[0]


def test_a_register_of_exceptions_speaks_as_far_as_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row("attendance", 3, None, date(2026, 11, 10)), row("roster", 1, None, None)]
    lines = told(monkeypatch, rows, "attendance", "roster")
    assert [line["column.last_on"] for line in lines] == ["Fri 20 Nov", "origin.no_day"]


def test_earlier_loads_and_further_files_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row("mood", load, "a.csv", FRIDAY, files=3) for load in (8, 7, 6, 5, 4)]
    lines = told(monkeypatch, rows, "mood")
    assert [line["column.load"] for line in lines] == ["origin.load 8", "origin.load 7", "origin.load 6origin.earlier 2"]
    assert lines[0]["column.file"] == "origin.files a.csv 2"


def test_sources_stand_in_the_order_asked_for_and_others_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(source, 1, None, FRIDAY) for source in ("attendance", "calendar", "mood")]
    lines = told(monkeypatch, rows, "mood", "attendance")
    assert [line["column.source"] for line in lines] == ["source.mood", "source.attendance"]
