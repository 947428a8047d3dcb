-- figures_of_municipalities: one indicator of every municipality that sends it, to date and over the 年度, whole and by kind of school.
-- grain: one row per municipality, kind of school (none for the whole), 年度 and period. In the order of the codes, never by value.
select
    municipality.municipality_code,
    municipality.name as municipality_name,
    municipality.counted_until,
    municipality_figure.school_kind,
    municipality_figure.fiscal_year,
    municipality_figure.period,
    municipality_figure.numerator,
    municipality_figure.denominator,
    municipality_figure.people
from municipality
inner join municipality_figure
    on municipality.municipality_code = municipality_figure.municipality_code
    and municipality_figure.indicator = $indicator
    and municipality_figure.period in ('to_date', 'year')
    and municipality_figure.grade is null
order by municipality.municipality_code, municipality_figure.school_kind, municipality_figure.fiscal_year, municipality_figure.period
