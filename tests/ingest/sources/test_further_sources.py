"""Tests, evaluation, texts, incidents, staff pulse, school facts, DX checklist: as they stand in the lake, and why a row does not."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import ingest
from tests.ingest.tiny import HANA, MIHARASHI, MINATO, NUMBERS, REN, RIKU, SORA, YUI, child_ids, drop, rows_in

TESTS = "学校コード,児童生徒番号,教科,テスト名,実施日,得点,満点\n"
MARKS = "学校コード,児童生徒番号,学期,教科,知識・技能,思考・判断・表現,主体的に学習に取り組む態度,評定\n"
TEXTS = "学校コード,児童生徒番号,学期,区分,文章\n"
FACTS = "学校コード,年度,児童生徒数,学級数,特別支援学級数,特別支援学級在籍者数,教職員数,就学援助率\n"
COUNTS = "学校コード,年月,区分,件数\n"
PULSE = "学校コード,年月,設問,回答,人数\n"
ANSWERS = "学校コード,項目番号,項目,回答\n"


def loaded(home: Path, name: str, text: str, encoding: str = "utf-8") -> ingest.FileReport:
    drop(home, name, text, encoding)
    source, _, file = name.partition("/")
    return next(each for each in ingest.load(home).files if (each.source, each.file) == (source, file))


def of(school: str, child: str) -> str:
    return f"{school},{NUMBERS[child]}"


def test_a_test_not_taken_is_no_zero(home: Path) -> None:
    text = TESTS + f"{of(MIHARASHI, HANA)},算数,１学期まとめ,R8.7.1,85.5,100\n{of(MIHARASHI, REN)},算数,１学期まとめ,2026/7/1,,100\n"
    report = loaded(home, "assessment/tests-2026.csv", text, "cp932")
    ids = child_ids(home)
    assert report.rejected == {}
    day = datetime.date(2026, 7, 1)
    assert rows_in(home, "assessment_result").select("student_id", "day", "subject", "score", "full_score").rows() == [
        (ids[HANA], day, "算数", 85.5, 100.0), (ids[REN], day, "算数", None, 100.0),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{of(MIHARASHI, HANA)},算数,まとめ,2026-07-01,101,100", "score_above_full"),
        (f"{of(MIHARASHI, HANA)},算数,まとめ,2026-07-01,-1,100", "out_of_range"),
        (f"{of(MIHARASHI, HANA)},占い,まとめ,2026-07-01,50,100", "unknown_code"),
        (f"{of(MINATO, HANA)},算数,まとめ,2026-07-01,50,100", "other_school"),
        (f"{of(MIHARASHI, YUI)},算数,まとめ,2026-09-02,50,100", "not_enrolled"),
        (f"{of(MIHARASHI, HANA)},算数,,2026-07-01,50,100", "missing_value"),
        (f"{of(MIHARASHI, HANA)},算数,まとめ,2026-07-01,良,100", "bad_number"),
    ],
)
def test_a_bad_score(home: Path, row: str, code: str) -> None:
    report = loaded(home, "assessment/tests-2026.csv", TESTS + row + f"\n{of(MIHARASHI, REN)},国語,まとめ,2026-07-01,50,100\n")
    assert (report.rejected, report.rows_loaded) == ({code: 1}, 1)


def test_marks_by_letter_and_by_the_signs_schools_print(home: Path) -> None:
    text = MARKS + f"{of(MIHARASHI, HANA)},1学期,英語,Ａ,○,△,3\n{of(MIHARASHI, SORA)},1,国語,B,B,,\n"
    report = loaded(home, "evaluation/evaluation-2026.csv", text)
    assert report.rejected == {}
    columns = ("grade", "term", "subject", "knowledge", "thinking", "attitude", "overall_mark")
    found = rows_in(home, "evaluation").select(columns).rows()
    assert found == [(5, 1, "外国語", "A", "B", "C", 3), (3, 1, "国語", "B", "B", None, None)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{of(MIHARASHI, HANA)},1,国語,A,A,A,4", "mark_not_in_grade"), (f"{of(MIHARASHI, HANA)},1,国語,D,A,A,3", "unknown_code"),
        (f"{of(MIHARASHI, HANA)},9,国語,A,A,A,3", "unknown_code"), (f"{of(MINATO, HANA)},1,国語,A,A,A,3", "not_enrolled_this_year"),
        (f"{MIHARASHI},99,1,国語,A,A,A,3", "unknown_child"), (f"{of(MIHARASHI, HANA)},1,国語,A,A,A,0", "out_of_range"),
    ],
)
def test_a_bad_mark(home: Path, row: str, code: str) -> None:
    report = loaded(home, "evaluation/evaluation-2026.csv", MARKS + row + f"\n{of(MIHARASHI, REN)},1,国語,A,A,A,3\n")
    assert (report.rejected, report.rows_loaded) == ({code: 1}, 1)


def test_a_child_who_left_keeps_the_marks_of_the_term_before(home: Path) -> None:
    report = loaded(home, "evaluation/evaluation-2026.csv", MARKS + f"{of(MIHARASHI, YUI)},1,国語,A,A,A,3\n")
    assert (report.rows_loaded, report.rejected) == (1, {})


def test_texts_stay_texts(home: Path) -> None:
    sora = of(MIHARASHI, SORA)
    text = TEXTS + f'{sora},1,特別支援,"絵カードで、\n次の活動へ移れました。"\n{sora},1,目標,  10まで数える \n'
    report = loaded(home, "narrative/narrative-2026.csv", text)
    assert report.rejected == {}
    assert sorted(rows_in(home, "narrative").select("kind", "text").rows()) == [
        ("goal", "10まで数える"), ("special_needs", "絵カードで、\n次の活動へ移れました。"),
    ]
    again = loaded(home, "narrative/more-2026.csv", TEXTS + f"{of(MIHARASHI, RIKU)},1,総合所見,よい\n{of(MINATO, RIKU)},1,絵日記,よい\n")
    assert again.rejected == {"not_enrolled_this_year": 1, "unknown_code": 1}


def test_school_facts(home: Path) -> None:
    text = FACTS + f"{MIHARASHI},2026,\"1,459\",17,1,7,31,14.6%\n"
    report = loaded(home, "school_facts/school_facts-2026.csv", text)
    assert report.rejected == {"bad_number": 1}, "a rate is a number without a sign"
    report = loaded(home, "school_facts/school_facts-2026.csv", text.replace("%", "") + f"{MINATO},2026,5,1,1,7,3,101\n")
    assert report.rejected == {"out_of_range": 1}
    assert rows_in(home, "school_fact").select("students", "special_needs_students", "school_aid_rate").rows() == [(1459, 7, 14.6)]


def test_parts_larger_than_the_whole_are_remarked(home: Path) -> None:
    report = loaded(home, "school_facts/school_facts-2026.csv", FACTS + f"{MIHARASHI},2026,5,1,1,7,3,10\n")
    assert (report.rows_loaded, report.remarked) == (1, {"part_above_whole": 1})


@pytest.mark.parametrize(
    ("name", "table", "good", "bad"),
    [
        ("incidents/incidents-2026.csv", "incident", COUNTS + f"{MIHARASHI},2026年4月,いじめ認知,3\n",
         {f"{MIHARASHI},2026年5月,けんか,1": "unknown_code", f"{MIHARASHI},2025年5月,いじめ認知,1": "date_outside_year",
          f"{MIHARASHI},2026/4,いじめの認知,4": "twice_a_day"}),
        ("staff_pulse/staff_pulse-2026.csv", "staff_pulse", PULSE + f"{MIHARASHI},R8.6,仕事の負担,強く感じる,12\n",
         {f"{MIHARASHI},R8.6,仕事の負担,たぶん,1": "unknown_code", f"{MIHARASHI},R8.6,,5,1": "missing_value",
          f"{MIHARASHI},R8.6,仕事の負担,4,-1": "out_of_range"}),
        ("dx_checklist/dx_checklist-2026.csv", "dx_answer", ANSWERS + f"{MIHARASHI},1-1,欠席連絡,一部デジタル化\n",
         {f"{MIHARASHI},1-2,押印,ときどき": "unknown_code", "X,1-2,押印,はい": "unknown_school",
          f"{MIHARASHI},,押印,はい": "missing_value"}),
    ],
)  # fmt: skip
def test_counts_of_schools(home: Path, name: str, table: str, good: str, bad: dict[str, str]) -> None:
    report = loaded(home, name, good + "".join(f"{row}\n" for row in bad), "cp932")
    assert report.rejected == dict.fromkeys(bad.values(), 1)
    assert rows_in(home, table).height == 1


def test_a_file_without_dates_needs_its_year_in_the_name(home: Path) -> None:
    report = loaded(home, "evaluation/marks.csv", MARKS + f"{of(MIHARASHI, HANA)},1,国語,A,A,A,3\n")
    assert [said.code for said in report.sentences] == ["no_fiscal_year"]
