-- handover_mood: every answer a child has given about its mood at this school.
-- grain: one row per day answered.
select
    student_day.student_id,
    student_day.fiscal_year,
    student_day.day,
    student_day.mood_level as level
from student_day
where student_day.student_id = $student_id
    and student_day.school_id = $school_id
    and student_day.mood_level is not null
order by student_day.day
