-- figures: every place of a 年度 as the indicators of one group know it in each period: the least any of them has counted there.
-- grain: one row per place and period; none of weeks, which nobody without names is shown.
-- With $is_cases (the indicators count people) no class is looked at: there such a count stays hidden anyway.
select
    cell.place,
    cell.school_id,
    cell.grade,
    cell.class_id,
    cell.school_kind,
    cell.period,
    cell.period_on,
    min(cell.people) as people,
    min(cell.cases) as cases,
    min(cell.numerator) as numerator,
    bool_or(cell.is_small) as is_small
from cell
where list_contains($names, cell.indicator)
    and cell.fiscal_year = $year
    and cell.period <> 'week'
    and cell.denominator > 0
    and not ($is_cases and cell.place = 'class')
group by
    cell.place,
    cell.school_id,
    cell.grade,
    cell.class_id,
    cell.school_kind,
    cell.period,
    cell.period_on
order by cell.period, cell.period_on
