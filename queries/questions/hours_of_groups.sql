-- hours_of_groups: overtime of the groups of a school's staff, 年度 by 年度 over the same months.
-- grain: one row per group and 年度; people are those of its largest month, mean_hours are for each of them and month.
select
    staff_group_month.staff_group,
    staff_group_month.fiscal_year,
    max(staff_group_month.people) as people,
    cast(sum(staff_group_month.overtime_hours) as double) / sum(staff_group_month.people) as mean_hours
from staff_group_month
where staff_group_month.school_id = $school_id
    and staff_group_month.is_to_date
group by staff_group_month.staff_group, staff_group_month.fiscal_year
order by staff_group_month.staff_group, staff_group_month.fiscal_year desc
