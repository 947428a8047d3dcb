"""A child's record as a package for the next school: OneRoster, one CSV per kind of record, words for people, a summary to print."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from components.documents.downloads import csv_of
from queries.handover import CONTENTS, FORMAT, members, version

ONEROSTER = {
    "academicSessions": "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
    "orgs": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
    "classes": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
    "termSourcedIds,subjects,subjectCodes,periods,metadata.jp.specialNeeds",
    "users": "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,"
    "sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,"
    "preferredFamilyName,primaryOrgSourcedId,pronouns,metadata.jp.kanaGivenName,metadata.jp.kanaFamilyName",
    "roles": "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
    "enrollments": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,"
    "endDate,metadata.jp.ShussekiNo",
}
README = Path(__file__).with_name("handover_readme.txt")


def package(
    child: dict[str, Any],
    records: dict[str, pl.DataFrame],
    sessions: pl.DataFrame,
    made_on: date,
    fiscal_year: int,
    summary: bytes,
) -> bytes:
    """The zip. `records` holds the answers by kind of record, `sessions` the 年度 the district knows; equal input, equal bytes."""
    contents = {f"{name}.csv": csv_of(rows) for name, rows in oneroster(child, records["enrollment"], sessions).items()}
    counts = {}
    for member in members():
        if member.source in records:
            rows = records[member.source].select(member.columns)
            contents[member.file], counts[member.file] = csv_of(rows), rows.height
    contents["manifest.csv"] = csv_of(_manifest())
    told = [("format", FORMAT), ("version", str(version())), ("made_on", f"{made_on:%Y-%m-%d}"), ("fiscal_year", str(fiscal_year)),
            ("school_name", child["school_name"])]  # fmt: skip
    told += [(f"rows.{name}", str(rows)) for name, rows in counts.items()]
    told += [(f"sha256.{name}", hashlib.sha256(content).hexdigest()) for name, content in contents.items()]
    contents[CONTENTS] = csv_of(pl.DataFrame(told, schema=["property", "value"], orient="row"))
    contents["README.txt"] = _readme(child, made_on, counts).encode("utf-8-sig")
    contents["summary.pdf"] = summary
    return zip_of(contents, made_on)


def zip_of(contents: dict[str, bytes], made_on: date) -> bytes:
    """A zip whose bytes depend on its contents and day alone."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, (made_on.year, made_on.month, made_on.day, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


# long: one entry a table of the standard
def oneroster(child: dict[str, Any], enrolled: pl.DataFrame, sessions: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The six tables of OneRoster 1.2, as far as they are about this child; ids are the opaque keys of this district."""
    school, student = child["school_key"], child["student_key"]
    stays = enrolled.rows(named=True)
    years = sessions.filter(pl.col("fiscal_year").is_in(enrolled.get_column("fiscal_year").implode())).rows(named=True)
    rooms = {stay["class_key"]: stay for stay in stays}
    rows: dict[str, list[dict[str, Any]]] = {
        "academicSessions": [
            {"sourcedId": f"year-{year['fiscal_year']}", "title": year["title"], "type": "schoolYear",
             "startDate": f"{year['starts_on']}", "endDate": f"{year['ends_on']}", "schoolYear": year["fiscal_year"]}
            for year in years
        ],
        "orgs": [{"sourcedId": school, "name": child["school_name"], "type": "school"}],
        "classes": [
            {"sourcedId": key, "title": stay["class_name"], "grades": grade_token(stay["grade"]), "classType": "homeroom",
             "schoolSourcedId": school, "termSourcedIds": f"year-{stay['fiscal_year']}"}
            for key, stay in rooms.items()
        ],
        "users": [
            {"sourcedId": student, "enabledUser": "true", "username": student, "givenName": child["given_name"],
             "familyName": child["family_name"], "identifier": child["student_number"], "grades": grade_token(child["grade"]),
             "userMasterIdentifier": child["master_id"], "preferredGivenName": child["given_name"],
             "preferredFamilyName": child["family_name"], "primaryOrgSourcedId": school,
             "metadata.jp.kanaGivenName": child["given_name_kana"], "metadata.jp.kanaFamilyName": child["family_name_kana"]}
        ],
        "roles": [
            {"sourcedId": f"{student}-role", "userSourcedId": student, "roleType": "primary", "role": "student",
             "beginDate": f"{stays[0]['begins_on']}" if stays else "", "orgSourcedId": school}
        ],
        "enrollments": [
            {"sourcedId": f"{student}-{place}", "classSourcedId": stay["class_key"], "schoolSourcedId": school,
             "userSourcedId": student, "role": "student", "primary": "false", "beginDate": f"{stay['begins_on']}",
             "endDate": f"{stay['ends_on']}", "metadata.jp.ShussekiNo": stay["number"]}
            for place, stay in enumerate(stays, start=1)
        ],
    }  # fmt: skip
    return {
        name: pl.DataFrame(
            {column: [_cell(row.get(column)) for row in rows[name]] for column in header.split(",")},
            schema=dict.fromkeys(header.split(","), pl.String),
        )
        for name, header in ONEROSTER.items()
    }


def grade_token(grade: int | None) -> str:
    """A grade as the Japan Profile writes it: P5, J2."""
    if grade is None:
        return ""
    return f"P{grade}" if grade <= 6 else f"J{grade - 6}"


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _manifest() -> pl.DataFrame:
    facts = [
        ("manifest.version", "1.0"),
        ("oneroster.version", "1.2"),
        *((f"file.{name}", "bulk") for name in ONEROSTER),
    ]
    return pl.DataFrame([*facts, ("source.systemName", "Miharashi")], schema=["propertyName", "value"], orient="row")


def _readme(child: dict[str, Any], made_on: date, counts: dict[str, int]) -> str:
    labels = {member.file: member.label for member in members()}
    files = "\n".join(
        f"  {name:<20}  {labels[name]['ja']} / {labels[name]['en']}: {rows}" for name, rows in counts.items()
    )
    words = README.read_text(encoding="utf-8")
    return words.format(school=child["school_name"], made_on=f"{made_on:%Y-%m-%d}", files=files, contents=CONTENTS)
