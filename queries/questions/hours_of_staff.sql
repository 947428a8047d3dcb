-- hours_of_staff: the months of every member of staff of a school in one 年度, for its head.
-- grain: one row per person and month.
select
    staff_hours.staff_id,
    staff_name.staff_number,
    staff_name.staff_family_name,
    staff_name.staff_given_name,
    staff_hours.month,
    staff_hours.overtime_hours
from staff_hours
inner join staff_name on staff_hours.staff_id = staff_name.staff_id
where staff_hours.school_id = $school_id
    and staff_hours.fiscal_year = $fiscal_year
order by staff_name.staff_number, staff_hours.month
