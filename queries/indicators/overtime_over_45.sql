-- overtime_over_45: months in which a member of staff was at work more than 45 hours beyond regular hours.
-- grain: one row per member of staff, school and month.
-- A month counts on its first day. Staff belong to a school, not to a class.
select
    staff_hours.school_id,
    cast(null as integer) as class_id,
    cast(null as smallint) as grade,
    staff_hours.staff_id as person_id,
    staff_hours.month as day,
    staff_hours.fiscal_year,
    staff_hours.is_to_date,
    case when staff_hours.overtime_hours > 45 then 1 else 0 end as numerator,
    1 as denominator
from staff_hours
where staff_hours.overtime_hours is not null
