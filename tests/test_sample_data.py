"""The invented district: the same each time, shaped like real exports, with its people, stories and wrong rows in it."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from datetime import date
from pathlib import Path

import bcrypt
import numpy as np
import polars as pl
import pytest
import yaml

import sample_data
from sample_data.attendance import OTHER, SICK, SUSPENDED, attendance
from sample_data.calendar_days import year_calendar
from sample_data.cast import CAST, PASSWORD, member
from sample_data.dirty_rows import FILES
from sample_data.district import district
from sample_data.school_year import school_year
from sample_data.schools import check_digit, district_schools
from sample_data.seeds import SEED
from sample_data.traits import traits

SCHOOL_CODE = re.compile(r"^(A[12]|B1|C[12]|D[12]|E1|F[12]|G1|H[12])(0[1-9]|[1-3][0-9]|4[0-7])[123][1-9][0-9]{6}[0-9]$")
UUID4 = r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"

# Encoding and header of every export of the small district.
EXPORTS = {
    "calendar/calendar-{}.csv": ("utf-8-sig", "学校コード,学年,日付,区分,行事"),
    "attendance/attendance-{}.csv": ("cp932", "学校コード,児童生徒番号,日付,出欠区分,理由,備考"),
    "mood/mood-{}.csv": ("utf-8", "学習者ID,日付,心の天気,回答時刻"),
    "health_room/health_room-{}.csv": (
        "cp932",
        "学校コード,児童生徒番号,来室日,来室時刻,退室時刻,来室理由,症状,体温,処置,記録者",
    ),
    "study_log/drill-{}.csv": ("utf-8-sig", "学習者ID,日付,教科,学習時間(秒),解答数,正答数,正答率"),
    "staff_hours/staff_hours-{}.csv": ("cp932", "職員番号,学校コード,年月,在校等時間,時間外在校等時間"),
    "assessment/tests-{}.csv": ("utf-8-sig", "学校コード,児童生徒番号,教科,テスト名,実施日,得点,満点"),
    "evaluation/evaluation-{}.csv": (
        "utf-8-sig",
        "学校コード,児童生徒番号,学期,教科,知識・技能,思考・判断・表現,主体的に学習に取り組む態度,評定",
    ),
    "narrative/narrative-{}.csv": ("utf-8-sig", "学校コード,児童生徒番号,学期,区分,文章"),
    "school_facts/school_facts-{}.csv": (
        "utf-8-sig",
        "学校コード,年度,児童生徒数,学級数,特別支援学級数,特別支援学級在籍者数,教職員数,就学援助率",
    ),
}
ROSTER_ROLE = {
    "principal": "principal",
    "teacher": "teacher",
    "subject_teacher": "teacher",
    "grade_leader": "ext:gradeLeader",
    "school_nurse": "ext:schoolNurse",
    "counselor": "counselor",
    "special_needs_coordinator": "ext:specialNeedsCoordinator",
    "clerk": "ext:officeStaff",
    "aide": "aide",
    "board_officer": "districtAdministrator",
    "administrator": "systemAdministrator",
}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drop folder of the small district."""
    place = tmp_path_factory.mktemp("sample")
    sample_data.write(place, scale="small")
    return place / "inbox"


@pytest.fixture(scope="module")
def planted() -> sample_data.Planted:
    return sample_data.planted(scale="small")


def rows_of(inbox: Path, file: str, year: int = 2026) -> pl.DataFrame:
    """The rows of an export as text, without those too short or wrong to be read as its own."""
    encoding, header = EXPORTS[file]
    lines = (inbox / file.format(year)).read_bytes().decode(encoding).split("\r\n")
    whole = [line.split(",") for line in lines[1:] if line.count(",") == header.count(",")]
    return pl.DataFrame(whole, schema=header.split(","), orient="row")


def roster(inbox: Path, name: str, year: int = 2026) -> pl.DataFrame:
    with zipfile.ZipFile(inbox / "roster" / f"roster-{year}.zip") as archive:
        return pl.read_csv(io.BytesIO(archive.read(f"{name}.csv")), infer_schema=False)


def digests(place: Path) -> dict[str, str]:
    return {
        str(file.relative_to(place)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(place.rglob("*"))
        if file.is_file()
    }


def test_the_same_seed_writes_the_same_bytes(inbox: Path, tmp_path: Path) -> None:
    sample_data.write(tmp_path / "again", scale="small")
    sample_data.write(tmp_path / "other", seed=7, scale="small")
    first, again, other = digests(inbox.parent), digests(tmp_path / "again"), digests(tmp_path / "other")
    assert first == again
    assert set(first) == set(other)
    assert first["inbox/attendance/attendance-2026.csv"] != other["inbox/attendance/attendance-2026.csv"]


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    sample_data.write(tmp_path, progress=lambda share, what: told.append((share, what)), scale="small")
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert "心の天気 2026年度" in [what for _, what in told]


@pytest.mark.parametrize("file", EXPORTS)
def test_every_export_has_its_encoding_header_and_line_ends(inbox: Path, file: str) -> None:
    encoding, header = EXPORTS[file]
    for year in (2025, 2026):
        content = (inbox / file.format(year)).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
        text = content.decode(encoding)
        assert text.split("\r\n")[0] == header
        assert text.endswith("\r\n")
        assert text.count("\n") == text.count("\r\n")
        assert '""' not in text


def test_nothing_else_is_written(inbox: Path) -> None:
    code = next(school.code for school in district_schools("small") if school.has_xapi)
    expected = {name.format(year) for name in EXPORTS for year in (2025, 2026)}
    expected |= {"roster/roster-2025.zip", "roster/roster-2026.zip", f"study_log/xapi-{code}.jsonl"}
    assert {str(file.relative_to(inbox)) for file in inbox.rglob("*") if file.is_file()} == expected
    assert (inbox.parent / "DEMO").read_bytes() == b""


def test_the_roster_is_quoted_everywhere_and_its_links_hold(inbox: Path, planted: sample_data.Planted) -> None:
    with zipfile.ZipFile(inbox / "roster" / "roster-2026.zip") as archive:
        text = archive.read("users.csv").decode("utf-8")
    assert all(re.fullmatch(r'"[^"]*"(,"[^"]*")*', line) for line in text.removesuffix("\r\n").split("\r\n"))
    users, classes, links = roster(inbox, "users"), roster(inbox, "classes"), roster(inbox, "enrollments")
    assert users["sourcedId"].str.contains(UUID4).all()
    assert users["sourcedId"].is_unique().all()
    wrong = {row.cells[0] for row in planted.dirty_rows if row.source == "roster"}
    good = links.filter(~pl.col("sourcedId").is_in(sorted(wrong)))
    assert good["userSourcedId"].is_in(users["sourcedId"].to_list()).all()
    assert good["classSourcedId"].is_in(classes["sourcedId"].to_list()).all()


def test_school_codes_carry_a_true_check_digit() -> None:
    assert [check_digit(code[:12]) for code in ("B101210000018", "C101210000016", "E101210000011")] == ["8", "6", "1"]
    codes = [school.code for school in district_schools("full")]
    assert len(set(codes)) == 24
    for code in codes:
        assert SCHOOL_CODE.match(code)
        assert code[-1] == check_digit(code[:12])


def test_24_schools_and_about_7500_children() -> None:
    schools, _, classes, staff = district(SEED, "full")
    kinds = [school.kind for school in schools]
    assert [kinds.count(kind) for kind in ("elementary", "junior_high", "special_needs")] == [16, 7, 1]
    assert [year.fiscal_year for year in classes] == [2024, 2025, 2026]
    for year in classes:
        children = len(set(year.child.tolist()))
        assert 7200 < children < 7800
    sizes = np.bincount(classes[-1].school, minlength=24)
    assert sizes.min() < 60
    assert sizes.max() > 500
    assert 300 < len({duty.person.staff_number for duty in staff[-1].duties}) < 700
    special = [room for room in classes[-1].rooms if room.is_special_needs]
    assert len(special) == 23


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.username)
def test_the_cast_is_in_the_roster_in_its_role(inbox: Path, person: sample_data.Member) -> None:
    users = roster(inbox, "users").filter(pl.col("identifier") == person.staff_number)
    if person.role is None:
        assert users.is_empty()
        return
    (user,) = users.to_dicts()
    assert (user["familyName"], user["givenName"]) == (person.family_name, person.given_name)
    orgs = dict(roster(inbox, "orgs").select("sourcedId", "name").iter_rows())
    roles = roster(inbox, "roles").filter(pl.col("userSourcedId") == user["sourcedId"])
    primary = {(row["role"], orgs[row["orgSourcedId"]]) for row in roles.to_dicts() if row["roleType"] == "primary"}
    assert (ROSTER_ROLE[person.role], person.school or "見晴市教育委員会") in primary
    if person.role == "counselor":
        assert len(primary) > 1


@pytest.mark.parametrize(
    ("username", "title"),
    [("tanaka", "5年2組"), ("nakamura", "5年1組"), ("sasaki", "2年1組"), ("kimura", "小学部3年1組")],
)
def test_the_teachers_of_the_cast_have_their_class(inbox: Path, username: str, title: str) -> None:
    users, classes = roster(inbox, "users"), roster(inbox, "classes")
    me = users.filter(pl.col("identifier") == member(username).staff_number)["sourcedId"].item()
    mine = roster(inbox, "enrollments").filter(pl.col("userSourcedId") == me, pl.col("primary") == "true")
    assert classes.filter(pl.col("sourcedId").is_in(mine["classSourcedId"].to_list()))["title"].to_list() == [title]


def test_yamamoto_teaches_but_has_no_homeroom(inbox: Path) -> None:
    me = roster(inbox, "users").filter(pl.col("identifier") == member("yamamoto").staff_number)["sourcedId"].item()
    mine = roster(inbox, "enrollments").filter(pl.col("userSourcedId") == me)
    assert set(mine["primary"].to_list()) == {"false"}
    assert mine.height >= 4


def test_every_account_of_the_cast_opens_with_the_published_password(inbox: Path) -> None:
    accounts = yaml.safe_load((inbox.parent / "accounts.yaml").read_text("utf-8"))["credentials"]["usernames"]
    assert list(accounts) == [person.username for person in CAST]
    assert bcrypt.checkpw(PASSWORD.encode(), accounts["suzuki"]["password"].encode())
    assert len({account["password"] for account in accounts.values()}) == 1
    assert accounts["tanaka"]["staff_number"] == "T000103"
    assert accounts["mori"]["roles"] == []
    assert accounts["sato"]["cast"] == {"ja": "指導主事（教育委員会）", "en": "Board officer, Board of Education"}


def test_a_child_keeps_one_id_from_elementary_to_junior_high(inbox: Path) -> None:
    before = roster(inbox, "users", 2025).filter(pl.col("grades") == "P6")
    after = roster(inbox, "users", 2026).filter(pl.col("grades") == "J1")
    both = before.join(after, on=["sourcedId", "identifier"])
    assert both.height > 0.8 * after.height > 50
    assert (both["primaryOrgSourcedId"] != both["primaryOrgSourcedId_right"]).sum() > 50


def test_the_calendar_names_every_date_once_for_every_school_and_grade(
    inbox: Path, planted: sample_data.Planted
) -> None:
    wrong = [row.cells for row in planted.dirty_rows if row.file == "calendar-2026.csv"]
    calendar = rows_of(inbox, "calendar/calendar-{}.csv")
    true = pl.DataFrame(
        [row for row in calendar.iter_rows() if row not in wrong], schema=calendar.columns, orient="row"
    )
    assert true.height == (6 + 3 + 9) * 365
    assert not true.select("学校コード", "学年", "日付").is_duplicated().any()
    held = true.filter(pl.col("区分") == "授業日").group_by("学校コード", "学年").len()["len"]
    assert held.min() >= 185
    assert held.max() <= 202
    assert true.filter(pl.col("日付") == "2026-11-23")["区分"].unique().to_list() == ["休業日"]


@pytest.mark.parametrize("name", FILES)
def test_every_wrong_row_is_in_its_file(inbox: Path, planted: sample_data.Planted, name: str) -> None:
    source, file, _ = FILES[name]
    wrong = [row for row in planted.dirty_rows if row.source == source and row.file == file.format(2026)]
    encoding, _ = EXPORTS[f"{source}/{file}"]
    lines = (inbox / source / file.format(2026)).read_bytes().decode(encoding).split("\r\n")
    kinds = [row.kind for row in wrong]
    assert len(set(kinds)) >= 4
    for row in wrong:
        assert lines.count(",".join(row.cells)) == 1, row
    assert kinds.count("malformed_date") + kinds.count("malformed_month") == 2


def test_a_planted_duplicate_doubles_its_key_and_no_more(inbox: Path, planted: sample_data.Planted) -> None:
    register = rows_of(inbox, "attendance/attendance-{}.csv")
    doubled = register.group_by("児童生徒番号", "日付").len().filter(pl.col("len") > 1)
    wrong = [r for r in planted.dirty_rows if r.file == "attendance-2026.csv" and r.kind == "duplicate_day"]
    assert sorted(doubled.select("児童生徒番号", "日付").iter_rows()) == sorted(
        {(r.cells[1], r.cells[2]) for r in wrong}
    )
    assert doubled["len"].to_list() == [2] * doubled.height


def test_only_wrong_rows_of_the_register_lie_outside_a_childs_school_days(
    inbox: Path, planted: sample_data.Planted
) -> None:
    schools, children, classes, _ = district(SEED, "small")
    year = school_year(schools, children, classes[-1], year_calendar(schools, 2026, SEED), SEED)
    row, day = np.nonzero(year.open)
    numbers, codes = np.array(children.student_number), np.array([school.code for school in schools])
    texts = year.day_texts("slash")
    places = zip(codes[year.school[row]], numbers[year.child[row]], texts[day], strict=True)
    lawful = set(places)
    outside = {row for row in rows_of(inbox, "attendance/attendance-{}.csv").iter_rows() if row[:3] not in lawful}
    wrong = {row.cells for row in planted.dirty_rows if row.file == "attendance-2026.csv"}
    assert outside
    assert outside <= wrong


def test_every_story_child_sits_in_its_class(inbox: Path, planted: sample_data.Planted) -> None:
    assert len(planted.children) == 12
    users, classes, links = roster(inbox, "users"), roster(inbox, "classes"), roster(inbox, "enrollments")
    for child in planted.children:
        (user,) = users.filter(pl.col("identifier") == child.student_number).to_dicts()
        assert f"{user['familyName']} {user['givenName']}" == child.name
        assert user["sourcedId"] == child.sourced_id
        mine = links.filter(pl.col("userSourcedId") == child.sourced_id)["classSourcedId"].to_list()
        assert child.class_title in classes.filter(pl.col("sourcedId").is_in(mine))["title"].to_list()


def story(planted: sample_data.Planted, name: str) -> sample_data.StoryChild:
    return next(child for child in planted.children if child.name == name)


def days_absent(inbox: Path, number: str, since: date, until: date) -> int:
    register = rows_of(inbox, "attendance/attendance-{}.csv").filter(pl.col("児童生徒番号") == number)
    day = register["日付"].str.to_date("%Y/%m/%d")
    absent = register.filter((day >= since) & (day <= until) & pl.col("出欠区分").is_in(["病欠", "事故欠"]))
    return absent.height


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


def test_mood_is_asked_only_where_it_is_used_and_answers_are_as_usual(inbox: Path) -> None:
    moods = rows_of(inbox, "mood/mood-{}.csv")
    special = next(school.code for school in district_schools("small") if school.mood_from is None)
    orgs = roster(inbox, "orgs").filter(pl.col("identifier") == special)["sourcedId"].item()
    there = roster(inbox, "enrollments").filter(pl.col("schoolSourcedId") == orgs, pl.col("beginDate") == "2026-04-01")
    assert moods.filter(pl.col("学習者ID").is_in(there["userSourcedId"].to_list())).is_empty()
    answered = moods.filter(pl.col("心の天気").is_in(["晴れ", "くもり", "雨", "雷"]))
    assert 0.1 < 1 - answered.height / moods.height < 0.2
    assert 0.56 < (answered["心の天気"] == "晴れ").mean() < 0.68
    assert moods.filter(pl.col("心の天気") == "未回答")["回答時刻"].unique().to_list() == [""]


@pytest.fixture(scope="module")
def lived_years():
    """The attendance of the whole district: year → (frame, what happened)."""
    schools, children, classes, _ = district(SEED, "full")
    character = traits(children, schools, SEED)
    lived = {}
    for year_classes in classes:
        calendar = year_calendar(schools, year_classes.fiscal_year, SEED)
        year = school_year(schools, children, year_classes, calendar, SEED)
        lived[year_classes.fiscal_year] = (year, attendance(year, character))
    return lived


def absence_rate(year, happened, rows) -> float:
    """Days absent out of days to attend, of the chosen enrolments."""
    must = year.open & (happened.status < SUSPENDED)
    return float(np.isin(happened.status, (SICK, OTHER))[rows].sum() / must[rows].sum())


def test_levels_are_those_of_real_schools(lived_years) -> None:
    for year, happened in lived_years.values():
        elementary, junior = year.grade <= 6, year.grade >= 7
        assert 0.019 < absence_rate(year, happened, elementary) < 0.032
        assert 0.042 < absence_rate(year, happened, junior) < 0.065
        assert 0.008 < happened.late.sum() / happened.at_school.sum() < 0.016
    year, happened = lived_years[2025]
    away = (np.isin(happened.status, (SICK, OTHER, SUSPENDED)) & year.open).sum(1) >= 30
    assert 0.015 < away[year.grade <= 6].mean() < 0.035
    assert 0.045 < away[year.grade >= 7].mean() < 0.085


def test_two_schools_truly_improve(lived_years) -> None:
    def change(name: str, measure) -> float:
        """Level of the school against the district, 2026 over 2024."""
        ratio = []
        for fiscal_year in (2024, 2026):
            year, happened = lived_years[fiscal_year]
            here = year.school == next(i for i, school in enumerate(year.schools) if school.name == name)
            ratio.append(measure(year, happened, here) / measure(year, happened, ~here))
        return ratio[1] / ratio[0]

    def late_rate(year, happened, rows) -> float:
        return float(happened.late[rows].sum() / happened.at_school[rows].sum())

    assert change("青葉小学校", absence_rate) < 0.75
    assert change("桜台中学校", late_rate) < 0.6
    assert [i.school for i in sample_data.planted().improvements] == ["青葉小学校", "桜台中学校"]


def test_influenza_closes_classes_in_winter(lived_years) -> None:
    year, happened = lived_years[2025]
    month = year.days.astype("datetime64[M]").astype(str)
    suspended = [(happened.status[:, month == m] == SUSPENDED).sum() for m in ("2025-06", "2025-12")]
    assert suspended[1] > 8 * suspended[0]
    closed = happened.reason == 13
    assert closed.any()
    row, day = (int(place[0]) for place in np.nonzero(closed))
    classmates = (year.enrolled.room == year.enrolled.room[row]) & year.open[:, day]
    assert (happened.status[classmates, day] == SUSPENDED).all()
