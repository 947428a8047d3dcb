"""Of which school, class and month rejected rows are, and which of them leave a gap. Small registers of spring 2026, worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ingest.loading import load
from tests.ingest.tiny import (
    HANA,
    MIHARASHI,
    MINATO,
    NUMBERS,
    REN,
    RIKU,
    SORA,
    calendar_text,
    child_ids,
    drop,
    roster_tables,
    roster_zip,
)

HEAD = "学校コード,児童生徒番号,日付,出欠区分,理由"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    drop(tmp_path, "roster/roster-2026.zip", roster_zip())
    drop(tmp_path, "calendar/calendar-2026.csv", calendar_text())
    return tmp_path


def register(*rows: tuple[str, str, str, str], head: str = HEAD) -> str:
    return "\r\n".join([head, *(f"{school},{NUMBERS.get(child, child)},{day},{status}," for school, child, day, status in rows)]) + "\r\n"


def places(home: Path) -> list[dict[str, Any]]:
    path = home / "lake" / "rejected_place" / "all.parquet"
    return pl.read_parquet(path).to_dicts() if path.is_file() else []


def told(home: Path, *names: str) -> list[tuple[Any, ...]]:
    return sorted((tuple(row[name] for name in names) for row in places(home)), key=str)


def school_ids(home: Path) -> dict[str, int]:
    rows = pl.read_parquet(home / "lake" / "school" / "all.parquet")
    return dict(zip(rows["school_code"], rows["school_id"], strict=True))


def class_of(home: Path, child: str) -> int:
    rows = pl.read_parquet(home / "lake" / "enrollment" / "2026.parquet")
    return rows.filter(pl.col("student_id") == child_ids(home)[child]).item(0, "class_id")


def test_a_clean_load_writes_no_such_table(home: Path) -> None:
    drop(home, "attendance/attendance-2026.csv", register((MIHARASHI, HANA, "2026-04-13", "病欠")))
    load(home)
    assert places(home) == []


def test_rows_are_counted_where_they_say_they_belong(home: Path) -> None:
    """
    はな (5年2組) twice in April and りく (港小 6年1組) once in May with a word nobody knows; a child nobody knows at 見晴小 in May; a row
    without a day. Two words stand with fewer than five children: the words are not kept.
    """
    drop(home, "attendance/attendance-2026.csv", register(
        (MIHARASHI, HANA, "2026-04-13", "インフル"), (MIHARASHI, HANA, "2026-04-14", "インフル"), (MINATO, RIKU, "2026-05-11", "インフル"),
        (MIHARASHI, "99999999", "2026-05-12", "病欠"), (MIHARASHI, REN, "いつか", "病欠"), (MIHARASHI, REN, "2026-04-15", "病欠"),
    ))
    load(home)
    at, minato = (school_ids(home)[code] for code in (MIHARASHI, MINATO))
    rows = told(home, "school_id", "class_id", "month", "code", "column", "value", "rows_rejected", "rows_missing")
    assert set(rows) == {
        (at, class_of(home, HANA), date(2026, 4, 1), "unknown_code", "出欠区分", None, 2, 2),
        (minato, class_of(home, RIKU), date(2026, 5, 1), "unknown_code", "出欠区分", None, 1, 1),
        (at, None, date(2026, 5, 1), "unknown_child", "児童生徒番号", None, 1, 1),
        (at, None, None, "bad_date", "日付", None, 1, 1),
    }
    april = next(row for row in places(home) if row["rows_rejected"] == 2)
    assert (april["first_on"], april["last_on"]) == (date(2026, 4, 13), date(2026, 4, 14))


def test_a_word_of_five_children_is_a_code_and_kept_that_of_one_child_may_be_about_it(tmp_path: Path) -> None:
    """Five children of 5年2組 have インフル; the sixth's status holds a name that slipped into the column, ten times over."""
    tables = roster_tables()
    for number in range(6):
        who = f"child-{number}"
        tables["users"].append(tables["users"][0] | {"sourcedId": who, "username": who, "identifier": f"3000000{number}"})
        tables["roles"].append(tables["roles"][0] | {"sourcedId": f"role-{who}", "userSourcedId": who})
        tables["enrollments"].append(tables["enrollments"][0] | {
            "sourcedId": f"link-{who}", "userSourcedId": who, "metadata.jp.ShussekiNo": f"{number + 10}",
        })
    drop(tmp_path, "roster/roster-2026.zip", roster_zip(tables))
    drop(tmp_path, "calendar/calendar-2026.csv", calendar_text())
    rows = [(MIHARASHI, f"3000000{number}", "2026-04-13", "インフル") for number in range(5)]
    rows += [(MIHARASHI, "30000005", f"2026-04-{day}", "山田 花子") for day in (13, 14, 15, 16, 17, 20, 21, 22, 23, 24)]
    drop(tmp_path, "attendance/attendance-2026.csv", register(*rows))
    load(tmp_path)
    assert told(tmp_path, "value", "rows_rejected") == [("インフル", 5), (None, 10)]


def test_what_is_mended_doubled_or_beside_the_figures_leaves_no_gap(home: Path) -> None:
    """
    Of はな 13 April comes mended in a second file; れん's 14 April is said twice; そら was never at 港小; 2025 is another 年度, and on
    14 May school was closed. Only はな's 15 April is missing.
    """
    drop(home, "attendance/attendance-2026-a.csv", register(
        (MIHARASHI, HANA, "2026-04-13", "インフル"), (MIHARASHI, HANA, "2026-04-15", "インフル"),
        (MIHARASHI, REN, "2026-04-14", "病欠"), (MIHARASHI, REN, "2026-04-14", "遅刻"),
        (MINATO, SORA, "2026-04-14", "病欠"), (MIHARASHI, REN, "2025-04-14", "病欠"), (MIHARASHI, REN, "2026-05-14", "病欠"),
    ), at=1_000_000_000)
    drop(home, "attendance/attendance-2026-b.csv", register((MIHARASHI, HANA, "2026-04-13", "病欠")), at=1_000_000_100)
    load(home)
    found = {row["code"]: (row["rows_rejected"], row["rows_missing"]) for row in places(home)}
    assert found == {
        "unknown_code": (2, 1), "contradicting_day": (1, 0), "other_school": (1, 0), "date_outside_year": (1, 0),
        "not_a_school_day": (1, 0),
    }


def test_a_file_refused_for_a_column_tells_its_places_by_the_others(home: Path) -> None:
    """港小's own file calls the status 出欠の別: all its rows are missing, by month; 見晴小's file is loaded."""
    drop(home, "attendance/attendance-2026-a.csv", register((MIHARASHI, HANA, "2026-04-13", "病欠")))
    drop(home, "attendance/attendance-2026-b.csv", register(
        (MINATO, RIKU, "2026-04-13", "病欠"), (MINATO, RIKU, "2026-04-14", "病欠"), (MINATO, RIKU, "2026-05-11", "病欠"),
        head=HEAD.replace("出欠区分", "出欠の別"),
    ))
    load(home)
    minato = school_ids(home)[MINATO]
    rows = told(home, "school_id", "month", "code", "column", "rows_missing")
    assert [(school, month.month, *rest) for school, month, *rest in rows] == [
        (minato, 4, "missing_column", "出欠区分", 2), (minato, 5, "missing_column", "出欠区分", 1),
    ]


def test_a_mended_file_takes_its_gaps_with_it_and_others_stay(home: Path) -> None:
    drop(home, "attendance/attendance-2026.csv", register((MIHARASHI, HANA, "2026-04-13", "インフル")))
    drop(home, "health_room/health_room-2026.csv", "学校コード,児童生徒番号,日付\r\n" + f"{MINATO},999,2026-04-13\r\n")
    load(home)
    assert told(home, "source") == [("attendance",), ("health_room",)]
    drop(home, "attendance/attendance-2026.csv", register((MIHARASHI, HANA, "2026-04-13", "病欠")))
    load(home)
    assert told(home, "source") == [("health_room",)]
