-- days_ahead: the calendar of a school's grade from a day on, to know whether it is a 授業日 and which is the next.
-- grain: one row per date and kind, at most $days of them. A null grade asks for any grade.
select distinct
    calendar_day.day,
    calendar_day.kind,
    calendar_day.event
from calendar_day
where calendar_day.school_id = $school_id
    and calendar_day.day >= $from_day
    and (cast($grade as integer) is null or calendar_day.grade = cast($grade as integer))
order by calendar_day.day, calendar_day.kind
limit $days
