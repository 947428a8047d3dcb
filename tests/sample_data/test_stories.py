"""The story children: each is in the files, and the files tell the story."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

import sample_data
from tests.sample_data.exports import roster, rows_of


def story(planted: sample_data.Planted, name: str) -> sample_data.StoryChild:
    return next(child for child in planted.children if child.name == name)


def days_absent(inbox: Path, number: str, since: date, until: date) -> int:
    register = rows_of(inbox, "attendance/attendance-{}.csv").filter(pl.col("児童生徒番号") == number)
    day = register["日付"].str.to_date("%Y/%m/%d")
    absent = register.filter((day >= since) & (day <= until) & pl.col("出欠区分").is_in(["病欠", "事故欠"]))
    return absent.height


def test_every_story_child_sits_in_its_class(inbox: Path, planted: sample_data.Planted) -> None:
    assert len(planted.children) == 12
    users, classes, links = roster(inbox, "users"), roster(inbox, "classes"), roster(inbox, "enrollments")
    for child in planted.children:
        (user,) = users.filter(pl.col("identifier") == child.student_number).to_dicts()
        namesakes = users.filter(pl.concat_str("familyName", pl.lit(" "), "givenName") == child.name)
        assert namesakes["identifier"].to_list() == [child.student_number]
        assert f"{user['familyName']} {user['givenName']}" == child.name
        assert user["sourcedId"] == child.sourced_id
        mine = links.filter(pl.col("userSourcedId") == child.sourced_id)["classSourcedId"].to_list()
        assert child.class_title in classes.filter(pl.col("sourcedId").is_in(mine))["title"].to_list()


def test_hana_withdraws_slowly_and_ren_comes_back(inbox: Path, planted: sample_data.Planted) -> None:
    hana, ren = story(planted, "佐藤 はな").student_number, story(planted, "伊藤 れん").student_number
    assert days_absent(inbox, hana, date(2026, 4, 1), date(2026, 9, 13)) <= 5
    assert days_absent(inbox, hana, date(2026, 10, 19), date(2026, 11, 20)) >= 6
    assert days_absent(inbox, ren, date(2026, 6, 15), date(2026, 9, 18)) >= 10
    assert days_absent(inbox, ren, date(2026, 10, 26), date(2026, 11, 20)) <= 3


def test_mio_is_at_school_while_her_learning_drops(inbox: Path, planted: sample_data.Planted) -> None:
    mio = story(planted, "小川 みお")
    drills = rows_of(inbox, "study_log/drill-{}.csv").filter(pl.col("学習者ID") == mio.sourced_id)
    before = drills.filter(pl.col("日付") < "2026-08-01")
    after = drills.filter(pl.col("日付") >= "2026-10-01")

    def accuracy(rows: pl.DataFrame) -> float:
        return float(rows["正答数"].cast(int).sum() / rows["解答数"].cast(int).sum())

    assert accuracy(before) - accuracy(after) > 0.2
    assert days_absent(inbox, mio.student_number, date(2026, 9, 1), date(2026, 11, 20)) <= 3


def test_souta_is_absent_and_in_the_health_room_on_the_same_days(inbox: Path, planted: sample_data.Planted) -> None:
    souta = story(planted, "森田 そうた")
    assert len(souta.days) == 4
    visits = rows_of(inbox, "health_room/health_room-{}.csv").filter(pl.col("児童生徒番号") == souta.student_number)
    moods = rows_of(inbox, "mood/mood-{}.csv").filter(pl.col("学習者ID") == souta.sourced_id)
    for day in souta.days:
        assert days_absent(inbox, souta.student_number, day, day) == 1
        assert f"R8.{day.month}.{day.day}" in visits["来室日"].to_list()
        assert day.isoformat() in moods["日付"].to_list()


def test_children_who_move_are_enrolled_for_their_days_only(inbox: Path, planted: sample_data.Planted) -> None:
    links = roster(inbox, "enrollments")

    def days(name: str) -> list[tuple[str, str]]:
        mine = links.filter(pl.col("userSourcedId") == story(planted, name).sourced_id)
        return sorted(mine.select("beginDate", "endDate").iter_rows())

    assert days("柏木 りく") == [("2026-09-01", "2027-03-31")]
    assert days("今井 栞") == [("2026-04-01", "2026-07-17")]
    assert days("大野 かいと") == [("2026-04-01", "2026-08-31"), ("2026-09-01", "2027-03-31")]
