-- months_of_grades: one indicator of each grade of a school, month by month, over all 年度.
-- grain: one row per grade and month.
select
    cell.grade,
    cell.fiscal_year,
    cell.period_on,
    cell.numerator,
    cell.denominator,
    cell.people,
    cell.is_hidden,
    cell.is_incomplete
from cell
where cell.period = 'month'
    and cell.place = 'grade'
    and cell.indicator = $indicator
    and cell.school_id = $school_id
order by cell.grade, cell.period_on
