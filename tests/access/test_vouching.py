"""A question that reaches past the gate never gets asked."""

from __future__ import annotations

import pytest

from access.vouching import UnvouchedQuestion, vouched

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
]


@pytest.mark.parametrize("text", PAST_THE_GATE)
def test_a_question_past_the_gate_is_refused(text: str) -> None:
    with pytest.raises(UnvouchedQuestion, match=r"attempt\.sql"):
        vouched("attempt", text)


def test_a_plain_question_is_vouched_for() -> None:
    question = vouched(
        "plain",
        "with asked as (select student_id, max(day) as day from student_day where school_id = $school_id group by student_id) "
        "select asked.student_id, student_name.family_name, asked.day from asked "
        "inner join student_name on asked.student_id = student_name.student_id",
    )
    assert question.views == {"student_day", "student_name"}
    assert question.parameters == {"school_id"}
    assert question.columns == ("student_id", "family_name", "day")
