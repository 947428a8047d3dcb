-- sexes_counted: the people of a 年度, counted by sex.
-- grain: one row per indicator, kind of school (none for the district), sex and period.
select
    absence_by_sex.indicator,
    absence_by_sex.school_kind,
    absence_by_sex.sex,
    absence_by_sex.period,
    absence_by_sex.cases,
    absence_by_sex.people
from absence_by_sex
where absence_by_sex.fiscal_year = $year
