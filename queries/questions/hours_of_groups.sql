-- hours_of_groups: overtime of the groups of a school's staff, month by month.
-- grain: one row per group and month.
select
    staff_group_month.fiscal_year,
    staff_group_month.month,
    staff_group_month.staff_group,
    staff_group_month.is_to_date,
    staff_group_month.people,
    staff_group_month.overtime_hours
from staff_group_month
where staff_group_month.school_id = $school_id
order by staff_group_month.staff_group, staff_group_month.month
