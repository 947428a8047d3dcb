-- children_of_class: each child of a class, with what this 年度 has brought so far.
-- grain: one row per child, in 出席番号 order. Mood is counted, never averaged; a child who answered nothing has zeros in all four.
-- Days are those in this class; came_later says that the child was not yet in it on its first 授業日.
with year_so_far as (
    select
        student_day.student_id,
        min(student_day.day) as first_day,
        cast(count(*) filter (where student_day.is_required) as integer) as required_days,
        cast(count(*) filter (where student_day.is_absent) as integer) as absent_days,
        cast(count(*) filter (where student_day.is_excused) as integer) as suspended_days,
        cast(count(*) filter (where student_day.is_late) as integer) as late_days,
        cast(count(*) filter (where student_day.is_early_leave) as integer) as early_leave_days,
        cast(count(*) filter (where student_day.mood_level = 1) as integer) as sunny_days,
        cast(count(*) filter (where student_day.mood_level = 2) as integer) as cloudy_days,
        cast(count(*) filter (where student_day.mood_level = 3) as integer) as rain_days,
        cast(count(*) filter (where student_day.mood_level = 4) as integer) as thunder_days,
        cast(sum(student_day.health_room_visits) as integer) as health_room_visits,
        cast(sum(student_day.study_minutes) as double) as study_minutes,
        cast(count(*) filter (where student_day.is_study_covered) as integer) as study_school_days,
        cast(sum(student_day.study_answers) as integer) as study_answers,
        cast(sum(student_day.study_correct) as integer) as study_correct
    from student_day
    where student_day.school_id = $school_id
        and student_day.class_id = $class_id
    group by student_day.student_id
)

select
    student.student_id,
    student.key as student_key,
    student.number,
    student_name.family_name,
    student_name.given_name,
    student_name.family_name_kana,
    student_name.given_name_kana,
    coalesce(year_so_far.first_day > min(year_so_far.first_day) over (), false) as came_later,
    year_so_far.required_days,
    year_so_far.absent_days,
    year_so_far.suspended_days,
    year_so_far.late_days,
    year_so_far.early_leave_days,
    year_so_far.sunny_days,
    year_so_far.cloudy_days,
    year_so_far.rain_days,
    year_so_far.thunder_days,
    year_so_far.health_room_visits,
    year_so_far.study_minutes,
    year_so_far.study_school_days,
    year_so_far.study_answers,
    year_so_far.study_correct
from student
inner join student_name on student.student_id = student_name.student_id
left join year_so_far on student.student_id = year_so_far.student_id
where student.school_id = $school_id
    and student.class_id = $class_id
order by student.number, student.student_id
