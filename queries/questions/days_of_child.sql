-- days_of_child: every 授業日 of one child at this school, with all that is known of it.
-- grain: one row per 授業日.
select
    student_day.student_id,
    student_day.school_id,
    student_day.fiscal_year,
    student_day.day,
    student_day.ordinal,
    student_day.is_to_date,
    student_day.attendance,
    student_day.is_absent,
    student_day.is_excused,
    student_day.is_late,
    student_day.is_early_leave,
    student_day.is_mood_asked,
    student_day.mood_level,
    student_day.is_health_room_covered,
    student_day.health_room_visits,
    student_day.is_study_covered,
    student_day.study_minutes,
    student_day.study_answers,
    student_day.study_correct
from student_day
where student_day.school_id = $school_id
    and student_day.student_id = $student_id
order by student_day.day
