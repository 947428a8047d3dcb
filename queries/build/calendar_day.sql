-- calendar_day: what every day of the 年度 is for a grade of a school: 授業日, 休業日 or 臨時休業, days to come included.
-- grain: one row per school, grade and day.
-- key: school_id, grade, day
-- order: school_id, grade, day
select
    calendar_day.school_id,
    calendar_day.grade,
    calendar_day.fiscal_year,
    calendar_day.day,
    calendar_day.kind,
    calendar_day.event
from lake.calendar_day as calendar_day
