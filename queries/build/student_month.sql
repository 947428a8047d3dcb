-- student_month: what one month brought for one child: the pieces a child's own usual is taken from.
-- grain: one row per child, school and month with a 授業日.
-- key: student_id, school_id, month
-- order: fiscal_year, school_id, student_id, month
-- chunk: school
-- carry: fiscal_year
-- Days count where the child was at school and the school kept that record: an absent child visits no 保健室 and opens no drill.
-- month_number counts months through the years, so that one can be taken from another.
select
    student_day.school_id,
    student_day.student_id,
    student_day.fiscal_year,
    cast(date_trunc('month', student_day.day) as date) as month,
    cast(extract(year from student_day.day) * 12 + extract(month from student_day.day) as integer) as month_number,
    cast(count(student_day.mood_level) as integer) as mood_answers,
    cast(count(*) filter (where student_day.mood_level >= 3) as integer) as low_answers,
    cast(count(*) filter (where student_day.is_present and student_day.is_health_room_covered) as integer) as health_room_days,
    cast(
        sum(case when student_day.is_health_room_covered then student_day.health_room_visits else 0 end) as integer
    ) as health_room_visits,
    cast(count(*) filter (where student_day.is_present and student_day.is_study_covered) as integer) as study_days,
    cast(
        count(*) filter (
            where
            student_day.is_present
            and student_day.is_study_covered
            and (student_day.study_minutes > 0 or student_day.study_answers > 0)
        ) as integer
    ) as drill_days,
    cast(sum(student_day.study_answers) as integer) as study_answers,
    cast(sum(student_day.study_correct) as integer) as study_correct
from student_day
group by
    student_day.school_id,
    student_day.student_id,
    student_day.fiscal_year,
    cast(date_trunc('month', student_day.day) as date),
    cast(extract(year from student_day.day) * 12 + extract(month from student_day.day) as integer)
