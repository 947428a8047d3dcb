"""A file nobody has described: what it is taken for, and that nobody is ever matched by a name."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import ingest
from ingest.__main__ import app
from ingest.drafting.draft import draft
from ingest.drafting.proposals import Proposal, proposals
from ingest.files.mapping import mapping_of
from ingest.files.sheet import Sheet, sheet_of
from ingest.intake.roster_index import RosterIndex
from ingest.lake.lake import Lake
from ingest.registry import SOURCES
from tests.ingest.tiny import HANA, NUMBERS, REN, csv_of, roster_tables, roster_zip, zip_of

MAPPINGS = [mapping for source in SOURCES if (mapping := mapping_of(source.flow.source)).columns]
FLOWS = {source.flow.source: source.flow for source in SOURCES}
ELSEWHERE = (
    "所属校CD,個人番号,氏名,欠席日,出欠種別,事由\r\n"
    f"1,{NUMBERS[HANA]},佐藤 はな,令和8年4月13日,病,発熱\r\n"
    f"1,{NUMBERS[REN]},伊藤 れん,令和8年4月14日,別室登校,\r\n"
)


@pytest.fixture
def roster(home: Path) -> RosterIndex:
    ingest.load(home)
    return RosterIndex(Lake(home / "lake"), 2026)


def likeliest(text: str, roster: RosterIndex | None, encoding: str = "cp932") -> tuple[Proposal, Sheet]:
    sheet = sheet_of(text.encode(encoding))
    return proposals(sheet, MAPPINGS, roster)[0], sheet


def written(made: Proposal, sheet: Sheet) -> str:
    return draft(made, FLOWS[made.source], sheet)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (ELSEWHERE, "attendance"),
        (f"ユーザーID,実施日,教科名,学習秒数,問題数,正解数,正解率\n{HANA},2026/4/13,算数,600,12,9,0.75\n", "study_log"),
        (f"ユーザーID,記録日,きもち\n{HANA},2026/4/13,くもり\n{REN},2026/4/13,雨\n", "mood"),
        ("教職員番号,学校コード,勤務月,在校時間,超過勤務\nT000102,B101210000018,2026年4月,200,50\n", "staff_hours"),
        (f"学校コード,児童番号,来室日,入室,主訴\nB101210000018,{NUMBERS[HANA]},R8.4.13,10:20,頭痛\n", "health_room"),
        ("学校コード,学年,日付,授業日区分,行事\nB101210000018,P5,2026-04-13,授業日,始業式\n", "calendar"),
    ],
)
def test_a_file_with_other_titles_is_recognised(roster: RosterIndex, text: str, source: str) -> None:
    made, _ = likeliest(text, roster)
    assert (made.source, made.missing) == (source, ())


def test_a_column_is_recognised_by_its_cells_alone(roster: RosterIndex) -> None:
    text = f"a,b,c,d\nB101210000018,{NUMBERS[HANA]},2026.4.13,病欠\nB101210000018,{NUMBERS[REN]},2026.4.14,遅刻\n"
    made, _ = likeliest(text, roster)
    assert made.source == "attendance"
    assert {name: found.place for name, found in made.found.items()} == {"school": 0, "student": 1, "day": 2, "status": 3}


def test_the_draft_is_a_mapping_file_with_open_places_marked(roster: RosterIndex) -> None:
    made, sheet = likeliest(ELSEWHERE, roster)
    text = written(made, sheet)
    read = tomllib.loads(text)
    assert read["columns"] == {
        "school": ["所属校CD"], "student": ["個人番号"], "day": ["欠席日"], "status": ["出欠種別"], "reason": ["事由"],
    }
    open_lines = [line for line in text.splitlines() if line.startswith('# ? "')]
    assert [line.split('"')[1] for line in open_lines] == ["別室登校", "病", "1"], "two words nobody knows, and a school"
    assert "読まない列 · not read: 氏名" in text


def test_no_name_and_no_number_of_a_child_stands_in_a_draft(roster: RosterIndex) -> None:
    text = written(*likeliest(ELSEWHERE, roster))
    for personal in ("佐藤", "はな", "伊藤", NUMBERS[HANA], NUMBERS[REN], "発熱"):
        assert personal not in text


def test_nobody_is_matched_by_name(roster: RosterIndex) -> None:
    made, sheet = likeliest("学校コード,氏名,番号,日付,出欠区分\nB101210000018,佐藤 はな,1,2026/4/13,病欠\n", roster)
    assert made.missing == ("student",)
    text = written(made, sheet)
    assert "氏名や出席番号からは結びつけません" in text
    assert "student" not in tomllib.loads(text)["columns"]


def test_numbers_the_roster_does_not_know_are_marked(roster: RosterIndex) -> None:
    made, sheet = likeliest("学校コード,児童番号,日付,出欠区分\nB101210000018,77,2026/4/13,病欠\n", roster)
    line = next(line for line in written(made, sheet).splitlines() if line.startswith("student"))
    assert "# ? 名簿の番号と合うのは 0%" in line


def test_a_months_register_with_a_column_per_day(roster: RosterIndex) -> None:
    days = [f"{day}日" for day in range(1, 32)]
    text = f"学校コード,児童番号,氏名,年月,{','.join(days)}\nB101210000018,{NUMBERS[HANA]},佐藤 はな,2026年4月,{',' * 12}病欠{',' * 18}\n"
    made, sheet = likeliest(text, roster)
    read = tomllib.loads(written(made, sheet))
    assert made.missing == ()
    assert read["wide"] == {"titles": r"(\d{1,2})日?", "into": "day", "value": "status", "month": "年月"}
    assert read["codes"]["status"] == {"病欠": "absent_sick"}


def test_a_day_in_three_columns(roster: RosterIndex) -> None:
    text = f"学校コード,児童番号,年,月,日,出欠区分\nB101210000018,{NUMBERS[HANA]},2026,4,13,病欠\n"
    made, sheet = likeliest(text, roster)
    assert made.missing == ()
    assert tomllib.loads(written(made, sheet))["joined"] == {"day": ["年", "月", "日"]}


def test_two_columns_that_may_be_the_day_are_left_to_a_person(roster: RosterIndex) -> None:
    text = f"学校コード,児童番号,欠席年月日,届出年月日,出欠区分\nB101210000018,{NUMBERS[HANA]},2026/4/13,2026/4/20,病欠\n"
    made = written(*likeliest(text, roster))
    assert "day" not in tomllib.loads(made)["columns"]
    assert "届出年月日 かもしれません" in made


def test_a_number_whose_title_does_not_say_its_unit_is_left_to_a_person(roster: RosterIndex) -> None:
    text = "教職員番号,学校コード,勤務月,在校等時間(分),時間外在校等時間\nT000102,B101210000018,2026年4月,12000,50\n"
    made = written(*likeliest(text, roster))
    assert tomllib.loads(made)["columns"].keys() == {"staff", "school", "month", "overtime_hours"}
    assert '# ? hours = ["在校等時間(分)"]' in made
    assert "たぶん（必要な列" in made


def test_a_scale_the_cells_do_not_tell_is_left_to_a_person(roster: RosterIndex) -> None:
    text = f"学習者ID,日付,教科,学習秒数,解答数,正答率\n{HANA},2026/4/13,算数,600,12,0.75\n"
    made = written(*likeliest(text, roster))
    assert "rate_scale" not in tomllib.loads(made)
    assert "# ? rate_scale = 1" in made


def test_a_month_in_the_sheets_name_is_found(roster: RosterIndex) -> None:
    days = ",".join(str(day) for day in range(1, 31))
    sheet = replace(sheet_of(f"児童番号,氏名,{days}\n{NUMBERS[HANA]},佐藤 はな,病欠{',' * 29}\n".encode()), name="4月")
    made = proposals(sheet, MAPPINGS, roster)[0]
    assert tomllib.loads(written(made, sheet))["wide"]["month"] == "シート名"


@pytest.mark.parametrize(("rate", "scale"), [("0.75", 1), ("75.0", 100)])
def test_the_scale_of_a_rate(roster: RosterIndex, rate: str, scale: int) -> None:
    text = f"学習者ID,日付,教科,学習秒数,解答数,正答数,正答率\n{HANA},2026/4/13,算数,600,12,9,{rate}\n"
    assert tomllib.loads(written(*likeliest(text, roster)))["rate_scale"] == scale


def asked(home: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["propose", *words, "--data", str(home)])


def test_the_command_writes_a_draft_and_never_over_one(home: Path, tmp_path: Path) -> None:
    ingest.load(home)
    file = tmp_path / "export.csv"
    file.write_bytes(ELSEWHERE.encode("cp932"))
    out = tmp_path / "mappings" / "attendance.toml"
    first = asked(home, str(file), "--out", str(out))
    assert (first.exit_code, tomllib.loads(out.read_text())["columns"]["day"]) == (1, ["欠席日"]), "something is left to decide"
    assert asked(home, str(file), "--out", str(out)).exit_code == 2


@pytest.mark.parametrize(("text", "words"), [("ねこ,いぬ\n1,2\n", ()), ("", ()), (ELSEWHERE, ("--source", "cats"))])
def test_what_cannot_be_proposed_is_said(home: Path, tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    file = tmp_path / "export.csv"
    file.write_text(text)
    assert asked(home, str(file), *words).exit_code == 2


def test_what_would_become_of_three_cells_of_each_column_is_shown_and_kept_nowhere(home: Path, tmp_path: Path) -> None:
    ingest.load(home)
    file, out = tmp_path / "export.csv", tmp_path / "attendance.toml"
    file.write_bytes(ELSEWHERE.encode("cp932"))
    shown = asked(home, str(file), "--out", str(out)).stderr
    for told in ("令和8年4月13日 → 2026-04-13", f"{NUMBERS[HANA]} → 名簿にあり", "病 → ? 未定", "発熱 → そのまま", "確か"):
        assert told in shown, told
    assert "佐藤" not in shown, "a column that is not read shows nothing"
    written_down = [out, *(path for path in home.rglob("*") if path.suffix in (".toml", ".json", ".log"))]
    for personal in (NUMBERS[HANA], "佐藤", "発熱", "令和8年4月13日"):
        assert not [path for path in written_down if personal in path.read_text("utf-8")]


TOTALS_OF_CHILDREN = "学校コード,学年,学級,氏名,年月,欠席日数\n" + "".join(
    f"B101210000018,5,2組,{name},4月,{days}\n" for name, days in (("佐藤 はな", 1), ("伊藤 れん", 2), ("𠮷田 ゆい", 0))
)


def test_rows_of_children_are_never_drafted_as_rows_of_classes(home: Path, tmp_path: Path) -> None:
    ingest.load(home)
    file = tmp_path / "export.csv"
    file.write_text(TOTALS_OF_CHILDREN, encoding="utf-8")
    run = asked(home, str(file), "--source", "attendance_totals")
    assert (run.exit_code, "another_grain" in run.stderr) == (2, True)
    assert "学級" in run.stderr


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("export.zip", roster_zip(), "is_roster"), ("users.csv", csv_of(roster_tables()["users"]).encode(), "is_roster"),
        ("lineItems.csv", b"sourcedId,title\n1,x\n", "is_gradebook"),
        ("gradebook.zip", zip_of({"lineItems.csv": "sourcedId\n", "results.csv": "sourcedId\n"}), "is_gradebook"),
        ("package.zip", zip_of({"package.csv": "a,b\n", "users.csv": "sourcedId\n"}), "is_handover"),
        ("sds.zip", zip_of({"Student.csv": "SIS ID,Username\n1,x\n"}), "school_data_sync"),
        ("events.json", b'{"@context": "http://purl.imsglobal.org/ctx/caliper/v1p2"}', "caliper"),
        ("statements.json", b'[{"verb": {}}]', "no_mapping_needed"),
    ],
)
def test_what_needs_no_mapping_is_named_and_never_called_no_csv(home: Path, tmp_path: Path, name: str, content: bytes, code: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    run = asked(home, str(file))
    assert (run.exit_code, code in run.stderr, "not_csv" in run.stderr) == (2, True, False)


def test_totals_and_notes_are_in_no_draft(home: Path, tmp_path: Path) -> None:
    ingest.load(home)
    file = tmp_path / "export.csv"
    file.write_bytes(("欠席者一覧\n" + ELSEWHERE + ",,合計,,,2\n※ 4月分,,,,,\n").encode("euc_jp"))
    run = asked(home, str(file))
    assert "6 列 2 行から" in run.stdout
    assert "2 → そのまま" not in run.stderr
