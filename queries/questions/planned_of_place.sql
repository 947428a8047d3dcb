-- planned_of_place: what has been said ahead of the register (届出) for the children of a class, or for every child in reach at a school.
-- grain: one row per child and day from $from_day on. A null class asks for all.
select
    student.student_id,
    student.number,
    student_name.family_name,
    student_name.given_name,
    planned_attendance.day,
    planned_attendance.status,
    planned_attendance.is_absent,
    planned_attendance.is_excused,
    planned_attendance.is_late,
    planned_attendance.is_early_leave
from planned_attendance
inner join student on planned_attendance.student_id = student.student_id
inner join student_name on planned_attendance.student_id = student_name.student_id
where planned_attendance.school_id = $school_id
    and planned_attendance.day >= $from_day
    and (cast($class_id as integer) is null or student.class_id = cast($class_id as integer))
order by planned_attendance.day, student.class_id, student.number, student.student_id
