-- sexes_hidden: kinds of schools, or the district, where the figure itself is suppressed.
-- grain: one row per indicator, kind of school (none for the district) and 年度.
select distinct
    withheld.indicator,
    withheld.school_kind,
    withheld.fiscal_year
from withheld
where withheld.place in ('kind', 'district')
