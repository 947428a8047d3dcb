"""A new district file takes over in one step, or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from marts import publish as publishing
from marts.building import build_district, clear_leftovers
from marts.publish import PublishError, current, publish, published, rollback
from tests.marts.conftest import District, write_lake
from tests.marts.test_indicators import SOURCES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    return write_lake(tmp_path_factory.mktemp("publish") / "lake", **SOURCES)


@pytest.fixture(scope="module")
def sound_file(lake, tmp_path_factory):
    return build_district(lake, tmp_path_factory.mktemp("sound"), 1)


@pytest.fixture
def district(tmp_path):
    return tmp_path / "district"


def published_loads(district: Path, sound_file: Path, *loads: int) -> None:
    district.mkdir(exist_ok=True)
    for load in loads:
        built = district / f".building-{load}.duckdb"
        shutil.copy(sound_file, built)
        publish(built, district, load)


def changed(sound_file: Path, place: Path, statement: str) -> Path:
    place.mkdir(exist_ok=True)
    copy = place / ".building-9.duckdb"
    shutil.copy(sound_file, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute(statement).fetchall()
    return copy


def test_nothing_serves_before_the_first_load(district):
    district.mkdir()
    assert current(district) is None
    with pytest.raises(PublishError, match="no older district file"):
        rollback(district)


def test_what_is_published_serves_under_the_name_of_its_load(district, sound_file):
    published_loads(district, sound_file, 7)
    assert current(district) == district / "district-7.duckdb"
    assert (district / "CURRENT").read_text(encoding="utf-8").strip() == "district-7.duckdb"
    assert sorted(path.name for path in district.iterdir()) == ["CURRENT", "district-7.duckdb"]


def test_the_last_three_are_kept(district, sound_file):
    published_loads(district, sound_file, 1, 2, 9, 10)
    assert [path.name for path in published(district)] == ["district-2.duckdb", "district-9.duckdb", "district-10.duckdb"]


def test_going_back_serves_the_one_before_and_the_next_load_keeps_it(district, sound_file):
    published_loads(district, sound_file, 1, 2, 3)
    assert rollback(district).name == "district-2.duckdb"
    assert rollback(district).name == "district-1.duckdb"
    assert current(district) == district / "district-1.duckdb"
    with pytest.raises(PublishError, match="no older"):
        rollback(district)
    published_loads(district, sound_file, 4)
    assert current(district) == district / "district-4.duckdb"


def test_the_file_that_serves_is_never_deleted(district, sound_file, monkeypatch):
    published_loads(district, sound_file, 1, 2, 3)
    monkeypatch.setattr(publishing, "KEPT", 1)
    publishing._forget_old(district, district / "district-1.duckdb")
    assert [path.name for path in published(district)] == ["district-1.duckdb", "district-3.duckdb"]


def test_a_load_that_already_serves_is_not_written_over(district, sound_file):
    published_loads(district, sound_file, 5)
    with pytest.raises(PublishError, match="load 5 is already being served"):
        published_loads(district, sound_file, 5)


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("delete from school_day", "nothing in school_day"),
        ("drop table reach", "the file lacks reach"),
        ("insert into student_day select * from student_day limit 1", "student_day: .*several rows"),
        (  # in order, and yet the same child on the same day twice: under another school, or another 年度
            "insert into student_day select * replace (99 as school_id) from student_day order by day desc, student_id limit 1",
            "student_day: .*several rows",
        ),
        (
            "insert into student_day select * replace (cast(2099 as smallint) as fiscal_year) from student_day order by student_id limit 1",
            "student_day: .*several rows",
        ),
        (
            "update cell set numerator = numerator + 1 where place = 'school' and indicator = 'late_rate' and period = 'year'",
            "5 sums do not agree, first late_rate",
        ),
        ("delete from cell where place = 'district' and indicator = 'absence_rate'", "sums do not agree, first absence_rate"),
    ],
)
def test_an_unsound_file_is_not_published(district, sound_file, statement, complaint):
    published_loads(district, sound_file, 1)
    built = changed(sound_file, district, statement)
    with pytest.raises(PublishError, match=complaint):
        publish(built, district, 9)
    assert current(district) == district / "district-1.duckdb"


def test_a_damaged_file_is_not_published(district, sound_file):
    published_loads(district, sound_file, 1)
    built = district / ".building-2.duckdb"
    content = bytearray(sound_file.read_bytes())
    for position in range(len(content) // 4, len(content), 4096):  # wherever the tables lie
        content[position] ^= 0xFF
    built.write_bytes(content)
    with pytest.raises(PublishError, match="load 2 was not published"):
        publish(built, district, 2)
    built.write_bytes(sound_file.read_bytes()[: len(content) // 2])
    with pytest.raises(PublishError, match="load 2 was not published"):
        publish(built, district, 2)
    assert current(district) == district / "district-1.duckdb"


def test_someone_reading_keeps_reading_while_the_next_takes_over(district, sound_file):
    published_loads(district, sound_file, 1)
    reader = District(current(district))
    published_loads(district, sound_file, 2, 3, 4)
    assert not (district / "district-1.duckdb").exists()
    assert reader.rows("select count(*) from student_day") == [(15,)]
    reader.close()


STOPPED = """
import os, signal, sys
from pathlib import Path
from marts import building, publish as publishing
lake, district, where = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
def stop(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
if where == "while building":
    building.build_district(lake, district, 2, lambda part, name: stop() if name == "cell" else None)
built = building.build_district(lake, district, 2)
if where == "before the rename": publishing.brought_to_disk = stop
if where == "before the switch": publishing._point_at = stop
if where == "after the switch": publishing._forget_old = stop
publishing.publish(built, district, 2)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs a process that can be killed outright")
@pytest.mark.parametrize(
    ("where", "serving"),
    [("while building", 1), ("before the rename", 1), ("before the switch", 1), ("after the switch", 2)],
)
def test_a_load_killed_at_any_point_leaves_a_sound_file_serving(lake, district, sound_file, where, serving):
    published_loads(district, sound_file, 1)
    killed = subprocess.run(
        [sys.executable, "-c", STOPPED, str(lake), str(district), where], cwd=ROOT, capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert current(district) == district / f"district-{serving}.duckdb"
    publish(build_district(lake, district, 3), district, 3)
    assert current(district) == district / "district-3.duckdb"
    assert [path.name for path in district.iterdir() if path.name.startswith(".")] == []


def test_leftovers_of_a_stopped_build_are_cleared(district):
    (district / ".building-4.duckdb.spill").mkdir(parents=True)
    (district / ".building-4.duckdb.spill" / "block").touch()
    (district / ".building-4.duckdb").touch()
    (district / ".building-4.duckdb.wal").touch()
    (district / "district-3.duckdb").touch()
    clear_leftovers(district)
    assert [path.name for path in district.iterdir()] == ["district-3.duckdb"]
