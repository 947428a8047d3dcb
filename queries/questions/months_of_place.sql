-- months_of_place: one indicator of one place, month by month, over all 年度.
-- grain: one row per month.
select
    cell.fiscal_year,
    cell.period_on,
    cell.numerator,
    cell.denominator,
    cell.people,
    cell.is_hidden,
    cell.is_incomplete
from cell
where cell.period = 'month'
    and cell.indicator = $indicator
    and cell.place = $place
    and cell.school_id is not distinct from cast($school_id as integer)
    and cell.class_id is not distinct from cast($class_id as integer)
    -- a class cell carries the grade of its class, which nobody needs to know to ask for the class
    and (cell.place = 'class' or cell.grade is not distinct from cast($grade as integer))
order by cell.period_on
