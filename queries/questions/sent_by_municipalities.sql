-- sent_by_municipalities: which indicators each municipality sends, and until which day it has counted.
-- grain: one row per municipality and indicator. In the order of the codes.
select
    municipality.municipality_code,
    municipality.name as municipality_name,
    municipality.counted_until,
    municipality_figure.indicator,
    max(municipality_figure.fiscal_year) as last_year
from municipality
inner join municipality_figure
    on municipality.municipality_code = municipality_figure.municipality_code
group by municipality.municipality_code, municipality.name, municipality.counted_until, municipality_figure.indicator
order by municipality.municipality_code, municipality_figure.indicator
