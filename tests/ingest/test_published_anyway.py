"""Whatever one row says, what else was sent is published: doubled and contradicting rows of every source, a whole load of them.

はな is in 5年2組 of 見晴小. Of every source come: a row, the same row, and one that says otherwise of the same thing; and of most a second
file, which is right where it says something else. One load takes it all in, builds the district file and lets it serve.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

import ingest
from ingest.intake import reading
from ingest.registry import flows
from ingest.roster.keys import Keys
from tests.ingest.sources.test_handover import packed
from tests.ingest.sources.test_school_list import TITLES, row
from tests.ingest.tiny import (
    HANA,
    MIHARASHI,
    NUMBERS,
    REN,
    Table,
    calendar_text,
    child_ids,
    drop,
    roster_tables,
    roster_zip,
    rows_in,
)

SCHOOL, CHILD = MIHARASHI, NUMBERS[HANA]
OF_CHILD = f"{SCHOOL},{CHILD}"
# source → table, titles, a row, and what it says first, says again and says otherwise
DOUBLED: dict[str, tuple[str, str, str, tuple[object, object, object]]] = {
    "attendance": ("attendance", "学校コード,児童生徒番号,日付,出欠区分", f"{OF_CHILD},2026-04-13,{{}}", ("病欠", "病欠", "出席停止")),
    "attendance_totals": ("attendance_total", "学校コード,学級,年月,欠席延べ日数", f"{SCHOOL},5年2組,2026-04,{{}}", (1, 1, 7)),
    "attendance_month": ("attendance_month", "学校コード,児童生徒番号,年月,欠席日数", f"{OF_CHILD},2026-04,{{}}", (1, 1, 7)),
    "mood": ("mood", "学習者ID,日付,心の天気", f"{HANA},2026-04-13,{{}}", ("晴れ", "晴れ", "雷")),
    "health_room": (
        "health_room", "学校コード,児童生徒番号,来室日,来室時刻,体温", f"{OF_CHILD},2026-04-13,10:20,{{}}", (36.5, 36.5, 38.5)
    ),
    "study_log": ("study_log", "学習者ID,日付,教科,学習時間(分),解答数,正答数", f"{HANA},2026-04-13,算数,5,10,{{}}", (8, 8, 2)),
    "assessment": (
        "assessment_result", "学校コード,児童生徒番号,教科,テスト名,実施日,得点,満点", f"{OF_CHILD},算数,まとめ,2026-04-13,{{}},100",
        (80, 80, 20),
    ),
    "evaluation": ("evaluation", "学校コード,児童生徒番号,学期,教科,知識・技能,評定", f"{OF_CHILD},1,国語,{{}}", ("A,3", "A,3", "C,1")),
    "narrative": ("narrative", "学校コード,児童生徒番号,学期,区分,文章", f"{OF_CHILD},1,所見,{{}}", ("よく話す。",) * 3),
    "incidents": ("incident", "学校コード,年月,区分,件数", f"{SCHOOL},2026-04,いじめ認知,{{}}", (3, 3, 5)),
    "staff_hours": (
        "staff_hours", "職員番号,学校コード,年月,在校等時間,時間外在校等時間", f"T000102,{SCHOOL},2026-04,{{}}",
        ("200,40", "200,40", "250,90"),
    ),
    "staff_pulse": ("staff_pulse", "学校コード,年月,設問,回答,人数", f"{SCHOOL},2026-04,仕事の負担,強く感じる,{{}}", (12, 12, 2)),
    "school_facts": ("school_fact", "学校コード,年度,児童生徒数", f"{SCHOOL},2026,{{}}", (400, 400, 20)),
    "dx_checklist": ("dx_answer", "学校コード,項目番号,項目,回答", f"{SCHOOL},1-1,欠席連絡,{{}}", ("はい", "はい", "いいえ")),
    "municipality_figures": (
        "municipality_figure", "教育委員会コード,市区町村,数字の記号,期間,期間の初日,分子,分母,人数,集計日",
        "131999,みどり市,absence_rate,月,2026-04-01,{},738,60,2026-06-20", (12, 12, 70),
    ),
    "school_list": ("school_list", TITLES, row(MIHARASHI, "{}"), ("見晴小学校", "見晴小学校", "別の学校")),
}  # fmt: skip
FILE_NAMES = {"municipality_figures": "figures-131999-2026"}
# source → by which reason the second and the third row stay out
REASONS = dict.fromkeys(DOUBLED, ("twice_a_day", "twice_a_day")) | {
    "attendance": ("twice_a_day", "contradicting_day"), "school_list": ("duplicate_id", "duplicate_id"),
}


def contradicting_roster() -> dict[str, Table]:
    """The roster, in which the same is said twice and otherwise of everything it names."""
    tables = roster_tables()
    for table in ("orgs", "classes", "users", "roles", "enrollments", "academicSessions"):
        tables[table].append(dict(tables[table][-1]))  # the very same record
    first = {table: rows[0] for table, rows in tables.items()}
    tables["orgs"].append(tables["orgs"][1] | {"name": "別の学校"})
    tables["orgs"].append(tables["orgs"][1] | {"sourcedId": "org-double", "name": "同じコードの学校"})
    tables["classes"].append(first["classes"] | {"title": "別の学級"})
    tables["users"].append(first["users"] | {"familyName": "別人"})
    tables["users"].append(first["users"] | {"sourcedId": "child-double"})  # はな's number
    tables["academicSessions"].append(first["academicSessions"] | {"sourcedId": "year-2", "title": "別の年度"})
    tables["roles"].append(tables["roles"][0] | {"sourcedId": "role-double", "userSourcedId": "child-double"})
    suzuki = next(each for each in tables["roles"] if each["userSourcedId"] == "suzuki")
    tables["roles"] += [suzuki | {"sourcedId": "again"}, suzuki | {"sourcedId": "nurse", "role": "ext:schoolNurse"}]
    tanaka = next(each for each in tables["enrollments"] if each["userSourcedId"] == "tanaka")
    tables["enrollments"] += [
        first["enrollments"] | {"sourcedId": "again"}, first["enrollments"] | {"sourcedId": "other", "classSourcedId": "room-61"},
        tanaka | {"sourcedId": "again-too"}, tanaka | {"sourcedId": "again-not-first", "primary": "false"},
    ]
    return tables


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ingest.LoadReport]:
    """A district into which all of this was loaded at once."""
    home = tmp_path_factory.mktemp("anyway")
    drop(home, "roster/roster-2026-a.zip", roster_zip(contradicting_roster()), at=1_000)
    other = roster_tables()  # れん is in the roster of another school, too
    other["classes"] = [each for each in other["classes"] if each["schoolSourcedId"] == "org-minato"]
    other["enrollments"] = [each for each in other["enrollments"] if each["classSourcedId"] == "room-m61"]
    other["users"] = [each for each in other["users"] if each["sourcedId"] != HANA]
    other["enrollments"].append(other["enrollments"][0] | {"sourcedId": "ren-too", "userSourcedId": REN})
    drop(home, "roster/roster-2026-b.zip", roster_zip(other), at=2_000)
    day = calendar_text().splitlines()[1:3]
    drop(home, "calendar/calendar-2026.csv", "\r\n".join([*calendar_text().splitlines(), day[0], day[0].replace("授業日", "休業日")]))
    for source, (_, titles, pattern, said) in DOUBLED.items():
        name = FILE_NAMES.get(source, f"{source}-2026")
        rows = [pattern.format(each) for each in said]
        drop(home, f"{source}/{name}.csv", "\n".join([titles, *rows]) + "\n", at=1_000)
        if source not in ("school_list", "municipality_figures"):
            drop(home, f"{source}/{name}-b.csv", "\n".join([titles, rows[2]]) + "\n", at=2_000)
    drop(home, "handover/package.zip", packed())
    drop(home, "handover/package-again.zip", packed())
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MIHARASHI_TODAY", "2026-07-01")
        return home, ingest.load(home)


def test_it_is_published(published: tuple[Path, ingest.LoadReport]) -> None:
    home, report = published
    assert (report.outcome, [said.code for said in report.sentences]) == ("loaded", [])
    assert (home / "district" / "CURRENT").is_file()
    assert set(DOUBLED) | {"roster", "calendar", "handover"} == {flow.source for flow in flows()}


@pytest.mark.parametrize("source", DOUBLED)
def test_the_first_row_is_loaded_and_the_others_name_it(published: tuple[Path, ingest.LoadReport], source: str) -> None:
    home, report = published
    table = DOUBLED[source][0]
    [first, *later] = [each for each in report.files if each.source == source]
    rejected = rows_in(home, "rejected_row", "all").filter(pl.col("file_id") == first.file_id).sort("file_row")
    assert rejected.select("file_row", "code").rows() == list(zip((3, 4), REASONS[source], strict=True))
    assert all("2行目" in said for said in rejected["message_ja"])
    assert all("row 2" in said.lower() for said in rejected["message_en"])
    rows = rows_in(home, table)
    assert rows.height == 1, "of two files the later one is right"
    assert rows["file_id"].to_list() == [(later or [first])[-1].file_id]


def test_the_roster_keeps_the_first_of_each(published: tuple[Path, ingest.LoadReport]) -> None:
    home, report = published
    rejected = {each.file: each.rejected for each in report.files if each.source == "roster" and each.rejected}
    assert rejected == {
        "roster-2026-a.zip!orgs.csv": {"duplicate_id": 2, "school_code_taken": 1}, "roster-2026-a.zip!classes.csv": {"duplicate_id": 2},
        "roster-2026-a.zip!users.csv": {"duplicate_id": 2, "identifier_taken": 1},
        "roster-2026-a.zip!roles.csv": {"duplicate_id": 1, "rejected_reference": 1},
        "roster-2026-a.zip!enrollments.csv": {"duplicate_id": 1},
        "roster-2026-a.zip!academicSessions.csv": {"duplicate_id": 1},
    }
    of_hana = rows_in(home, "enrollment").filter(pl.col("student_id") == child_ids(home)[HANA])
    assert of_hana.height == 1, "one child is in one class on one day"


def as_before(home: Path) -> None:
    """The keys as they were kept before a class was one of its 年度."""
    keys = rows_in(home, "key", "class").drop("fiscal_year")
    keys.write_parquet(home / "lake" / "key" / "class.parquet")


def untouched(_home: Path) -> None:
    """The keys as they are kept now."""


@pytest.mark.parametrize("older", [untouched, as_before], ids=["now", "lake of before"])
@pytest.mark.parametrize("first", [2025, 2026])
def test_a_system_that_uses_its_ids_of_classes_again_every_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unbuilt: None, first: int, older: Callable[[Path], None]
) -> None:
    """Two rosters, two 年度, the same four ids of classes: eight classes, and those of the first load keep their numbers."""
    drop(tmp_path, f"roster/roster-{first}.zip", roster_zip(roster_tables(first)))
    ingest.load(tmp_path)
    before = rows_in(tmp_path, "class", first).select("class_id", "key").rows()
    older(tmp_path)
    second = 2025 + 2026 - first
    drop(tmp_path, f"roster/roster-{second}.zip", roster_zip(roster_tables(second)))
    ingest.load(tmp_path)
    assert rows_in(tmp_path, "class", first).select("class_id", "key").rows() == before
    both = pl.concat([rows_in(tmp_path, "class", year) for year in (2025, 2026)])
    assert (both.height, both["class_id"].n_unique(), both["key"].n_unique()) == (8, 8, 8)
    for year in (2025, 2026):
        assert set(rows_in(tmp_path, "enrollment", year)["class_id"]) <= set(rows_in(tmp_path, "class", year)["class_id"])
        assert set(rows_in(tmp_path, "teaching", year)["class_id"]) <= set(rows_in(tmp_path, "class", year)["class_id"])
    assert rows_in(tmp_path, "key", "class").sort("id")["fiscal_year"].to_list() == [first] * 4 + [second] * 4


def test_a_lake_in_which_two_years_share_their_classes_is_put_right_by_the_next_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, the second roster was taken in under the numbers of the first and could not be published. The next load reads both again."""
    monkeypatch.setenv("MIHARASHI_TODAY", "2026-07-01")
    for year in (2025, 2026):
        drop(tmp_path, f"roster/roster-{year}.zip", roster_zip(roster_tables(year)))
        drop(tmp_path, f"calendar/calendar-{year}.csv", calendar_text(year))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ingest.roster.source.Keys", lambda lake, kind, _year=None: Keys(lake, kind))
        assert ingest.load(tmp_path).outcome == "stopped"
    as_before(tmp_path)
    assert rows_in(tmp_path, "class", 2025)["class_id"].to_list() == rows_in(tmp_path, "class", 2026)["class_id"].to_list()
    shutil.rmtree(tmp_path / "district")
    notes = tmp_path / "lake" / "loaded.json"
    notes.write_text(notes.read_text(encoding="utf-8").replace('"fingerprint": "', '"fingerprint": "of another house '), encoding="utf-8")
    report = ingest.load(tmp_path)
    assert report.outcome == "loaded"
    assert report.district is not None
    with duckdb.connect(str(report.district), read_only=True) as district:
        in_class = district.execute(
            "select class.fiscal_year, count(distinct student_id) from student_day join class using (class_id) where name = '5年2組'"
            " group by 1 order by 1"
        ).fetchall()
    assert in_class == [(2025, 3), (2026, 3)]


@pytest.mark.parametrize("today", ["2027-04-01", "2026-03-20"], ids=["before this year's roster", "before its first day"])
def test_a_day_on_which_nobody_is_enrolled_yet_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, today: str) -> None:
    """On 1 April last year's roster is over and this year's not there; in March next year's is there and has not begun."""
    monkeypatch.setenv("MIHARASHI_TODAY", today)
    drop(tmp_path, "roster/roster-2026.zip", roster_zip())
    drop(tmp_path, "calendar/calendar-2026.csv", calendar_text())
    assert ingest.load(tmp_path).outcome == "loaded"


def test_a_roster_that_leaves_nobody_enrolled_is_said_to_be_that(tmp_path: Path) -> None:
    """Every class names a school nobody knows: that is for whoever sent the roster, and no fault of ours."""
    tables = roster_tables()
    tables["classes"] = [each | {"schoolSourcedId": "org-nowhere"} for each in tables["classes"]]
    drop(tmp_path, "roster/roster-2026.zip", roster_zip(tables))
    report = ingest.load(tmp_path)
    assert (report.outcome, report.exit_status, [said.code for said in report.sentences]) == ("nothing", 2, ["nobody_enrolled"])


def test_a_text_in_each_of_several_columns_is_several_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that writes a column per kind of text: one row of the file is two texts, and both are published."""
    monkeypatch.setenv("MIHARASHI_TODAY", "2026-07-01")
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "narrative.toml").write_text(
        '[wide]\ntitles = "(総合所見|道徳)"\ninto = "kind"\nvalue = "text"\n', encoding="utf-8"
    )
    drop(tmp_path, "roster/roster-2026.zip", roster_zip())
    drop(tmp_path, "narrative/narrative-2026.csv", f"学校コード,児童生徒番号,学期,総合所見,道徳\n{OF_CHILD},1,よく話す。,よく聞く。\n")
    assert ingest.load(tmp_path).outcome == "loaded"
    assert rows_in(tmp_path, "narrative").select("file_row", "kind").rows() == [(2, "overall"), (2, "moral_education")]


def test_two_stretches_of_one_office_are_both_kept(tmp_path: Path, unbuilt: None) -> None:
    """A counselor's contract from April to July and from October on: nothing in between."""
    tables = roster_tables()
    counselor = tables["roles"][-1] | {"role": "counselor", "userSourcedId": "yamamoto", "orgSourcedId": "org-miharashi"}
    tables["roles"] = [each for each in tables["roles"] if each["userSourcedId"] != "yamamoto"]
    tables["roles"] += [
        counselor | {"sourcedId": "spring", "beginDate": "2026-04-01", "endDate": "2026-07-31"},
        counselor | {"sourcedId": "autumn", "beginDate": "2026-10-01", "endDate": "2027-03-31"},
    ]
    drop(tmp_path, "roster/roster-2026.zip", roster_zip(tables))
    ingest.load(tmp_path)
    held = rows_in(tmp_path, "staff_role").filter(pl.col("role") == "counselor").sort("begins_on")
    assert held.select(pl.col("begins_on", "ends_on").cast(pl.String)).rows() == [
        ("2026-04-01", "2026-07-31"), ("2026-10-01", "2027-03-31"),
    ]


def test_a_file_whose_year_cannot_even_be_asked_holds_no_other_back(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name tells no 年度, and looking for it among the rows fails as nobody has foreseen: that file stays out, under a number."""
    def failing(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "chunks_of", failing)
    drop(home, "mood/mood.csv", f"学習者ID,日付,心の天気\n{HANA},2026-04-13,晴れ\n")
    drop(home, "school_facts/school_facts-2026.csv", f"学校コード,年度,児童生徒数\n{SCHOOL},2026,400\n")
    report = ingest.load(home)
    refused = [(each.file, [said.code for said in each.sentences]) for each in report.files if each.outcome == "refused"]
    assert refused == [("mood.csv", ["unexpected"])]
    assert (report.outcome, rows_in(home, "school_fact").height) == ("loaded", 1)
