-- school_years: the 年度 this district has a roster of.
-- grain: one row per 年度.
select
    academic_session.fiscal_year,
    academic_session.title,
    academic_session.starts_on,
    academic_session.ends_on
from academic_session
order by academic_session.fiscal_year
