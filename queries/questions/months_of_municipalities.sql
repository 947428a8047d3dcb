-- months_of_municipalities: one indicator of every municipality that sends it, month by month, this 年度 and the last.
-- grain: one row per municipality and month. In the order of the codes, never by value.
select
    municipality.municipality_code,
    municipality.name as municipality_name,
    municipality_figure.fiscal_year,
    municipality_figure.period_on,
    municipality_figure.numerator,
    municipality_figure.denominator,
    municipality_figure.people
from municipality
inner join municipality_figure
    on municipality.municipality_code = municipality_figure.municipality_code
    and municipality_figure.indicator = $indicator
    and municipality_figure.period = 'month'
    and municipality_figure.school_kind is null
    and municipality_figure.fiscal_year >= cast($fiscal_year as integer) - 1
order by municipality.municipality_code, municipality_figure.period_on
