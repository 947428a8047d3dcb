"""A bad load of the small district: what board, head, teacher and administrator read, and that nothing is made of what is missing.

From 1 October on the register of all three schools has a word nobody knows in place of 病欠, and the file of moods calls its answers
otherwise.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from access import Viewer, gate, jurisdictions
from components.figures.bright import spots_of
from components.figures.figures import figure_in
from components.figures.funnel import funnel_of
from ingest.loading import load
from ingest.release import RELEASED
from marts.quoting import literal
from pages.board.pack import pack_tables
from pages.choice import period
from queries.ask import ask
from queries.catalogue import indicators
from records import engine, schema
from tests.pages.conftest import viewer_of

UNKNOWN = "風邪欠"
pytestmark = pytest.mark.usefixtures("bad_pages")


def spoilt(inbox: Path) -> int:
    """The files as a changed export would write them; in how many rows the word nobody knows stands."""
    register = inbox / "attendance" / "attendance-2026.csv"
    raw = register.read_bytes()
    encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "cp932"
    lines = raw.decode(encoding).splitlines(keepends=True)
    changed = [line.replace(",病欠,", f",{UNKNOWN},") if re.search(r",2026/1[01]/", line) else line for line in lines]
    register.write_bytes("".join(changed).encode(encoding))
    moods = inbox / "mood" / "mood-2026.csv"
    moods.write_bytes(moods.read_bytes().replace("心の天気".encode(), "きもち".encode(), 1))
    return sum(UNKNOWN in line for line in changed)


@pytest.fixture(scope="module")
def bad_home(small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("bad") / "home"
    shutil.copytree(small_district, home, ignore=shutil.ignore_patterns("lake", "district", "rejected"))
    assert spoilt(home / "inbox") > 200
    load(home)
    return home


@pytest.fixture(scope="module")
def bad_pages(bad_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = jurisdictions.known()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.sqlite'}")
        patched.setenv("MIHARASHI_TODAY", "2026-11-20")
        schema.migrate()
        jurisdictions.use_district(bad_home / "district")
        yield
        engine.forget()
    jurisdictions.use_jurisdictions(before)


def drawn() -> None:
    """A page, as the frame calls it."""
    import importlib  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    st.session_state["is_masked"] = st.session_state["viewer"].masked
    importlib.import_module(st.session_state["module"]).page(st.session_state["viewer"])


def shown(viewer: Viewer, module: str, language: str = "ja", **chosen: str) -> AppTest:
    page = AppTest.from_function(drawn, default_timeout=120)
    page.session_state["viewer"], page.session_state["module"], page.session_state["pages"] = viewer, module, {}
    page.session_state["language"] = language
    for name, value in chosen.items():
        page.session_state[name] = value
    page.run()
    assert not page.exception, page.exception
    return page


def words(page: AppTest) -> str:
    """All a page says, in the order it says it."""
    found = [*page.title, *page.get("html"), *page.subheader, *page.text, *page.code]
    return "\n".join(str(getattr(each, "value", "") or getattr(each.proto, "body", "")) for each in found)


def test_three_schools_and_two_sources_are_incomplete(bad_home: Path) -> None:
    with duckdb.connect(str(gate.district_path()), read_only=True) as district:
        found = district.execute(
            "select source, school_id, month(month), code from incomplete_place where class_id is null order by all"
        ).fetchall()
    assert [(school, month) for source, school, month, code in found if source == "attendance" and code == "unknown_code"] == [
        (school, month) for school in (1, 2, 3) for month in (10, 11)
    ]
    assert {code for source, *_, code in found if source == "mood"} == {"missing_column"}


@pytest.mark.parametrize(("who", "module"), [
    ("suzuki", "pages.school.school"), ("suzuki", "pages.classroom.today"), ("tanaka", "pages.classroom.today"),
    ("tanaka", "pages.classroom.classroom"), ("tanaka", "pages.child.student"),
])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_head_and_teacher_read_what_is_missing_at_the_head_of_their_pages(who: str, module: str, language: str) -> None:
    said = words(shown(viewer_of(who), module, language))
    banner = {
        "ja": "出席簿（校務支援システム）の記録が一部届いていません（10月〜11月）：数は少なく出ています",
        "en": "(Attendance register, Oct to Nov): these figures are too low",
    }[language]
    assert banner in said, said
    assert UNKNOWN not in said  # the word is for whoever mends it


@pytest.mark.parametrize("module", ["pages.board.district", "pages.board.compare", "pages.board.surveys"])
def test_the_board_reads_which_schools_and_how_many_are_whole(module: str) -> None:
    said = words(shown(viewer_of("sato"), module))
    assert "出席簿（校務支援システム）の記録が一部届いていない学校が3校あります" in said, said
    assert "0/3校" in said
    assert "（10月〜11月）" in said


def test_the_childs_page_claims_no_more_than_the_records_that_are_in() -> None:
    assert "届いている記録だけ" in shown(viewer_of("tanaka"), "pages.child.student").title[0].value


def test_no_finding_of_the_board_is_made_from_it() -> None:
    page = shown(viewer_of("sato"), "pages.board.district")
    title = page.title[0].value
    assert "少なく出ています（比べません）" in title, title
    assert not re.search(r"昨年の同じ時期より", title)
    assert not re.search(r"欠席率.*(10|11)月", "\n".join(each.value for each in page.text if "・" in each.value))


def test_no_funnel_point_bright_spot_or_report_line_is_made_from_it() -> None:
    board = viewer_of("sato")
    rows = ask(board, "figures_of_schools", indicator="absence_rate")
    this = rows.filter(pl.col("fiscal_year") == 2026)
    assert this.get_column("is_incomplete").all()
    assert not rows.filter(pl.col("fiscal_year") == 2025).get_column("is_incomplete").any()
    five = pl.concat([this] * 3)  # a funnel needs five places; all of these have gaps
    assert funnel_of(five, indicators()["absence_rate"]) is None
    found = spots_of(rows, indicators()["absence_rate"], 2026)
    assert (found.changes, found.levels, found.better, found.worse) == (0, 0, (), ())
    district, schools = pack_tables(board, period(board))
    label = indicators()["absence_rate"].label["ja"]
    lines = [row for table in schools for row in table.rows if row[0] == label]
    assert lines
    assert {(row[1], row[2]) for row in lines} == {("※", "–")}
    summary = next(table for table in district if table.key == "summary")
    assert next(row for row in summary.rows if row[0] == label)[1] == "※"
    assert "記録が一部届いていません" in period(board).until_text


def test_nothing_of_it_leaves_for_the_prefecture() -> None:
    with duckdb.connect(str(gate.district_path()), read_only=True) as district:
        rows = district.sql(RELEASED.format(kinds=literal("attendance"))).pl().filter(fiscal_year=2026, indicator="absence_rate")
    assert {row["period"] for row in rows.rows(named=True)} == {"month"}
    assert max(row["period_on"] for row in rows.rows(named=True)) == date(2026, 9, 1)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_administrators_first_card_is_the_cause_with_lines_and_letter(language: str) -> None:
    page = shown(viewer_of("takahashi"), "pages.office.loads", language)
    title = page.title[0].value
    said = words(page)
    codes = [each.value for each in page.code]
    assert any(f"[codes.status]\n\"{UNKNOWN}\" = \"…\"" in each for each in codes), codes
    assert any("[columns]" in each for each in codes), codes
    assert any(UNKNOWN in each and "attendance-2026.csv" in each for each in codes)
    assert ("行が数に入っていません" if language == "ja" else "rows are not counted") in title
    assert UNKNOWN in said


def test_the_lines_mend_the_load(bad_home: Path, tmp_path: Path) -> None:
    """Whoever copies the lines and puts the meaning in has a whole register again."""
    home = tmp_path / "home"
    shutil.copytree(bad_home, home)
    lines = pl.read_parquet(home / "lake" / "rejected_place" / "all.parquet").filter(value=UNKNOWN).item(0, "lines")
    (home / "mappings").mkdir()
    (home / "mappings" / "attendance.toml").write_text(lines.replace('"…"', '"absent_sick"'), encoding="utf-8")
    load(home, is_confirmed=True)
    with duckdb.connect(str(sorted((home / "district").glob("district-*.duckdb"))[-1]), read_only=True) as district:
        assert district.execute("select count(*) from incomplete_place where source = 'attendance'").fetchall() == [(0,)]
        assert district.execute("select count(*) from cell where is_incomplete and indicator = 'absence_rate'").fetchall() == [(0,)]


def test_a_figure_with_a_gap_bears_its_mark_wherever_it_is_said() -> None:
    made = figure_in({"numerator": 30.0, "denominator": 1000.0, "people": 60, "is_hidden": False, "is_incomplete": True}, "absence_rate")
    assert made.text.endswith("※")
    assert not made.is_comparable
    assert replace(made, is_incomplete=False).is_comparable
