-- as_of: the figures-day of the district: the newest day for which any school's own register speaks, and the 年度 it lies in.
-- grain: exactly one row.
-- key: day
-- Without any register the newest day of another daily source stands in, then that of what municipalities sent, then the first
-- school day of the calendar, then the day the last child came; none of them later than today.
with latest as (
    select
        least(
            coalesce(
                (select max(coverage_year.counts_to) from coverage_year where coverage_year.source = 'attendance'),
                (select max(coverage_year.counts_to) from coverage_year where coverage_year.source = 'mood'),
                (select max(coverage_year.counts_to) from coverage_year where coverage_year.source = 'study_log'),
                (select max(coverage_year.counts_to) from coverage_year where coverage_year.source = 'health_room'),
                (select max(municipality_figure.counted_until) from lake.municipality_figure as municipality_figure),
                (select min(calendar_day.day) from lake.calendar_day as calendar_day where calendar_day.kind = 'school_day'),
                (select max(enrollment.begins_on) from lake.enrollment as enrollment),
                clock.day
            ),
            clock.day
        ) as day
    from clock
)

select
    latest.day,
    cast(
        extract(year from latest.day) - case when extract(month from latest.day) < 4 then 1 else 0 end as smallint
    ) as fiscal_year
from latest
