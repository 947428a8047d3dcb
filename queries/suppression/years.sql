-- years: every 年度 something is counted in.
-- grain: one row per 年度.
select distinct cell.fiscal_year
from cell
order by cell.fiscal_year
