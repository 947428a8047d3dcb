"""A question that reaches past the gate never gets asked."""

from __future__ import annotations

import pytest

from access.sql_allowlist import QuestionNotAllowed, allowed

PAST_THE_GATE = [
    "select * from district.student_name",
    "select * from district.main.student_name",
    "select * from viewer_student",
    "select * from student_day_backup",
    "select * from read_csv('names.csv')",
    "select * from read_parquet('lake/student_name/all.parquet')",
    "select * from read_text('records.sqlite')",
    "select * from 'lake/student_name/all.parquet'",
    'select * from "lake/student_name/all.parquet"',
    "select * from glob('*')",
    "select * from duckdb_tables()",
    "select * from information_schema.tables",
    "select * from pragma_table_info('student')",
    "select * from query('select 1')",
    "select * from query_table('district.student_name')",
    "select getvariable('viewer_named') as x from school",
    "select current_setting('threads') as x from school",
    "select getenv('HOME') as x from school",
    "select (select max(family_name) from district.student_name) as x from school",
    "with x as (select * from district.student_name) select * from x",
    "with student as (select * from cell) select * from student",
    "select 1; drop table school",
    "set variable viewer_role = 'principal'",
    "create temp view student_name as select * from district.student_name",
    "attach 'other.duckdb'",
    "copy school to 'out.csv'",
    "pragma database_list",
    "insert into school select * from school",
    "select family_name from student_name",
    "select school_id from school where exists (select 1 from district.student_name)",
    "select school_id from school union all select student_id from district.student",
    # children whose names come without their own student_id
    "select family_name as f from student_name",
    "select s from student_name s",
    "select list(family_name) as f from student_name",
    "select columns('family.*') from student_name",
    "select {'x': family_name} as f from student_name",
    "select key from student",
    "select day, attendance from student_day",
    "select family_name || '' as f, 1 as student_id from student_name",
    "select max(student_name.student_id) as student_id, student_name.family_name from student_name group by 2",
    "select max(student_name.student_id) over () as student_id, student_name.family_name from student_name",
    "select max(student_name.family_name) over (partition by student_name.student_id) as f from student_name",
    "select student_name.student_id, list(student_name.family_name) over () as f from student_name",
    "select student_name.student_id, first(student_name.family_name) over () as f from student_name",
    "select sum(cell.people) over (partition by getvariable('viewer')) as people from cell",
    "select extract(epoch from current_localtimestamp()) as x from school",
    "select student_name.* from student_name",
    "select student_name.student_id from student_name union all select 1 as student_id from student_name",
    "select school_id from school union all (select 1 union all select student_day.day from student_day)",
    # steps that hide what they name
    "with a as (with duckdb_views as (select 1 as i) select i from duckdb_views) select d.sql from a, duckdb_views d, cell",
    "with a as (with duckdb_columns as (select 1 as i) select i from duckdb_columns) select d.table_name from a, duckdb_columns d",
    "with SCHOOL as (select cell.people from cell) select people from school",
    "with recursive r as (select 1 as i union all select i + 1 as i from r) select i from r",
    # the attached file by another door
    "from read_duckdb('district-1.duckdb', table_name='student_name')",
    "select school_id from school, lateral read_parquet('x.parquet')",
    "select version() as v from school",
    "select current_user as v from school",
    "select current_database() as v from school",
    "select * from school",
    "pivot cell on place using sum(people)",
    "describe student_name",
    "summarize student_name",
]


@pytest.mark.parametrize("text", PAST_THE_GATE)
def test_a_question_past_the_gate_is_refused(text: str) -> None:
    with pytest.raises(QuestionNotAllowed, match=r"attempt\.sql"):
        allowed("attempt", text)


def test_a_plain_question_is_allowed() -> None:
    question = allowed(
        "plain",
        "with asked as (select student_id, max(day) as day from student_day where school_id = $school_id group by student_id) "
        "select student_name.student_id, student_name.family_name, asked.day from asked "
        "inner join student_name on asked.student_id = student_name.student_id",
    )
    assert question.views == {"student_day", "student_name"}
    assert question.parameters == {"school_id"}
    assert question.columns == ("student_id", "family_name", "day")


def test_a_sum_beside_each_row_and_a_part_of_a_date_are_plain_sql() -> None:
    question = allowed(
        "windowed",
        "select student_day.student_id, max(student_day.day) over (partition by student_day.student_id) as newest, "
        "sum(student_day.study_minutes) filter (where extract(month from student_day.day) % 2 = 0) over () as minutes from student_day",
    )
    assert question.views == {"student_day"}
    assert question.columns == ("student_id", "newest", "minutes")
