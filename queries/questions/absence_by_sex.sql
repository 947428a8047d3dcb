-- absence_by_sex: long absence of girls and boys, by kind of school and over the district, where the roster says who is which.
-- grain: one row per indicator, kind of school (none for the district), sex, 年度 and period.
select
    absence_by_sex.indicator,
    absence_by_sex.school_kind,
    absence_by_sex.sex,
    absence_by_sex.fiscal_year,
    absence_by_sex.period,
    absence_by_sex.cases as numerator,
    absence_by_sex.people as denominator,
    absence_by_sex.people,
    absence_by_sex.is_hidden,
    coalesce(cell.is_incomplete, false) as is_incomplete
from absence_by_sex
left join cell
    on absence_by_sex.indicator = cell.indicator
    and absence_by_sex.fiscal_year = cell.fiscal_year
    and absence_by_sex.period = cell.period
    and absence_by_sex.school_kind is not distinct from cell.school_kind
    and cell.place in ('kind', 'district')
order by
    absence_by_sex.indicator,
    absence_by_sex.school_kind,
    absence_by_sex.sex,
    absence_by_sex.fiscal_year,
    absence_by_sex.period
