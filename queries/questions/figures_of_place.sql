-- figures_of_place: every indicator of one place, each 年度 over the same number of 授業日.
-- grain: one row per indicator and 年度. Give null for what the place does not have (a school has no class).
select
    cell.indicator,
    cell.fiscal_year,
    cell.numerator,
    cell.denominator,
    cell.people,
    cell.is_hidden,
    cell.is_incomplete
from cell
where cell.period = 'to_date'
    and cell.place = $place
    and cell.school_id is not distinct from cast($school_id as integer)
    and cell.class_id is not distinct from cast($class_id as integer)
    -- a class cell carries the grade of its class, which nobody needs to know to ask for the class
    and (cell.place = 'class' or cell.grade is not distinct from cast($grade as integer))
order by cell.indicator, cell.fiscal_year
