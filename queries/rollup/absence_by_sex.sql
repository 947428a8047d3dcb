-- absence_by_sex: people counted by sex over all schools of a kind and, of ordinary schools, over the district.
-- grain: one row per indicator, kind of school (none for the district), sex, 年度 and period.
-- key: indicator, school_kind?, sex, fiscal_year, period
-- Who moved is one person in the kind and in the district, as in cell. Of whom the roster says no sex is counted as unknown.
with placed as (
    select
        person_noted.indicator,
        school.kind as school_kind,
        person_noted.person_id,
        person_noted.fiscal_year,
        person_noted.period,
        sum(person_noted.numerator) as numerator,
        sum(person_noted.denominator) as denominator
    from person_noted
    inner join school
        on person_noted.school_id = school.school_id
    group by
        person_noted.indicator,
        school.kind,
        person_noted.person_id,
        person_noted.fiscal_year,
        person_noted.period
    union all
    select
        person_noted.indicator,
        cast(null as varchar) as school_kind,
        person_noted.person_id,
        person_noted.fiscal_year,
        person_noted.period,
        sum(person_noted.numerator) as numerator,
        sum(person_noted.denominator) as denominator
    from person_noted
    inner join school
        on person_noted.school_id = school.school_id
    where school.kind not in ('special_needs', 'high')
    group by
        person_noted.indicator,
        person_noted.person_id,
        person_noted.fiscal_year,
        person_noted.period
)

select
    placed.indicator,
    placed.school_kind,
    coalesce(student_sex.sex, 'unknown') as sex,
    placed.fiscal_year,
    placed.period,
    cast(count(*) filter (where placed.numerator > 0) as integer) as cases,
    cast(count(*) filter (where placed.denominator > 0) as integer) as people,
    false as is_withheld
from placed
left join student_sex
    on placed.person_id = student_sex.student_id and placed.fiscal_year = student_sex.fiscal_year
group by
    placed.indicator,
    placed.school_kind,
    coalesce(student_sex.sex, 'unknown'),
    placed.fiscal_year,
    placed.period
order by placed.fiscal_year, placed.indicator, placed.school_kind, coalesce(student_sex.sex, 'unknown'), placed.period
