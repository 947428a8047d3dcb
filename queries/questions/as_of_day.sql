-- as_of_day: the last school day that has been counted, and the 年度 it lies in.
-- grain: one row.
select
    as_of.day,
    as_of.fiscal_year,
    academic_session.starts_on,
    academic_session.ends_on
from as_of
inner join academic_session on as_of.fiscal_year = academic_session.fiscal_year
