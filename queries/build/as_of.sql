-- as_of: the last day every figure counts: the latest day the attendance register speaks of.
-- grain: exactly one row.
-- key: day
-- Without any attendance the latest day of another daily source stands in, then that of what municipalities sent, then the first
-- school day of the calendar,
-- then the day the last child came.
with latest as (
    select
        coalesce(
            (select max(attendance.day) from lake.attendance as attendance),
            (select max(mood.day) from lake.mood as mood),
            (select max(study_log.day) from lake.study_log as study_log),
            (select max(health_room.day) from lake.health_room as health_room),
            (select max(municipality_figure.counted_until) from lake.municipality_figure as municipality_figure),
            (select min(calendar_day.day) from lake.calendar_day as calendar_day where calendar_day.kind = 'school_day'),
            (select max(enrollment.begins_on) from lake.enrollment as enrollment),
            make_date(1970, 4, 1)
        ) as day
)

select
    latest.day,
    cast(
        extract(year from latest.day) - case when extract(month from latest.day) < 4 then 1 else 0 end as smallint
    ) as fiscal_year
from latest
