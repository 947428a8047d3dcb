-- months_of_children: the months of each child of a class at this school, this 年度 and the one before, in counts.
-- grain: one row per child and month with a 授業日. A kind of record is null in months its source does not speak for.
select
    student.student_id,
    student.number,
    student_name.family_name,
    student_name.given_name,
    student_day.fiscal_year,
    cast(date_trunc('month', student_day.day) as date) as month,
    cast(count(*) as integer) as school_days,
    case
        when count(student_day.is_absent) > 0 then cast(count(*) filter (where student_day.is_absent) as integer)
    end as absent_days,
    cast(count(*) filter (where student_day.mood_level is not null) as integer) as mood_answers,
    cast(count(*) filter (where student_day.mood_level >= 3) as integer) as stormy_answers,
    cast(sum(student_day.health_room_visits) filter (where student_day.is_health_room_covered) as integer) as health_room_visits,
    cast(count(*) filter (where student_day.is_study_covered) as integer) as study_school_days,
    cast(sum(student_day.study_minutes) filter (where student_day.is_study_covered) as double) as study_minutes
from student
inner join student_name on student.student_id = student_name.student_id
inner join student_day
    on student.student_id = student_day.student_id
    and student_day.school_id = $school_id
    and student_day.fiscal_year >= cast($fiscal_year as integer) - 1
where student.school_id = $school_id
    and student.class_id = $class_id
group by
    student.student_id,
    student.number,
    student_name.family_name,
    student_name.given_name,
    student_day.fiscal_year,
    cast(date_trunc('month', student_day.day) as date)
order by student.number, student.student_id, month
