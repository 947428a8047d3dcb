-- day_of_place: one school day of the children of a class, or of every child in reach at a school.
-- grain: one row per child; none where it was no 授業日. A null class asks for all.
select
    student_day.student_id,
    student_day.is_absent,
    student_day.is_excused,
    student_day.is_late,
    student_day.is_mood_asked,
    student_day.mood_level
from student_day
where student_day.school_id = $school_id
    and student_day.day = $day
    and (cast($class_id as integer) is null or student_day.class_id = cast($class_id as integer))
order by student_day.student_id
