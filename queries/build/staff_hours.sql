-- staff_hours: the hours a member of staff was at work in a month (在校等時間), and those beyond regular hours.
-- grain: one row per person, school and month.
-- key: staff_id, school_id, month
-- order: school_id, staff_id, month
-- is_to_date: the months of a 年度 as far as this 年度's months have been reported.
with reported as (
    select cast(max((extract(month from staff_hours.month) + 8) % 12) as integer) as months
    from lake.staff_hours as staff_hours
    inner join as_of
        on as_of.fiscal_year = staff_hours.fiscal_year
)

select
    staff_hours.school_id,
    staff_hours.staff_id,
    staff_hours.fiscal_year,
    staff_hours.month,
    staff_hours.hours,
    staff_hours.overtime_hours,
    coalesce((extract(month from staff_hours.month) + 8) % 12 <= reported.months, false) as is_to_date,
    staff_hours.file_id,
    staff_hours.file_row
from lake.staff_hours as staff_hours
cross join reported
