-- recent_school_days: the 授業日 of a school's grade, latest first.
-- grain: one row per day, at most $days of them. A null grade asks for days any grade had.
select distinct school_day.day
from school_day
where school_day.school_id = $school_id
    and (cast($grade as integer) is null or school_day.grade = cast($grade as integer))
order by school_day.day desc
limit $days
