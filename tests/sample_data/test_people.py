"""The schools and people of the invented district: the cast in its roles, children who keep their id."""

from __future__ import annotations

import re
from pathlib import Path

import bcrypt
import numpy as np
import polars as pl
import pytest
import yaml

import sample_data
from sample_data.cast import CAST, PASSWORD, member
from sample_data.district import district
from sample_data.schools import check_digit, district_schools
from sample_data.seeds import SEED
from tests.sample_data.exports import roster

SCHOOL_CODE = re.compile(r"^(A[12]|B1|C[12]|D[12]|E1|F[12]|G1|H[12])(0[1-9]|[1-3][0-9]|4[0-7])[123][1-9][0-9]{6}[0-9]$")
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
