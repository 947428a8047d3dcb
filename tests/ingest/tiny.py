"""A district of two schools and five children, small enough to be worked out by hand, written as real systems write it.

見晴小学校: 5年2組 (田中 健) with はな, れん and ゆい (who leaves on 31 August), なかよし学級 with そら (grade 3).
港小学校: 6年1組 (佐々木 大輔) with りく and, from 1 September, ゆい's elder sister めい, who came from 見晴小's 6年1組.
"""

from __future__ import annotations

import csv
import datetime
import io
import os
import zipfile
from pathlib import Path

import polars as pl

MIHARASHI, MINATO = "B101210000018", "B101210000027"
HANA, REN, YUI, SORA, RIKU, MEI = (f"child-{name}" for name in ("hana", "ren", "yui", "sora", "riku", "mei"))
NUMBERS = {HANA: "20230001", REN: "20230002", YUI: "20230003", SORA: "20250004", RIKU: "20200005", MEI: "20200006"}
STAFF = {"suzuki": "T000101", "tanaka": "T000102", "yamamoto": "T000103", "nakamura": "T000104", "sato": "T000105", "sasaki": "T000106"}
MONDAY = datetime.date(2026, 4, 13)

Table = list[dict[str, str]]


def roster_tables(year: int = 2026) -> dict[str, Table]:
    """Every table of the roster, row by row, to be changed by a test."""
    def user(source_id: str, number: str, family: str, given: str, **more: str) -> dict[str, str]:
        return {
            "sourcedId": source_id, "status": "", "enabledUser": "true", "username": source_id, "givenName": given,
            "familyName": family, "identifier": number, "grades": more.get("grades", ""), "password": more.get("password", ""),
            "userMasterIdentifier": more.get("master", ""),
            "preferredGivenName": given, "preferredFamilyName": family, "metadata.jp.kanaGivenName": "カナ",
            "metadata.jp.kanaFamilyName": "カナ", "metadata.jp.homeClass": more.get("home", ""),
        }

    def role(who: str, word: str, org: str = "org-miharashi") -> dict[str, str]:
        return {"sourcedId": f"role-{who}-{word}", "status": "", "userSourcedId": who, "roleType": "primary", "role": word,
                "beginDate": "", "endDate": "", "orgSourcedId": org}

    def link(who: str, room: str, word: str = "student", **more: str) -> dict[str, str]:
        return {
            "sourcedId": f"link-{who}-{room}", "status": "", "classSourcedId": room, "schoolSourcedId": "", "userSourcedId": who,
            "role": word, "primary": more.get("primary", "false"), "beginDate": more.get("begin", f"{year}-04-01"),
            "endDate": more.get("end", f"{year + 1}-03-31"), "metadata.jp.ShussekiNo": more.get("number", "1"),
        }

    def room(source_id: str, title: str, grades: str, school: str = "org-miharashi", special: str = "false") -> dict[str, str]:
        return {"sourcedId": source_id, "status": "", "title": title, "grades": grades, "classType": "homeroom",
                "schoolSourcedId": school, "metadata.jp.specialNeeds": special}

    children = [
        user(HANA, NUMBERS[HANA], "佐藤", "はな", grades="P5", home="room-52"),
        user(REN, NUMBERS[REN], "伊藤", "れん", grades="P5", home="room-52"),
        user(YUI, NUMBERS[YUI], "𠮷田", "ゆい", grades="P5", home="room-52"),
        user(SORA, NUMBERS[SORA], "髙橋", "そら", grades="P3", home="room-friends"),
        user(RIKU, NUMBERS[RIKU], "山本", "りく", grades="P6", home="room-m61"),
        user(MEI, NUMBERS[MEI], "𠮷田", "めい", grades="P6", home="room-m61"),
    ]
    adults = [user(name, STAFF[name], name.title(), "先生", password="secret", grades="P5" if name == "nakamura" else "") for name in STAFF]
    return {
        "academicSessions": [{
            "sourcedId": "year", "status": "", "title": f"{year}年度", "type": "schoolYear", "startDate": f"{year}-04-01",
            "endDate": f"{year + 1}-03-31", "schoolYear": str(year),
        }],
        "orgs": [
            {"sourcedId": "org-board", "status": "", "name": "みはらし市教育委員会", "type": "district", "identifier": "131999"},
            {"sourcedId": "org-miharashi", "status": "", "name": "見晴小学校", "type": "school", "identifier": MIHARASHI},
            {"sourcedId": "org-minato", "status": "", "name": "港小学校", "type": "school", "identifier": MINATO},
        ],
        "classes": [
            room("room-52", "5年2組", "P5"), room("room-61", "6年1組", "P6"),
            room("room-friends", "なかよし学級", "P1,P2,P3", special="true"), room("room-m61", "6年1組", "P6", "org-minato"),
        ],
        "users": children + adults,
        "roles": [
            role(child["sourcedId"], "student", "org-minato" if child["grades"] == "P6" else "org-miharashi")
            for child in children
        ] + [
            role("suzuki", "principal"), role("tanaka", "teacher"), role("yamamoto", "teacher"), role("nakamura", "ext:gradeLeader"),
            role("sato", "districtAdministrator", "org-board"), role("sasaki", "teacher", "org-minato"),
        ],
        "enrollments": [
            link(HANA, "room-52", number="1"), link(REN, "room-52", number="2"),
            link(YUI, "room-52", number="3", end=f"{year}-08-31"), link(SORA, "room-friends"), link(RIKU, "room-m61"),
            link(MEI, "room-61", end=f"{year}-08-31"), link(MEI, "room-m61", begin=f"{year}-09-01", number="2"),
            link("tanaka", "room-52", "teacher", primary="true"), link("yamamoto", "room-52", "teacher"),
            link("sasaki", "room-m61", "teacher", primary="true"),
        ],
    }


def csv_of(rows: Table, *, quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Rows as CSV text with CRLF."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), quoting=quoting)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def zip_of(members: dict[str, bytes | str]) -> bytes:
    """A zip with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # no time in it: the same bytes at any hour
    return out.getvalue()


def roster_zip(tables: dict[str, Table] | None = None, version: str = "1.2", mode: str | dict[str, str] = "bulk") -> bytes:
    """The roster as e-portals write it: everything quoted, CRLF, UTF-8."""
    tables = tables or roster_tables()
    manifest = [{"propertyName": "manifest.version", "value": "1.0"}, {"propertyName": "oneroster.version", "value": version}]
    modes = mode if isinstance(mode, dict) else dict.fromkeys(tables, mode)
    manifest += [{"propertyName": f"file.{name}", "value": modes[name]} for name in tables]
    members: dict[str, bytes | str] = {"manifest.csv": csv_of(manifest, quoting=csv.QUOTE_ALL)}
    members |= {f"{name}.csv": csv_of(rows, quoting=csv.QUOTE_ALL) for name, rows in tables.items()}
    return zip_of(members)


def calendar_text(year: int = 2026) -> str:
    """Monday to Friday is a school day in every grade, but for the summer holidays and one day of closure (14 May)."""
    lines = ["学校コード,学年,日付,区分,行事"]
    first, last = datetime.date(year, 4, 1), datetime.date(year + 1, 3, 31)
    for school, grades in ((MIHARASHI, ("P3", "P5", "P6")), (MINATO, ("P6",))):
        for grade in grades:
            for number in range((last - first).days + 1):
                day = first + datetime.timedelta(days=number)
                is_summer = datetime.date(year, 7, 21) <= day <= datetime.date(year, 8, 31)
                kind = "休業日" if day.weekday() > 4 or is_summer else "授業日"
                kind = "臨時休業" if day == datetime.date(year, 5, 14) else kind
                lines.append(f"{school},{grade},{day},{kind},")
    return "\r\n".join(lines) + "\r\n"


def drop(home: Path, name: str, content: bytes | str, encoding: str = "utf-8", at: int | None = None) -> Path:
    """Put a file into the inbox: `name` is folder and file; `at` is its time, where the order of files matters."""
    path = home / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    if at is not None:
        os.utime(path, (at, at))
    return path


def rows_in(home: Path, table: str, part: int | str = 2026) -> pl.DataFrame:
    """A table of the lake."""
    return pl.read_parquet(home / "lake" / table / f"{part}.parquet")


def child_ids(home: Path) -> dict[str, int]:
    """sourcedId of each child → student_id."""
    known = rows_in(home, "key", "student")
    return dict(zip(known["source_id"], known["id"], strict=True))
