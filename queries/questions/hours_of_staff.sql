-- hours_of_staff: the months of every member of staff of a school in one 年度, for its head, each beside what the year has come to.
-- grain: one row per person and month; a month not reported is not counted in the year.
-- months_over counts those of more than $most_hours.
select
    staff_hours.staff_id,
    staff_name.staff_number,
    staff_name.staff_family_name,
    staff_name.staff_given_name,
    staff_hours.month,
    staff_hours.overtime_hours,
    sum(staff_hours.overtime_hours) over (partition by staff_hours.staff_id) as year_hours,
    count(staff_hours.overtime_hours) over (partition by staff_hours.staff_id) as months,
    count(*) filter (where staff_hours.overtime_hours > $most_hours) over (partition by staff_hours.staff_id) as months_over
from staff_hours
inner join staff_name on staff_hours.staff_id = staff_name.staff_id
where staff_hours.school_id = $school_id
    and staff_hours.fiscal_year = $fiscal_year
order by staff_name.staff_number, staff_hours.month
