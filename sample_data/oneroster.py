"""The roster of a 年度 as a OneRoster 1.2 Japan Profile zip: one for the whole district."""

from pathlib import Path

import polars as pl

from sample_data.enrollment import Enrolled
from sample_data.files import csv_bytes, write_zip
from sample_data.names import sex_of
from sample_data.population import Children
from sample_data.schools import BOARD_CODE, BOARD_NAME, ELEMENTARY, JUNIOR_HIGH, School, grade_token
from sample_data.seeds import stream, uuids
from sample_data.staff import BOARD, StaffYear

HEADERS = {
    "academicSessions": "title,type,startDate,endDate,parentSourcedId,schoolYear",
    "orgs": "name,type,identifier,parentSourcedId",
    "courses": "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
    "classes": "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,"
    "subjectCodes,periods,metadata.jp.specialNeeds",
    "users": "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,"
    "password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns,"
    "metadata.jp.kanaGivenName,metadata.jp.kanaFamilyName,metadata.jp.kanaMiddleName,metadata.jp.homeClass,"
    "metadata.jp.kanaPreferredFamilyName,metadata.jp.kanaPreferredGivenName,metadata.jp.kanaPreferredMiddleName",
    "roles": "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
    "enrollments": "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate,metadata.jp.ShussekiNo,"
    "metadata.jp.PublicFlg",
    "demographics": "birthDate,sex",
}
_ALL_FILES = [
    "academicSessions", "categories", "classes", "classResources", "courseResources", "courses", "demographics", "enrollments",
    "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs", "resources", "resultLearningObjectiveIds",
    "results", "resultScoreScales", "roles", "scoreScales", "userProfiles", "userResources", "users",
]  # fmt: skip

Rows = list[dict[str, str]]


def org_ids(schools: list[School], seed: int) -> list[str]:
    """The sourcedId of every school, the same in every 年度."""
    return uuids(stream(seed, "orgs"), len(schools))


def write_roster(path: Path, schools: list[School], children: Children, year: Enrolled, staff: StaffYear, seed: int,
                 dirty: dict[str, Rows]) -> None:  # fmt: skip
    """Write roster-<年度>.zip; `dirty` adds planted rows to a file of the zip."""
    tables = roster_rows(schools, children, year, staff, seed)
    write_tables(path, {name: tables[name] + dirty.get(name, []) for name in HEADERS})


def write_tables(path: Path, tables: dict[str, Rows]) -> None:
    """Write a roster's rows, header → cell, as the zip its system exports."""
    members = {"manifest.csv": _manifest()}
    for name, header in HEADERS.items():
        columns = ["sourcedId", "status", "dateLastModified", *header.split(",")]
        rows = tables.get(name, [])
        cells = {column: [row.get(column, "") for row in rows] for column in columns}
        frame = pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String))
        members[f"{name}.csv"] = csv_bytes(frame, quoted=True)
    write_zip(path, members)


def _manifest() -> bytes:
    facts = [("manifest.version", "1.0"), ("oneroster.version", "1.2_JP")]
    facts += [(f"file.{name}", "bulk" if name in HEADERS else "absent") for name in _ALL_FILES]
    facts += [("source.systemName", "見晴市統合型校務支援システム"), ("source.systemCode", "miharashi-sis")]
    return csv_bytes(pl.DataFrame({"propertyName": [f[0] for f in facts], "value": [f[1] for f in facts]}), quoted=True)


# long: one stretch a file of the roster
def roster_rows(
    schools: list[School], children: Children, year: Enrolled, staff: StaffYear, seed: int
) -> dict[str, Rows]:
    """The rows of every file of the roster, as header → cell."""
    fiscal_year = year.fiscal_year
    board, org = uuids(stream(seed, "board"), 1)[0], org_ids(schools, seed)
    session = uuids(stream(seed, "session", fiscal_year), 1)[0]
    begin, end = f"{fiscal_year}-04-01", f"{fiscal_year + 1}-03-31"
    rng = stream(seed, "roster ids", fiscal_year)
    grades = sorted({room.grade for room in year.rooms if room.grade})
    courses = dict(zip([*grades, None], uuids(rng, len(grades) + 1), strict=True))

    sessions = [{"sourcedId": session, "title": f"{fiscal_year}年度", "type": "schoolYear", "startDate": begin, "endDate": end,
                 "schoolYear": str(fiscal_year)}]  # fmt: skip
    orgs = [{"sourcedId": board, "name": BOARD_NAME, "type": "district", "identifier": BOARD_CODE}]
    orgs += [{"sourcedId": o, "name": s.name, "type": "school", "identifier": s.code, "parentSourcedId": board}
             for o, s in zip(org, schools, strict=True)]  # fmt: skip
    course_rows = []
    for grade, course in courses.items():
        name = "特別支援学級" if grade is None else (f"小学校{grade}年" if grade <= 6 else f"中学校{grade - 6}年")
        course_rows.append({"sourcedId": course, "schoolYearSourcedId": session, "title": f"{fiscal_year}年度{name}",
                            "grades": grade_token(grade) if grade else "", "orgSourcedId": board})  # fmt: skip
    classes = []
    for room in year.rooms:
        kind = schools[room.school].kind
        span = {ELEMENTARY: range(1, 7), JUNIOR_HIGH: range(7, 10)}.get(kind, range(1, 10))
        classes.append({
            "sourcedId": room.sourced_id, "title": room.title, "courseSourcedId": courses[room.grade], "classType": "homeroom",
            "grades": grade_token(room.grade) if room.grade else ",".join(map(grade_token, span)),
            "schoolSourcedId": org[room.school], "termSourcedIds": session,
            "metadata.jp.specialNeeds": "true" if room.is_special_needs else "false"})  # fmt: skip

    users = _child_rows(children, year, org, uuids(stream(seed, "master ids"), len(children)))
    roles: Rows = []
    enrollments: Rows = []
    for child, s, r, number, first, last in zip(
        *(c.tolist() for c in (year.child, year.school, year.room, year.number)),
        year.begin.astype(str).tolist(), year.end.astype(str).tolist(), strict=True):  # fmt: skip
        enrollments.append({"classSourcedId": year.rooms[r].sourced_id, "schoolSourcedId": org[s],
                            "userSourcedId": children.sourced_id[child], "role": "student", "primary": "false",
                            "beginDate": first, "endDate": last, "metadata.jp.ShussekiNo": str(number),
                            "metadata.jp.PublicFlg": "true"})  # fmt: skip
        roles.append({"userSourcedId": children.sourced_id[child], "roleType": "primary", "role": "student", "beginDate": first,
                      "endDate": last, "orgSourcedId": org[s]})  # fmt: skip
    _staff_rows(staff, org, board, users, roles, begin, end)
    for teaching in staff.teaching:
        room = year.rooms[teaching.room]
        enrollments.append({"classSourcedId": room.sourced_id, "schoolSourcedId": org[room.school],
                            "userSourcedId": teaching.person.sourced_id, "role": "teacher",
                            "primary": "true" if teaching.is_homeroom else "false", "beginDate": begin, "endDate": end,
                            "metadata.jp.PublicFlg": "true"})  # fmt: skip
    for rows in (roles, enrollments):
        for row, identifier in zip(rows, uuids(rng, len(rows)), strict=True):
            row["sourcedId"] = identifier
    return {"academicSessions": sessions, "orgs": orgs, "courses": course_rows, "classes": classes, "users": users, "roles": roles,
            "enrollments": enrollments, "demographics": _sex_rows(children, year)}  # fmt: skip


def _child_rows(children: Children, year: Enrolled, org: list[str], masters: list[str]) -> Rows:
    """users.csv for the children: one row each, at the school and class they were last in that 年度."""
    last = dict(zip(year.child.tolist(), range(len(year)), strict=True))
    for i, child in enumerate(year.child.tolist()):
        if year.begin[i] > year.begin[last[child]]:
            last[child] = i
    users = []
    for child, i in sorted(last.items()):
        users.append(user_row(
            children.sourced_id[child], f"s{children.student_number[child]}", children.student_number[child], masters[child],
            (children.family_name[child], children.given_name[child], children.family_kana[child], children.given_kana[child]),
            grade_token(int(year.grade[i])), org[int(year.school[i])], year.rooms[int(year.room[i])].sourced_id))  # fmt: skip
    return users


def _sex_rows(children: Children, year: Enrolled) -> Rows:
    """demographics.csv with the sex a given name stands for; birthdays are withheld, as districts do."""
    return [{"sourcedId": children.sourced_id[child], "sex": sex_of(children.given_name[child])}
            for child in sorted(set(year.child.tolist()))]  # fmt: skip


def user_row(sourced_id: str, username: str, identifier: str, master: str, name: tuple[str, str, str, str], grades: str, org: str,
          home_class: str) -> dict[str, str]:  # fmt: skip
    """A person's row of users.csv; `name` is family and given name, then both as they are read."""
    family, given, family_kana, given_kana = name
    return {
        "sourcedId": sourced_id, "enabledUser": "true", "username": username, "givenName": given, "familyName": family,
        "identifier": identifier, "grades": grades, "userMasterIdentifier": master, "preferredGivenName": given,
        "preferredFamilyName": family, "primaryOrgSourcedId": org, "metadata.jp.kanaGivenName": given_kana,
        "metadata.jp.kanaFamilyName": family_kana, "metadata.jp.homeClass": home_class,
        "metadata.jp.kanaPreferredFamilyName": family_kana, "metadata.jp.kanaPreferredGivenName": given_kana,
    }  # fmt: skip


def _staff_rows(staff: StaffYear, org: list[str], board: str, users: Rows, roles: Rows, begin: str, end: str) -> None:
    """users.csv and roles.csv for the adults."""
    seen: set[str] = set()
    grade_of = {duty.person.staff_number: duty.grade for duty in staff.duties if duty.grade}
    for duty in staff.duties:
        person, place = duty.person, board if duty.school == BOARD else org[duty.school]
        if person.staff_number not in seen:
            seen.add(person.staff_number)
            grade = grade_of.get(person.staff_number)
            users.append(user_row(person.sourced_id, person.username, person.staff_number, person.sourced_id,
                               (person.family_name, person.given_name, person.family_kana, person.given_kana),
                               grade_token(grade) if grade else "", place, ""))  # fmt: skip
        roles.append({"userSourcedId": person.sourced_id, "roleType": "primary" if duty.is_primary else "secondary",
                      "role": duty.role, "beginDate": begin, "endDate": end, "orgSourcedId": place})  # fmt: skip
