-- own_hours: working hours of single people: one's own, and for the head those of the school.
-- grain: one row per person and month.
select
    staff_hours.school_id,
    staff_hours.staff_id,
    staff_hours.fiscal_year,
    staff_hours.month,
    staff_hours.hours,
    staff_hours.overtime_hours
from staff_hours
where staff_hours.school_id = $school_id
order by staff_hours.staff_id, staff_hours.month
