-- months_of_schools: one indicator for each school in reach, month by month, this 年度 and the last.
-- grain: one row per school and month. In the order of the list, never by value.
select
    school.school_id,
    school.name as school_name,
    school.list_order,
    cell.fiscal_year,
    cell.period_on,
    cell.numerator,
    cell.denominator,
    cell.is_hidden,
    cell.is_incomplete
from school
inner join cell
    on school.school_id = cell.school_id
    and cell.place = 'school'
    and cell.period = 'month'
    and cell.indicator = $indicator
    and cell.fiscal_year >= cast($fiscal_year as integer) - 1
order by school.list_order, cell.period_on
