-- figures_of_schools: one indicator for each school in reach, each 年度 over the same number of 授業日.
-- grain: one row per school and 年度. In the order of the list, never by value.
select
    school.school_id,
    school.key as school_key,
    school.name as school_name,
    school.kind as school_kind,
    school.list_order,
    cell.fiscal_year,
    cell.numerator,
    cell.denominator,
    cell.people,
    cell.is_hidden,
    cell.is_incomplete
from school
left join cell
    on school.school_id = cell.school_id
    and cell.place = 'school'
    and cell.period = 'to_date'
    and cell.indicator = $indicator
order by school.list_order, cell.fiscal_year
