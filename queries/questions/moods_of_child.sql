-- moods_of_child: how often a child gave each of the four answers about its mood, and how often none, from one day to another.
-- grain: one row per month with a 授業日 on which it was asked. Answers are counted, never averaged.
select
    student_day.student_id,
    cast(date_trunc('month', student_day.day) as date) as month,
    cast(count(*) filter (where student_day.mood_level = 1) as integer) as sunny_days,
    cast(count(*) filter (where student_day.mood_level = 2) as integer) as cloudy_days,
    cast(count(*) filter (where student_day.mood_level = 3) as integer) as rain_days,
    cast(count(*) filter (where student_day.mood_level = 4) as integer) as thunder_days,
    cast(count(*) filter (where student_day.mood_level is null) as integer) as unanswered_days
from student_day
where student_day.school_id = $school_id
    and student_day.student_id = $student_id
    and student_day.day between $from_day and $to_day
    and student_day.is_mood_asked
group by student_day.student_id, cast(date_trunc('month', student_day.day) as date)
order by month
