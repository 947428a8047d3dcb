-- figures_of_grades: one indicator for each grade of a school, each 年度 over the same number of 授業日.
-- grain: one row per grade and 年度.
select
    cell.grade,
    cell.fiscal_year,
    cell.numerator,
    cell.denominator,
    cell.people,
    cell.is_hidden,
    cell.is_incomplete
from cell
where cell.period = 'to_date'
    and cell.place = 'grade'
    and cell.school_id = $school_id
    and cell.indicator = $indicator
order by cell.grade, cell.fiscal_year
