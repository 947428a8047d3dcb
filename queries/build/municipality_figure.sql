-- municipality_figure: what municipalities have released to their prefecture, as they counted it.
-- grain: one row per municipality, indicator, kind of school, grade and period; without a kind it is the whole municipality.
-- key: municipality_code, indicator, school_kind?, grade?, period, period_on, fiscal_year
-- order: indicator, municipality_code, fiscal_year, period, period_on
-- A municipality decides on its own what it suppresses, before anything leaves it; what is not here is not known here.
select
    municipality_figure.municipality_code,
    municipality_figure.indicator,
    municipality_figure.school_kind,
    municipality_figure.grade,
    municipality_figure.period,
    municipality_figure.period_on,
    municipality_figure.fiscal_year,
    municipality_figure.numerator,
    municipality_figure.denominator,
    municipality_figure.people,
    municipality_figure.file_id,
    municipality_figure.file_row
from lake.municipality_figure as municipality_figure
