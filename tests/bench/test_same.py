"""Two district files are told apart by whatever differs in them, but for what must differ and what is named."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from bench.__main__ import command
from bench.same import Expected, Verdict, compared, published

MADE = """
create table school (school_id integer, key varchar, name varchar, share double);
insert into school values (1, 'aaaaaaaaaa', '見晴小学校', 0.25), (2, 'bbbbbbbbbb', '見晴中学校', null), (3, 'cccccccccc', null, 0.5);
create table load (load_id integer, loaded_at timestamp, rows_read bigint);
insert into load values (1, '2026-11-20 07:00:00', 10);
"""
OTHER_KEYS = "update school set key = 'x' || school_id; update load set load_id = 7, loaded_at = '2026-11-21 07:00:00';"


def district(home: Path, *changes: str) -> Path:
    """A data directory that serves a file of two small tables."""
    folder = home / "district"
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "district-1.duckdb")) as connection:
        for statement in duckdb.extract_statements(MADE + ";".join(changes)):
            connection.execute(statement).fetchall()
    (folder / "CURRENT").write_text("district-1.duckdb\n", encoding="utf-8")
    return home


def verdicts(tmp_path: Path, *changes: str, expected: Expected | None = None) -> dict[str, Verdict]:
    before, after = district(tmp_path / "before"), district(tmp_path / "after", *changes)
    return {each.table: each for each in compared(published(before), published(after), expected or Expected())}


def test_what_no_two_loads_have_alike_is_no_difference(tmp_path: Path) -> None:
    found = verdicts(tmp_path, OTHER_KEYS)
    assert {each.table: (each.rows, each.told, each.is_different) for each in found.values()} == {
        "load": ((1, 1), [], False),
        "school": ((3, 3), [], False),
    }


def test_the_last_digit_of_a_sum_and_the_order_of_two_reasons_are_no_difference(tmp_path: Path) -> None:
    reach = "create table reach as select unnest([1, 2]) as staff_id"
    before = district(tmp_path / "before", reach)
    after = district(
        tmp_path / "after", reach, "create or replace table reach as from reach order by staff_id desc",
        "update school set share = 0.25000000000000006 where school_id = 1",
    )  # fmt: skip
    assert [each.told for each in compared(published(before), published(after), Expected())] == [[], [], []]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("update school set name = '見晴台中学校' where school_id = 2", ["1 rows before only", "1 rows after only"]),
        ("update school set name = '' where school_id = 3", ["1 rows before only", "1 rows after only"]),
        ("update school set share = 0.250000002 where school_id = 1", ["1 rows before only", "1 rows after only"]),
        ("insert into school select * from school where school_id = 1", ["1 rows after only"]),
        ("delete from school where school_id = 3", ["1 rows before only"]),
        ("create or replace table school as from school order by school_id desc", ["the same rows, 2 of them at another place"]),
        ("alter table school add column kind varchar", ["kind is new"]),
        ("alter table school drop column share", ["share is gone"]),
        ("alter table school alter school_id type bigint", ["school_id: another type: INTEGER → BIGINT"]),
        ("comment on column school.name is 'name'", ["name: another comment: None → name"]),
        ("create or replace table school as select name, school_id, key, share from school", ["columns stand in another order"]),
    ],
)
def test_a_difference_is_told_and_counts(tmp_path: Path, change: str, told: list[str]) -> None:
    found = verdicts(tmp_path, change)
    assert [words.partition(", such as")[0] for words in found["school"].told] == told
    assert (found["school"].is_different, found["load"].is_different) == (True, False)


def test_a_table_that_comes_or_goes_counts(tmp_path: Path) -> None:
    found = verdicts(tmp_path, "alter table school rename to place")
    assert {each.table: (each.rows, each.told) for each in found.values() if each.is_different} == {
        "school": ((3, None), ["the table is gone"]),
        "place": ((None, 3), ["a new table"]),
    }


def test_what_is_named_is_told_and_does_not_count(tmp_path: Path) -> None:
    changes = (
        "alter table school rename to place", "alter table place rename share to part", "alter table place add column kind varchar",
        "create table mark (mark_id integer)", "update load set rows_read = 11",
    )  # fmt: skip
    expected = Expected({"school": "place", "school.share": "part"}, ["school.kind", "mark", "load.rows_read"])
    found = verdicts(tmp_path, *changes, expected=expected)
    assert {each.table: each.told for each in found.values()} == {
        "load": [], "school": ["kind is new (named)"], "mark": ["a new table (named)"],
    }  # fmt: skip
    assert not any(each.is_different for each in found.values())


def test_a_renamed_column_is_still_compared(tmp_path: Path) -> None:
    changes = ("alter table school rename share to part", "update school set part = 1 where school_id = 2")
    found = verdicts(tmp_path, *changes, expected=Expected({"school.share": "part"}))
    assert found["school"].is_different


def test_the_command_ends_with_one_where_something_differs(tmp_path: Path) -> None:
    before, same, other = (
        district(tmp_path / name, change)
        for name, change in (("a", ""), ("b", OTHER_KEYS), ("c", "update load set rows_read = 11"))
    )
    assert CliRunner().invoke(command, ["same", str(before), str(same)]).exit_code == 0
    told = CliRunner().invoke(command, ["same", str(before), str(other)])
    assert (told.exit_code, "1 of 2 tables are equal: not load" in told.output) == (1, True)
    assert CliRunner().invoke(command, ["same", str(before), str(other), "--named", "load.rows_read"]).exit_code == 0
