-- figures_of_kinds: every indicator of all schools of a kind and of the whole district, to date and over the 年度.
-- grain: one row per indicator, kind of school (none for the district), 年度 and period.
select
    cell.indicator,
    cell.school_kind,
    cell.fiscal_year,
    cell.period,
    cell.numerator,
    cell.denominator,
    cell.people,
    cell.is_hidden,
    cell.is_incomplete
from cell
where cell.place in ('kind', 'district')
    and cell.period in ('to_date', 'year')
order by cell.indicator, cell.school_kind, cell.fiscal_year, cell.period
