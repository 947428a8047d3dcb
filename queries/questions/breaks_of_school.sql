-- breaks_of_school: the dates without school of one grade in one 年度, for the quiet bands behind a child's year.
-- grain: one row per date.
select
    calendar_day.day,
    calendar_day.kind,
    calendar_day.event
from calendar_day
where calendar_day.school_id = $school_id
    and calendar_day.grade = $grade
    and calendar_day.fiscal_year = $fiscal_year
    and calendar_day.kind <> 'school_day'
order by calendar_day.day
