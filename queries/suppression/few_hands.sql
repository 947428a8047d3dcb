-- few_hands: schools where what is left of a month's hours without the two longest is less than $share of the longest (the p%-rule).
-- grain: one row per school.
with month_hours as (
    select
        staff_hours.school_id,
        staff_hours.month,
        sum(staff_hours.overtime_hours) as hours,
        max(staff_hours.overtime_hours) as most
    from staff_hours
    where staff_hours.fiscal_year = $year
    group by staff_hours.school_id, staff_hours.month
)

select distinct month_hours.school_id
from month_hours
where month_hours.hours - 2 * month_hours.most < month_hours.most * $share
