-- student_day: the days of a 年度 that stays which now are, or no longer are, compared with this 年度.
-- grain: one row per child and such day.
select
    student_day.student_id,
    student_day.day,
    school_day.is_to_date
from student_day
inner join school_day
    on
        school_day.school_id = student_day.school_id
        and school_day.grade = student_day.grade
        and school_day.day = student_day.day
where school_day.is_to_date <> student_day.is_to_date
