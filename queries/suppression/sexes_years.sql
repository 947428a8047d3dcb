-- sexes_years: every 年度 in which people are counted by sex.
-- grain: one row per 年度.
select distinct absence_by_sex.fiscal_year
from absence_by_sex
order by absence_by_sex.fiscal_year
