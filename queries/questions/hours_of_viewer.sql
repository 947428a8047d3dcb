-- hours_of_viewer: the months of whoever asks, at every school they work at.
-- grain: one row per school and month.
select
    staff_hours.school_id,
    staff_hours.fiscal_year,
    staff_hours.month,
    staff_hours.hours,
    staff_hours.overtime_hours
from staff_hours
where staff_hours.is_viewer
order by staff_hours.month, staff_hours.school_id
