"""A package from a former school: every row arrives or is set aside, and nobody gets another child's record."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

import ingest
from components.documents.handover_zip import package
from ingest.__main__ import app
from ingest.files.reasons import known_reasons
from queries.handover import members
from tests.ingest.tiny import HANA, NUMBERS, REN, child_ids, drop, roster_tables, roster_zip, rows_in, zip_of

MASTER = "5f0c2c3e-0000-4000-8000-000000000001"
FRIDAY = datetime.date(2026, 11, 20)
CHILD: dict[str, Any] = {
    "student_key": "abcdefghij", "school_key": "schoolkey1", "school_name": "遠くの小学校", "school_kind": "elementary", "grade": 5,
    "family_name": "佐藤", "given_name": "はな", "family_name_kana": "サトウ", "given_name_kana": "ハナ", "student_number": "99",
    "master_id": MASTER,
}
SESSIONS = pl.DataFrame(
    {"fiscal_year": [2026], "title": ["2026年度"], "starts_on": [datetime.date(2026, 4, 1)], "ends_on": [datetime.date(2027, 3, 31)]}
)


def records() -> dict[str, pl.DataFrame]:
    """A few rows of every kind; every text that a spreadsheet or a CSV could trip over among them."""
    day = {"fiscal_year": [2026, 2026], "day": [FRIDAY, FRIDAY - datetime.timedelta(days=1)]}
    marks = {"grade": [5], "term": [1], "fiscal_year": [2026]}
    return {
        "enrollment": pl.DataFrame({
            "fiscal_year": [2026], "class_key": ["classkey01"], "class_name": ["5年1組"], "grade": [5], "number": [3],
            "begins_on": [datetime.date(2026, 4, 1)], "ends_on": [FRIDAY],
        }),
        "attendance": pl.DataFrame({
            **day, "status": ["absent_sick", "present"], "is_late": [False, True], "is_early_leave": [False, False],
            "reason": ["=発熱", None],
        }),
        "mood": pl.DataFrame({**day, "level": [1, 4]}),
        "health_room": pl.DataFrame({
            **day, "entered_at": ["10:00", None], "left_at": ["10:20", None], "reason": ["内科", "けが"],
            "symptom": ["頭痛, 腹痛", "\"痛い\""], "temperature": [36.8, None], "action": ["休養\n保護者に連絡", None],
        }),
        "study_log": pl.DataFrame({**day, "subject": ["算数", "国語"], "minutes": [5.25, 3.0], "answers": [10, 4], "correct": [8, 4]}),
        "assessment": pl.DataFrame({
            **day, "subject": ["算数", "国語"], "title": ["まとめ", "漢字"], "score": [85.5, None], "full_score": [100.0, 50.0],
        }),
        "evaluation": pl.DataFrame({
            **marks, "subject": ["算数"], "knowledge": ["A"], "thinking": ["B"], "attitude": ["A"], "overall_mark": [3],
        }),
        "narrative": pl.DataFrame({
            **marks, "day": pl.Series([None], dtype=pl.Date), "kind": ["総合所見"], "text": ["'よくがんばりました'と言えます。"],
        }),
    }  # fmt: skip


def packed(child: dict[str, Any] = CHILD, **changed: pl.DataFrame) -> bytes:
    return package(child, records() | changed, SESSIONS, FRIDAY, 2026, b"%PDF-")


def knowing(home: Path, master: str = MASTER) -> Path:
    """The district with はな's userMasterIdentifier on its roster, loaded."""
    tables = roster_tables()
    tables["users"][0]["userMasterIdentifier"] = master
    drop(home, "roster/roster-2026.zip", roster_zip(tables))
    ingest.load(home)
    return home


def dropped(home: Path, content: bytes) -> ingest.LoadReport:
    drop(home, "handover/miharashi-handover-20261120.zip", content)
    return ingest.load(home)


def files_of(report: ingest.LoadReport) -> list[ingest.FileReport]:
    return [file for file in report.files if file.source == "handover"]


def test_every_row_of_every_kind_arrives_under_the_childs_own_key(home: Path) -> None:
    report = dropped(knowing(home), packed())
    arrived = rows_in(home, "former_record")
    sent = records()
    assert set(arrived["student_id"]) == {child_ids(home)[HANA]}
    assert set(arrived["school_name"]) == {"遠くの小学校"}
    assert dict(arrived["source"].value_counts().iter_rows()) == {source: rows.height for source, rows in sent.items()}
    assert sum(file.rows_read for file in files_of(report)) == arrived.height
    for member in members():
        came = [json.loads(cells) for cells in arrived.filter(pl.col("source") == member.source).sort("file_row")["cells"]]
        went = sent[member.source].select(member.columns).with_columns(pl.col(pl.Float64).cast(pl.String)).rows(named=True)
        assert came == [{name: said(value) for name, value in row.items()} for row in went], member.source


def said(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def test_a_row_that_cannot_be_understood_is_set_aside_and_the_rest_arrives(home: Path) -> None:
    wrong = records()["mood"].with_columns(fiscal_year=pl.Series([2026, None]))
    report = dropped(knowing(home), packed(mood=wrong))
    mood = next(file for file in files_of(report) if file.file.endswith("mood.csv"))
    assert (mood.rows_read, mood.rows_loaded, mood.rows_rejected, mood.rejected) == (2, 1, 1, {"missing_value": 1})


def test_a_package_loaded_twice_changes_nothing(home: Path) -> None:
    dropped(knowing(home), packed())
    first = rows_in(home, "former_record")
    drop(home, "handover/again.zip", packed())
    report = ingest.load(home)
    assert rows_in(home, "former_record").drop("file_id").equals(first.drop("file_id"))
    assert [said.code for file in files_of(report) if file.outcome == "refused" for said in file.sentences][:1] == ["package_twice"]


def test_a_child_nobody_can_be_sure_of_is_never_found_by_name(home: Path) -> None:
    report = dropped(knowing(home, master=""), packed())
    assert [said.code for file in files_of(report) for said in file.sentences][:1] == ["handover_unknown_child"]
    assert not (home / "lake" / "former_record").exists()


def test_the_number_a_clerk_gives_is_enough(home: Path, tmp_path: Path) -> None:
    knowing(home, master="")
    file = tmp_path / "came.zip"
    file.write_bytes(packed())
    run = CliRunner().invoke(app, ["hand-over", str(file), "--student-number", NUMBERS[REN], "--data", str(home)])
    assert run.exit_code == 0, run.output
    ingest.load(home)
    assert set(rows_in(home, "former_record")["student_id"]) == {child_ids(home)[REN]}


@pytest.mark.parametrize(("number", "code"), [("000", "handover_unknown_number"), (NUMBERS[REN], "handover_contradicts")])
def test_a_number_of_nobody_or_of_somebody_else_is_refused_at_the_desk(home: Path, tmp_path: Path, number: str, code: str) -> None:
    knowing(home)
    file = tmp_path / "came.zip"
    file.write_bytes(packed())
    run = CliRunner().invoke(app, ["hand-over", str(file), "--student-number", number, "--data", str(home)])
    assert run.exit_code == 2
    assert known_reasons()[code].ja.split("{")[0][:20] in run.output.replace("\n", "")
    assert not (home / "inbox" / "handover").exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no zip", "not_a_zip"), (zip_of({"notes.csv": "a,b\n1,2\n"}), "not_a_package"),
        (zip_of({"package.csv": "property,value\nformat,other\n"}), "not_a_package"),
        (zip_of({"package.csv": "property,value\nformat,miharashi-handover\nversion,9\nfiscal_year,2026\n"}), "package_of_another_version"),
    ],
)  # fmt: skip
def test_what_is_no_package_is_said_to_be_none(home: Path, content: bytes, code: str) -> None:
    assert [said.code for file in files_of(dropped(knowing(home), content)) for said in file.sentences][:1] == [code]


def test_a_package_edited_on_its_way_stays_out(home: Path) -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        contents: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    contents["attendance.csv"] = bytes(contents["attendance.csv"]).replace(b"absent_sick", b"present")  # type: ignore[arg-type]
    report = dropped(knowing(home), zip_of(contents))
    assert [said.code for file in files_of(report) for said in file.sentences][:1] == ["package_changed"]
    assert not (home / "lake" / "former_record").exists()


def test_the_package_is_a_roster_by_itself_and_says_what_it_is() -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        names = set(archive.namelist())
        readme = archive.read("README.txt").decode("utf-8-sig")
        users = archive.read("users.csv").decode("utf-8-sig")
    assert {"manifest.csv", "users.csv", "enrollments.csv", "summary.pdf", "package.csv"} <= names
    assert all(member.file in readme for member in members())
    assert "--student-number" in readme
    assert MASTER in users
    assert packed() == packed()
