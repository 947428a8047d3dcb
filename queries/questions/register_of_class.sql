-- register_of_class: the last school days of every child of a class, day by day.
-- grain: one row per child and 授業日 from $from_day on. Children who came later have no rows before.
select
    student.student_id,
    student.number,
    student_name.family_name,
    student_name.given_name,
    student_day.day,
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
    student_day.study_minutes
from student
inner join student_name on student.student_id = student_name.student_id
inner join student_day
    on student.student_id = student_day.student_id
    and student_day.school_id = $school_id
    and student_day.day >= $from_day
where student.school_id = $school_id
    and student.class_id = $class_id
order by student.number, student.student_id, student_day.day
