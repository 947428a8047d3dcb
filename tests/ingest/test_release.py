"""What leaves a municipality for its prefecture, and how it arrives: no more than its matrix and its disclosure control let out."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

import ingest
from access.sharing import SHARING_FILE
from ingest.files.reasons import IngestError
from ingest.release import kinds_released, release, released_rows, sender_of, without_single_schools
from tests.boards import prefecture_above, releasing
from tests.ingest.tiny import rows_in

TITLES = "教育委員会コード,市区町村,数字の記号,学校種,学年,期間,期間の初日,分子,分母,人数,集計日\n"
GOOD = "131999,みどり市,absence_rate,,,月,2026-04-01,467,12368,738,2026-11-20\n"


@pytest.fixture(scope="module")
def prefecture(small_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    towns = {"131999": "みどり市", "131998": "ひので町"}
    return prefecture_above(tmp_path_factory.mktemp("towns"), small_district / "district", towns)


@pytest.fixture
def town(small_district: Path, tmp_path: Path) -> Path:
    return releasing(tmp_path / "131999", small_district / "district", "131999", "みどり市")


def served(home: Path) -> duckdb.DuckDBPyConnection:
    folder = home / "district"
    return duckdb.connect(str(folder / (folder / "CURRENT").read_text(encoding="utf-8").strip()), read_only=True)


def files_of(town: Path) -> list[Path]:
    return sorted((town.parent / "ken" / "inbox" / "municipality_figures").iterdir())


def granting(town: Path, *kinds: str) -> None:
    """The town's own matrix: its prefecture gets these kinds and nothing else."""
    head, line = SHARING_FILE.read_text(encoding="utf-8").split("[role.prefecture_officer]")
    told = [
        row if not row or row.startswith("label") else f'{row.split(" = ")[0]} = "{"counts" if row.split(" = ")[0] in kinds else "none"}"'
        for row in line.strip().splitlines()
    ]
    (town / "sharing.toml").write_text(head + "[role.prefecture_officer]\n" + "\n".join(told), encoding="utf-8")


def test_what_leaves_is_what_the_board_sees_without_names_and_no_school_of_it(town: Path) -> None:
    rows = released_rows(town)
    with served(town) as truth:
        expected = truth.sql(
            "select indicator, school_kind, grade, period, period_on, fiscal_year, numerator, denominator, people from cell"
            " where place = 'district' and period <> 'week' and not is_withheld"  # each kind has one school here
            " and indicator in (select name from indicator where kind in ('attendance', 'staff_hours'))"
        ).pl()
        withheld = truth.sql("select count(*) from cell where place in ('district', 'kind', 'kind_grade') and is_withheld").fetchall()
    keys = ["indicator", "school_kind", "grade", "period", "period_on", "fiscal_year", "numerator", "denominator", "people"]
    assert rows.select(keys).sort(keys).equals(expected.select(keys).sort(keys))
    assert withheld[0][0] > 100, "there was something to suppress"
    assert rows.get_column("people").min() >= 10
    assert set(rows.get_column("period")) == {"month", "year", "to_date"}


def test_a_file_for_each_year_that_any_spreadsheet_opens(town: Path) -> None:
    release(town)
    files = files_of(town)
    assert [file.name for file in files] == ["figures-131999-2025.csv", "figures-131999-2026.csv"]
    table = pl.read_csv(files[1])
    assert table.columns[:4] == ["教育委員会コード", "市区町村", "数字の記号", "数字"]
    assert table["学校種"].is_null().all(), "this town has one school of each kind"
    assert set(table["期間"]) == {"月", "年度", "今日まで"}


def test_every_figure_arrives_as_it_left(prefecture: Path) -> None:
    sent = released_rows(prefecture.parent / "131999").drop("indicator_label", "counted_until")
    with served(prefecture) as arrived:
        for code in ("131999", "131998"):
            got = arrived.sql(
                f"select * exclude (municipality_code, file_id, file_row) from municipality_figure where municipality_code = '{code}'"
            ).pl()
            keys = list(sent.columns)
            assert got.select(keys).sort(keys).equals(sent.sort(keys))
        towns = arrived.sql("select municipality_code, name from municipality").fetchall()
        assert towns == [("131998", "ひので町"), ("131999", "みどり市")]
        assert arrived.sql("select day from as_of").fetchall() == [(date(2026, 11, 20),)]
        for table in ("student", "student_name", "class", "school", "cell", "student_day", "staff_hours"):
            assert arrived.sql(f"select count(*) from {table}").fetchall() == [(0,)], table


def test_the_officers_of_a_state_are_the_prefectures(prefecture: Path) -> None:
    with served(prefecture) as arrived:
        roles = arrived.sql("select role, why from reach order by role").fetchall()
    assert roles == [("administrator", "district"), ("prefecture_officer", "prefecture")]


def test_without_release_toml_nothing_leaves(small_district: Path, tmp_path: Path) -> None:
    shutil.copytree(small_district / "district", tmp_path / "district")
    assert release(tmp_path) is None
    assert [path.name for path in tmp_path.iterdir()] == ["district"]


def test_what_is_no_longer_granted_is_gone_with_the_next_load_on_either_side(small_district: Path, tmp_path: Path) -> None:
    """A municipality thinks again: fewer rows are its right, and no alarm of the prefecture holds the old ones."""
    ken = prefecture_above(tmp_path, small_district / "district", {"131999": "みどり市"})
    town = tmp_path / "131999"
    granting(town, "staff_hours")
    release(town)
    report = ingest.load(ken)
    assert (report.outcome, report.alarms) == ("loaded", [])
    with served(ken) as arrived:
        assert {row[0] for row in arrived.sql("select distinct indicator from municipality_figure").fetchall()} == {
            "overtime_hours", "overtime_over_45",
        }  # fmt: skip
    granting(town)
    release(town)
    assert all(pl.read_csv(file).is_empty() for file in files_of(town))
    assert rows_in(ken, "municipality_figure").height > 0, "until the prefecture loads"
    ingest.load(ken)
    assert rows_in(ken, "municipality_figure").height == 0


def test_a_load_releases_by_itself(tmp_path: Path, small_district: Path) -> None:
    home = tmp_path / "131999"
    shutil.copytree(small_district, home, ignore=shutil.ignore_patterns("records*", "rejected"))
    releasing(home, home / "district", "131999", "みどり市")
    report = ingest.load(home)
    assert [said.code for said in report.sentences] == ["released"]
    assert report.exit_status == 0
    assert len(files_of(home)) == 2
    (tmp_path / "ken" / "inbox" / "municipality_figures" / "figures-131999-2026.csv").unlink()
    (home / "release.toml").write_text('code = "131999"\nname = "みどり市"\nto = "release.toml/x"\n', encoding="utf-8")
    report = ingest.load(home)
    assert [said.code for said in report.sentences] == ["not_released"]
    assert report.exit_status == 0, "what was loaded is loaded"


@pytest.mark.parametrize(
    "text",
    [
        "code = 131999",
        'code = "13199"\nname = "x"',
        'code = "131999"',
        'code = "131999"\nname = "  "',
        "code = ",
        'code = "131999"\nname = "x"\nto = 3',
        'code = "１３１９９９"\nname = "x"',
    ],
)
def test_a_release_toml_that_cannot_be_meant_lets_nothing_out(town: Path, text: str) -> None:
    (town / "release.toml").write_text(text, encoding="utf-8")
    with pytest.raises(IngestError, match="release_unclear"):
        sender_of(town)
    with pytest.raises(IngestError, match="release_unclear"):
        release(town)


def test_a_matrix_that_cannot_be_meant_lets_nothing_out(town: Path) -> None:
    text = SHARING_FILE.read_text(encoding="utf-8")
    at = text.index("[role.prefecture_officer]")
    (town / "sharing.toml").write_text(text[:at] + text[at:].replace('attendance = "counts"', 'attendance = "named"'), encoding="utf-8")
    with pytest.raises(IngestError, match="release_unclear"):
        release(town)
    assert not (town.parent / "ken").exists() or files_of(town) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("１３１９９９,みどり市,absence_rate,,,月,2026-05-01,4,12,738,2026-11-20", "not_allowed"),
        ("131998,みどり市,absence_rate,,,月,2026-05-01,4,12,738,2026-11-20", "not_allowed"),  # the file is named after another
        ("13199,みどり市,absence_rate,,,月,2026-05-01,4,12,738,2026-11-20", "not_allowed"),
        ("131999,,absence_rate,,,月,2026-05-01,4,12,738,2026-11-20", "missing_value"),
        ("131999,みどり市,rank,,,月,2026-05-01,4,12,738,2026-11-20", "not_allowed"),
        ("131999,みどり市,absence_rate,幼稚園,,月,2026-05-01,4,12,738,2026-11-20", "unknown_code"),
        ("131999,みどり市,absence_rate,,5,月,2026-05-01,4,12,738,2026-11-20", "missing_value"),
        ("131999,みどり市,absence_rate,,,週,2026-05-04,4,12,738,2026-11-20", "unknown_code"),
        ("131999,みどり市,absence_rate,,,月,2025-05-01,4,12,738,2026-11-20", "date_outside_year"),
        ("131999,みどり市,absence_rate,,,月,2026-05-01,-4,12,738,2026-11-20", "out_of_range"),
        ("131999,みどり市,absence_rate,,,月,2026-05-01,4,12,9,2026-11-20", "out_of_range"),
        ("131999,みどり市,absence_rate,,,月,2026-05-01,4,12,738,11月", "bad_date"),
        ("131999,みどり市,absence_rate,,,月,2026-04-01,4,12,738,2026-11-20", "twice_a_day"),
    ],
)
def test_a_bad_row_stays_out(tmp_path: Path, unbuilt: None, row: str, code: str) -> None:
    """Also one of fewer than ten people, whoever wrote it: the prefecture never holds such a figure."""
    path = tmp_path / "inbox" / "municipality_figures" / "figures-131999-2026.csv"
    path.parent.mkdir(parents=True)
    path.write_text(TITLES + GOOD + row + "\n", encoding="utf-8")
    [report] = ingest.load(tmp_path).files
    assert (report.rejected, report.rows_loaded) == ({code: 1}, 1)


@pytest.mark.parametrize(
    ("schools", "kept", "told"),
    [
        ({"elementary": 16, "junior_high": 7}, set(), {"elementary", "junior_high"}),
        ({"elementary": 16, "junior_high": 7, "special_needs": 1}, set(), {"elementary"}),
        ({"elementary": 16, "junior_high": 1, "special_needs": 1}, set(), {"elementary"}),
        ({"elementary": 2, "junior_high": 1}, set(), set()),
        ({"elementary": 16, "junior_high": 7}, {"junior_high"}, {"elementary"}),
        ({"elementary": 1}, set(), set()),
    ],
)
def test_no_kind_of_one_school_leaves_nor_what_would_be_left_of_it(schools: dict[str, int], kept: set[str], told: set[str]) -> None:
    assert kinds_released(schools, kept, is_summed=True) == told


def test_of_one_school_nothing_leaves_by_grade_by_source_or_by_month() -> None:
    year = {"fiscal_year": 2026}
    counted = [
        {"indicator": "absence_rate", "kind": "elementary", "grade": None, "schools": 3},
        {"indicator": "absence_rate", "kind": "elementary", "grade": 1, "schools": 3},
        {"indicator": "absence_rate", "kind": "elementary", "grade": 2, "schools": 1},
        {"indicator": "absence_rate", "kind": "junior_high", "grade": None, "schools": 2},
        {"indicator": "absence_rate", "kind": "junior_high", "grade": 7, "schools": 2},
        {"indicator": "mood_rain", "kind": "elementary", "grade": None, "schools": 1},  # one alone asks, or in one month
        {"indicator": "long_absence", "kind": "elementary", "grade": None, "schools": 3},
        {"indicator": "long_absence", "kind": "special_needs", "grade": None, "schools": 1},  # not in the sum of people counted
    ]
    kept = pl.DataFrame(schema={"indicator": pl.String, "fiscal_year": pl.Int16, "school_kind": pl.String})
    asked = [
        ("absence_rate", None, None), ("absence_rate", "elementary", None), ("absence_rate", "elementary", 1),
        ("absence_rate", "junior_high", 7), ("mood_rain", None, None), ("mood_rain", "elementary", None),
        ("long_absence", None, None), ("long_absence", "elementary", None), ("long_absence", "special_needs", None),
    ]  # fmt: skip
    rows = pl.DataFrame(asked, schema={"indicator": pl.String, "school_kind": pl.String, "grade": pl.Int16}, orient="row")
    rows = rows.with_columns(fiscal_year=pl.lit(2026, pl.Int16))
    told = without_single_schools(rows, pl.DataFrame([each | year for each in counted]), kept)
    assert told.select("indicator", "school_kind", "grade").rows() == [
        ("absence_rate", None, None), ("absence_rate", "elementary", None), ("absence_rate", "junior_high", 7),
        ("long_absence", None, None), ("long_absence", "elementary", None),
    ]  # fmt: skip


def test_no_released_figure_of_the_city_is_that_of_a_school(sample_district: Path, tmp_path: Path) -> None:
    town = releasing(tmp_path / "131999", sample_district / "district", "131999", "見晴市")
    rows = released_rows(town)
    assert set(rows.get_column("school_kind").drop_nulls()) <= {"elementary", "junior_high"}
    assert rows.filter(pl.col("school_kind") == "elementary").height > 100
    with served(town) as truth:
        schools = set(truth.sql(
            "select indicator, period, period_on, fiscal_year, numerator, denominator from cell where place = 'school' and denominator > 0"
        ).fetchall())  # fmt: skip
    figures = rows.select("indicator", "period", "period_on", "fiscal_year", "numerator", "denominator").rows()
    assert not [each for each in figures if each in schools]


def test_nobody_puts_a_file_where_the_unfinished_one_will_be(town: Path) -> None:
    """Others may write into the folder: a link there leads the writer nowhere."""
    folder, victim = town.parent / "ken" / "inbox" / "municipality_figures", town.parent / "victim"
    folder.mkdir(parents=True)
    victim.write_text("theirs", encoding="utf-8")
    for name in (".figures-131999-2026.csv.part", "figures-131999-2026.csv"):
        (folder / name).symlink_to(victim)
    release(town)
    assert victim.read_text(encoding="utf-8") == "theirs"
    assert not (folder / "figures-131999-2026.csv").is_symlink()
    assert sorted(path.name for path in folder.iterdir() if path.name.endswith(".part")) == [".figures-131999-2026.csv.part"]
