-- span: an indicator's daily rows, summed over the days that share a class, a week, a month and a side of is_to_date.
-- grain: one row per person, class and such stretch of days.
-- Weeks begin on Monday.
select
    indicator_row.school_id,
    indicator_row.grade,
    indicator_row.class_id,
    indicator_row.person_id,
    indicator_row.fiscal_year,
    indicator_row.is_to_date,
    cast(date_trunc('week', indicator_row.day) as date) as week_on,
    cast(date_trunc('month', indicator_row.day) as date) as month_on,
    sum(cast(indicator_row.numerator as double)) as numerator,
    sum(cast(indicator_row.denominator as double)) as denominator
from indicator_row
group by
    indicator_row.school_id,
    indicator_row.grade,
    indicator_row.class_id,
    indicator_row.person_id,
    indicator_row.fiscal_year,
    indicator_row.is_to_date,
    cast(date_trunc('week', indicator_row.day) as date),
    cast(date_trunc('month', indicator_row.day) as date)
