"""The exports: the same each time, and shaped like those of real systems, wrong rows included."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import sample_data
from sample_data.calendar_days import year_calendar
from sample_data.dirty_rows import FILES
from sample_data.district import district
from sample_data.school_year import school_year
from sample_data.schools import district_schools
from sample_data.seeds import SEED
from tests.sample_data.exports import EXPORTS, roster, rows_of

UUID4 = r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"


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
    assert (inbox.parent / "DEMO").read_text(encoding="utf-8") == "2026-11-20\n"


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
