-- hours_of_district_groups: overtime of groups of staff over all schools in reach, 年度 by 年度 over the same months.
-- grain: one row per group and 年度; mean_hours are for each person and month.
-- Small groups of a school have been joined to others before they come here.
select
    staff_group_month.staff_group,
    staff_group_month.fiscal_year,
    cast(sum(staff_group_month.overtime_hours) as double) / sum(staff_group_month.people) as mean_hours
from staff_group_month
where staff_group_month.is_to_date
group by staff_group_month.staff_group, staff_group_month.fiscal_year
order by staff_group_month.staff_group, staff_group_month.fiscal_year
