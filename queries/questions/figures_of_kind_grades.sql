-- figures_of_kind_grades: one indicator of each grade of all schools of a kind, to date and over the 年度, with how many are enrolled there.
-- grain: one row per kind of school, grade, 年度 and period.
-- enrolled are the people behind the indicator or, where those are not told, behind the absence rate.
select
    cell.school_kind,
    cell.grade,
    cell.fiscal_year,
    cell.period,
    max(cell.numerator) filter (where cell.indicator = $indicator) as numerator,
    max(cell.denominator) filter (where cell.indicator = $indicator) as denominator,
    max(cell.people) filter (where cell.indicator = $indicator) as people,
    max(cell.is_hidden) filter (where cell.indicator = $indicator) as is_hidden,
    max(cell.is_incomplete) filter (where cell.indicator = $indicator) as is_incomplete,
    coalesce(
        max(cell.people) filter (where cell.indicator = $indicator),
        max(cell.people) filter (where cell.indicator = 'absence_rate')
    ) as enrolled
from cell
where cell.place = 'kind_grade'
    and cell.period in ('to_date', 'year')
    and cell.indicator in ($indicator, 'absence_rate')
group by cell.school_kind, cell.grade, cell.fiscal_year, cell.period
having count(*) filter (where cell.indicator = $indicator) > 0
order by cell.school_kind, cell.grade, cell.fiscal_year, cell.period
