-- academic_session: the 年度 the district knows, with first and last day.
-- grain: one row per 年度.
-- key: fiscal_year
-- order: fiscal_year
select
    academic_session.fiscal_year,
    min(academic_session.title) as title,
    min(academic_session.starts_on) as starts_on,
    max(academic_session.ends_on) as ends_on
from lake.academic_session as academic_session
group by academic_session.fiscal_year
