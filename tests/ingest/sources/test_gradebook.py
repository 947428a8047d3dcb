"""Tests and scores from a OneRoster gradebook."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import ingest
from tests.ingest import tiny
from tests.ingest.tiny import HANA, REN, RIKU, SORA, Table, child_ids, csv_of, drop, roster_tables, rows_in, zip_of

KANJI, SUMS, RECORDER = "item-kanji", "item-sums", "item-recorder"


def gradebook_tables() -> dict[str, Table]:
    """Three tests of 5年2組: はな sat all; れん was ill, late or excused."""
    def item(source_id: str, title: str, due: str, category: str, room: str = "room-52", most: str = "100") -> dict[str, str]:
        return {
            "sourcedId": source_id, "status": "", "dateLastModified": "", "title": title, "description": "", "assignDate": due,
            "dueDate": due, "classSourcedId": room, "categorySourcedId": category, "academicSessionSourcedId": "year",
            "resultValueMin": "0", "resultValueMax": most, "schoolSourcedId": "org-miharashi",
        }

    def result(who: str, test: str, status: str, score: str, **more: str) -> dict[str, str]:
        return {
            "sourcedId": f"{who}-{test}", "status": "", "dateLastModified": "", "lineItemSourcedId": test, "studentSourcedId": who,
            "scoreStatus": status, "score": score, "scoreDate": "2026-05-20", "comment": "秘密の一言", "textScore": "",
            "classSourcedId": "room-52", "inProgress": "", "incomplete": "", "late": "", "missing": "",
        } | more

    return {
        "categories": [
            {"sourcedId": "cat-japanese", "status": "", "dateLastModified": "", "title": "国語", "weight": "1"},
            {"sourcedId": "cat-tests", "status": "", "dateLastModified": "", "title": "単元テスト", "weight": "1"},
        ],
        "lineItems": [
            item(KANJI, "漢字 1学期", "2026-05-12T15:00:00.000Z", "cat-japanese"),
            item(SUMS, "小数のかけ算", "2026-05-14", "cat-tests", room="maths", most="50"),
            item(RECORDER, "リコーダー", "2026-05-15", "cat-tests", room="music"),
        ],
        "results": [
            result(HANA, KANJI, "fully graded", "85"), result(REN, KANJI, "exempt", "0"),
            result(HANA, SUMS, "Fully Graded", "48.5"), result(REN, SUMS, "not submitted", "0", missing="true"),
            result(HANA, RECORDER, "fully graded", "", textScore="よくできた"), result(REN, RECORDER, "fully graded", "70", late="true"),
        ],
    }


def with_subject_groups(tables: dict[str, Table]) -> dict[str, Table]:
    for row in tables["classes"]:
        row |= {"subjects": "", "subjectCodes": ""}
    first = tables["classes"][0]
    tables["classes"] += [
        first | {"sourcedId": "maths", "classType": "scheduled", "subjectCodes": "P030"},
        first | {"sourcedId": "music", "classType": "scheduled", "subjects": "音楽"},
    ]
    return tables


def members_of(tables: dict[str, Table], mode: str = "bulk") -> dict[str, bytes | str]:
    manifest = "propertyName,value\noneroster.version,1.2\n" + "".join(f"file.{table},{mode}\n" for table in tables)
    return {"manifest.csv": manifest} | {f"{table}.csv": csv_of(rows) for table, rows in tables.items()}


@pytest.fixture
def school(home: Path) -> Path:
    drop(home, "roster/roster-2026.zip", tiny.roster_zip(with_subject_groups(roster_tables())), at=1_000)
    return home


def loaded(
    school: Path, tables: dict[str, Table], name: str = "gradebook-2026.zip", at: int = 2_000, mode: str = "bulk"
) -> ingest.LoadReport:
    drop(school, f"assessment/{name}", zip_of(members_of(tables, mode)), at=at)
    report = ingest.load(school)
    for file in report.files:
        assert file.rows_read == file.rows_loaded + file.rows_unchanged + file.rows_rejected, file.file
    return report


def report_on(report: ingest.LoadReport, table: str, name: str = "gradebook-2026.zip") -> ingest.FileReport:
    return next(file for file in report.files if (file.source, file.file) == ("assessment", f"{name}!{table}.csv"))


def scores(home: Path) -> dict[tuple[str, str], float | None]:
    names = {number: name for name, number in child_ids(home).items()}
    rows = rows_in(home, "assessment_result").select("student_id", "title", "score").rows()
    return {(names[who], title): score for who, title, score in rows}


def test_line_items_are_tests_and_results_scores(school: Path) -> None:
    report = loaded(school, gradebook_tables())
    assert report.exit_status == 0
    rows = rows_in(school, "assessment_result")
    hana = rows.filter(rows["student_id"] == child_ids(school)[HANA]).sort("day").select("day", "subject", "title", "score", "full_score")
    assert hana.rows() == [
        (datetime.date(2026, 5, 13), "国語", "漢字 1学期", 85.0, 100.0),  # 15:00 in universal time is midnight of the 13th in Japan
        (datetime.date(2026, 5, 14), "算数", "小数のかけ算", 48.5, 50.0),
        (datetime.date(2026, 5, 15), "音楽", "リコーダー", None, 100.0),
    ]
    assert report_on(report, "results").remarked == {"score_in_words": 1}


def test_what_was_not_sat_is_no_zero(school: Path) -> None:
    loaded(school, gradebook_tables())
    assert {title: score for (who, title), score in scores(school).items() if who == REN} == {
        "漢字 1学期": None, "小数のかけ算": None, "リコーダー": 70.0,
    }


@pytest.mark.parametrize("cells", [
    {"scoreStatus": "submitted"}, {"scoreStatus": "partially graded"}, {"missing": "TRUE"}, {"incomplete": "true"}, {"inProgress": "true"},
])
def test_a_score_that_is_none_yet(school: Path, cells: dict[str, str]) -> None:
    tables = gradebook_tables()
    tables["results"][0] |= cells | {"score": "0"}
    loaded(school, tables)
    assert scores(school)[HANA, "漢字 1学期"] is None


def test_comments_stay_in_the_zip(school: Path) -> None:
    loaded(school, gradebook_tables())
    for file in (school / "lake").rglob("*.parquet"):
        assert "秘密".encode() not in file.read_bytes()


def test_rows_that_do_not_fit_are_set_aside(school: Path) -> None:
    tables = gradebook_tables()
    results = tables["results"]
    tables["lineItems"] += [tables["lineItems"][0] | {"sourcedId": "no-subject", "categorySourcedId": "cat-tests"},
                            tables["lineItems"][0] | {"sourcedId": "no-most", "resultValueMax": ""},
                            tables["lineItems"][0] | {"sourcedId": "no-day", "dueDate": "", "assignDate": ""}]
    results += [results[0] | {"sourcedId": name, **cells} for name, cells in {
        "a": {"lineItemSourcedId": "nowhere"}, "b": {"studentSourcedId": "nobody"}, "c": {"score": "101", "studentSourcedId": SORA},
        "d": {"score": "many", "studentSourcedId": SORA}, "e": {"scoreStatus": "ext:later", "studentSourcedId": RIKU},
        "f": {}, "g": {"lineItemSourcedId": "no-subject"},
    }.items()]
    report = loaded(school, tables)
    assert report_on(report, "lineItems").rejected == {"no_subject": 1, "missing_value": 2}
    assert report_on(report, "results").rejected == {
        "unknown_line_item": 1, "rejected_reference": 1, "unknown_child": 1,
        "score_above_full": 1, "bad_number": 1, "unknown_code": 1, "twice_a_day": 1,
    }
    assert rows_in(school, "assessment_result").height == 6


def test_a_gradebook_in_the_zip_of_the_roster(school: Path) -> None:
    members = members_of(with_subject_groups(roster_tables()) | gradebook_tables())
    drop(school, "roster/roster-2026.zip", zip_of(members))
    report = ingest.load(school)
    assert rows_in(school, "assessment_result").height == 6
    assert report_on(report, "results", "roster-2026.zip").rows_loaded == 6
    assert ingest.load(school).outcome == "unchanged"


def test_changes_to_a_gradebook(school: Path) -> None:
    loaded(school, gradebook_tables())
    first, second = gradebook_tables()["results"][:2]
    changes = [first | {"dateLastModified": "2026-06-01T00:00:00Z", "score": "90"},
               second | {"dateLastModified": "2026-06-01T00:00:00Z", "status": "tobedeleted"}]
    report = loaded(school, {"results": changes}, "delta-2026.zip", 3_000, "delta")
    assert report.exit_status == 0
    known = scores(school)
    assert known[HANA, "漢字 1学期"] == 90
    assert (REN, "漢字 1学期") not in known
    assert len(known) == 5


def test_a_gradebook_and_a_table_of_tests_are_one(school: Path) -> None:
    header = "学校コード,児童生徒番号,教科,テスト名,実施日,得点,満点\n"
    row = f"{tiny.MIHARASHI},{tiny.NUMBERS[HANA]},国語,漢字 1学期,2026-05-13,10,100\n"
    other = f"{tiny.MIHARASHI},{tiny.NUMBERS[SORA]},国語,漢字 1学期,2026-05-13,60,100\n"
    drop(school, "assessment/tests-2026.csv", header + row + other, at=1_500)
    loaded(school, gradebook_tables())
    assert scores(school)[HANA, "漢字 1学期"] == 85
    assert scores(school)[SORA, "漢字 1学期"] == 60


@pytest.mark.parametrize(("left_out", "code"), [("lineItems", "missing_member"), ("results", "missing_member")])
def test_half_a_gradebook_is_refused(school: Path, left_out: str, code: str) -> None:
    tables = gradebook_tables()
    tables.pop(left_out)
    drop(school, "assessment/gradebook-2026.zip", zip_of(members_of(tables)))
    report = ingest.load(school)
    said = [sentence.code for file in report.files if file.source == "assessment" for sentence in file.sentences]
    assert said == [code]


def test_a_gradebook_of_no_year_in_its_name(school: Path) -> None:
    loaded(school, gradebook_tables(), "seiseki.zip")
    assert rows_in(school, "assessment_result").height == 6


def test_a_gradebook_without_subjects_is_refused_in_one_sentence(school: Path) -> None:
    tables = gradebook_tables()
    for row in tables["lineItems"]:
        row |= {"classSourcedId": "room-52", "categorySourcedId": "cat-tests"}
    report = loaded(school, tables)
    refused = [(file.file, [said.code for said in file.sentences]) for file in report.files if file.outcome == "refused"]
    assert refused == [("gradebook-2026.zip", ["gradebook_without_subjects"])]
    assert "subjectCodes" in next(said.remedy_ja for file in report.files if file.outcome == "refused" for said in file.sentences)


def test_a_gradebook_may_lie_loose_in_its_folder(school: Path) -> None:
    for name, content in members_of(gradebook_tables()).items():
        drop(school, f"assessment/2026/{name}", content)
    assert ingest.load(school).exit_status == 0
    assert scores(school)[HANA, "漢字 1学期"] == 85.0
