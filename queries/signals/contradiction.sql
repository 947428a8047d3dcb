-- contradiction: the register says not at school, and another record says the child was there.
-- grain: one row per child and day.
-- It says that a record is to be put right, nothing about the child. A drill done at home on such a day is no contradiction.
select
    student_day.school_id,
    student_day.class_id,
    student_day.student_id,
    student_day.fiscal_year,
    student_day.day,
    student_day.ordinal,
    true as holds,
    true as is_evidence,
    student_day.day as since,
    cast(1 as double) as found,
    cast(null as double) as usual,
    cast(null as double) as out_of,
    0 as missing,
    0 as elsewhere
from student_day
where
    (student_day.is_absent or student_day.is_excused)
    and (student_day.health_room_visits > 0 or student_day.mood_level is not null)
