-- days_of_flags: the days each flag rests on, for the children of one class or of every child in reach at a school.
-- grain: one row per flag and day. A null class asks for all.
select
    flag_day.student_id,
    flag_day.signal,
    flag_day.begins_on,
    flag_day.day
from flag_day
inner join student on flag_day.student_id = student.student_id
where flag_day.school_id = $school_id
    and (cast($class_id as integer) is null or student.class_id = cast($class_id as integer))
order by flag_day.student_id, flag_day.signal, flag_day.begins_on, flag_day.day
