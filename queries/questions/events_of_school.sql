-- events_of_school: what the school's calendar calls its 授業日 of one grade in one 年度 (始業式, 運動会).
-- grain: one row per date and event. A null grade asks for what any grade had.
select distinct
    calendar_day.day,
    calendar_day.event
from calendar_day
where calendar_day.school_id = $school_id
    and (cast($grade as integer) is null or calendar_day.grade = cast($grade as integer))
    and calendar_day.fiscal_year = $fiscal_year
    and calendar_day.kind = 'school_day'
    and calendar_day.event is not null
order by calendar_day.day, calendar_day.event
