-- figures_of_kind_grades: one indicator of each grade of all schools of a kind, to date and over the 年度.
-- grain: one row per kind of school, grade, 年度 and period.
select
    cell.school_kind,
    cell.grade,
    cell.fiscal_year,
    cell.period,
    cell.numerator,
    cell.denominator,
    cell.people,
    cell.is_hidden
from cell
where cell.place = 'kind_grade'
    and cell.period in ('to_date', 'year')
    and cell.indicator = $indicator
order by cell.school_kind, cell.grade, cell.fiscal_year, cell.period
