"""How an answer gets out of the gate: with the types the engine's own way has, and of one statement alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import duckdb
import polars as pl
import pytest

from access import gate
from tests.access.conftest import SASAKI, SUZUKI, TANAKA
from tests.access.test_gate import EVERY_CHILD, asked

EVERY_TYPE = """
select
    $number + i as number, i::smallint as small, i::bigint * 1.5::double as real, 1.25::decimal(9, 2) as exact,
    sum(i::integer) over () as sum, case when i < 2 then 'ア' || i end as word, date '2026-04-01' + i::integer as day,
    timestamp '2026-04-01 08:30:00' as moment, time '08:30:00' as hour, i = 1 as flag, [i, null] as list,
    {'a': i, 'b': 'x'} as struct, null as nothing, 'late'::enum ('late', 'early') as status
from range(3) as t (i)
order by number desc
"""


def test_an_answer_has_the_types_and_rows_of_the_engines_own_way() -> None:
    with duckdb.connect() as connection:
        for parameters in ({"number": 7}, {"number": None}):
            own = connection.sql(EVERY_TYPE, params=parameters).pl()
            rows = gate._rows(connection, EVERY_TYPE, parameters)
            assert rows.schema == own.schema
            assert rows.equals(own)
        nobody = "select 1 as one, 'x' as word where false"
        assert gate._rows(connection, nobody, {}).equals(pl.DataFrame(schema={"one": pl.Int32, "word": pl.String}))


def test_of_two_statements_neither_is_asked() -> None:
    with duckdb.connect() as connection, pytest.raises(ValueError, match="too many values"):
        gate._rows(connection, "select 1; select 2", {})


@pytest.mark.usefixtures("tiny_district")
def test_what_is_read_once_answers_many_at_a_time_each_their_own() -> None:
    seen = {SUZUKI: {101, 102, 103, 104}, SASAKI: {201}, TANAKA: set(asked(TANAKA, EVERY_CHILD)["student_id"])}
    assert seen[TANAKA] < seen[SUZUKI]
    turns = [viewer for _turn in range(40) for viewer in seen]
    with ThreadPoolExecutor(8) as people:
        answers = people.map(lambda viewer: set(asked(viewer, EVERY_CHILD)["student_id"]), turns)
    assert [*answers] == [seen[viewer] for viewer in turns]
