-- hours_of_viewer: the months of whoever asks, at all the schools they work at together.
-- grain: one row per month; a month no school has reported has no hours.
select
    staff_hours.fiscal_year,
    staff_hours.month,
    cast(sum(staff_hours.hours) as double) as hours,
    cast(sum(staff_hours.overtime_hours) as double) as overtime_hours
from staff_hours
where staff_hours.is_viewer
group by staff_hours.fiscal_year, staff_hours.month
order by staff_hours.month
