"""A file nobody has described: what it is taken for, and that nobody is ever matched by a name."""

from __future__ import annotations

import tomllib
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
from tests.ingest.tiny import HANA, NUMBERS, REN

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
