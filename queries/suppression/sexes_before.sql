-- sexes_before: which counts by sex the file served so far suppresses.
-- grain: one row per indicator, kind of school (none for the district) and 年度.
select distinct
    absence_by_sex.school_kind,
    absence_by_sex.indicator,
    absence_by_sex.fiscal_year
from served.absence_by_sex as absence_by_sex
where absence_by_sex.is_withheld
