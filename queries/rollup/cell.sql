-- cell: every indicator counted for every place and period, and whether the figure is too small to show.
-- grain: one row per indicator, place and period.
-- key: indicator, place, school_id?, grade?, class_id?, school_kind?, period, period_on, fiscal_year
-- order: fiscal_year, place, period, school_id, class_id, indicator, period_on, grade, school_kind
-- Movers are summed per person within the place first, so people and cases are people, not memberships.
-- Small is also where nobody, or everybody, is counted: that would be known of each. is_withheld says more than is_small: weeks are
-- for those who see names, since they and months could be subtracted; so are people counted in a class or grade; marts/suppression.py
-- adds what else must stay back.
-- People counted over the district are those of ordinary schools, as in the national survey: the few of a 特別支援学校 would be the rest.
-- A 特別支援学級 of several grades is one class; its children count in their own grade. Its cell names no grade.
with placed as (
    select
        part.indicator,
        'class' as place,
        part.school_id,
        cast(null as smallint) as grade,
        part.class_id,
        cast(null as varchar) as school_kind,
        part.person_id,
        part.fiscal_year,
        part.period,
        part.period_on,
        part.numerator,
        part.denominator,
        part.people,
        part.cases
    from part
    where part.class_id is not null
    union all
    select
        part.indicator,
        'grade' as place,
        part.school_id,
        part.grade,
        cast(null as integer) as class_id,
        cast(null as varchar) as school_kind,
        part.person_id,
        part.fiscal_year,
        part.period,
        part.period_on,
        part.numerator,
        part.denominator,
        part.people,
        part.cases
    from part
    where part.grade is not null
    union all
    select
        part.indicator,
        'school' as place,
        part.school_id,
        cast(null as smallint) as grade,
        cast(null as integer) as class_id,
        cast(null as varchar) as school_kind,
        part.person_id,
        part.fiscal_year,
        part.period,
        part.period_on,
        part.numerator,
        part.denominator,
        part.people,
        part.cases
    from part
    union all
    select
        part.indicator,
        'district' as place,
        cast(null as integer) as school_id,
        cast(null as smallint) as grade,
        cast(null as integer) as class_id,
        cast(null as varchar) as school_kind,
        part.person_id,
        part.fiscal_year,
        part.period,
        part.period_on,
        part.numerator,
        part.denominator,
        part.people,
        part.cases
    from part
    inner join school
        on part.school_id = school.school_id
    inner join indicator
        on part.indicator = indicator.name
    where not (indicator.is_numerator_people and school.kind in ('special_needs', 'high'))
    union all
    select
        part.indicator,
        'kind_grade' as place,
        cast(null as integer) as school_id,
        part.grade,
        cast(null as integer) as class_id,
        school.kind as school_kind,
        part.person_id,
        part.fiscal_year,
        part.period,
        part.period_on,
        part.numerator,
        part.denominator,
        part.people,
        part.cases
    from part
    inner join school
        on part.school_id = school.school_id
    where part.grade is not null
    union all
    select
        part.indicator,
        'kind' as place,
        cast(null as integer) as school_id,
        cast(null as smallint) as grade,
        cast(null as integer) as class_id,
        school.kind as school_kind,
        part.person_id,
        part.fiscal_year,
        part.period,
        part.period_on,
        part.numerator,
        part.denominator,
        part.people,
        part.cases
    from part
    inner join school
        on part.school_id = school.school_id
),

once as (
    select
        placed.indicator,
        placed.place,
        placed.school_id,
        placed.grade,
        placed.class_id,
        placed.school_kind,
        placed.fiscal_year,
        placed.period,
        placed.period_on,
        placed.numerator,
        placed.denominator,
        placed.people,
        placed.cases
    from placed
    where placed.person_id is null
    union all
    select
        placed.indicator,
        placed.place,
        placed.school_id,
        placed.grade,
        placed.class_id,
        placed.school_kind,
        placed.fiscal_year,
        placed.period,
        placed.period_on,
        sum(placed.numerator) as numerator,
        sum(placed.denominator) as denominator,
        max(case when placed.denominator > 0 then 1 else 0 end) as people,
        max(case when placed.numerator > 0 then 1 else 0 end) as cases
    from placed
    where placed.person_id is not null
    group by
        placed.indicator,
        placed.place,
        placed.school_id,
        placed.grade,
        placed.class_id,
        placed.school_kind,
        placed.person_id,
        placed.fiscal_year,
        placed.period,
        placed.period_on
),

summed as (
    select
        once.indicator,
        once.place,
        once.school_id,
        once.grade,
        once.class_id,
        once.school_kind,
        once.fiscal_year,
        once.period,
        once.period_on,
        sum(once.numerator) as numerator,
        sum(once.denominator) as denominator,
        cast(sum(once.people) as integer) as people,
        cast(sum(once.cases) as integer) as cases
    from once
    inner join indicator_place
        on
            indicator_place.indicator = once.indicator
            and indicator_place.place = once.place
            and indicator_place.period = once.period
    group by
        once.indicator,
        once.place,
        once.school_id,
        once.grade,
        once.class_id,
        once.school_kind,
        once.fiscal_year,
        once.period,
        once.period_on
)

select
    summed.indicator,
    summed.place,
    summed.school_id,
    coalesce(summed.grade, class.grade) as grade,
    summed.class_id,
    summed.school_kind,
    summed.period,
    summed.period_on,
    summed.fiscal_year,
    summed.numerator,
    summed.denominator,
    summed.people,
    summed.cases,
    summed.people < indicator.suppress_below
    or (
        indicator.is_numerator_people
        and (summed.cases < indicator.suppress_below or summed.people - summed.cases < indicator.suppress_below)
    ) as is_small,
    summed.period = 'week'
    or (indicator.is_numerator_people and summed.place in ('class', 'grade'))
    or summed.people < indicator.suppress_below
    or (
        indicator.is_numerator_people
        and (summed.cases < indicator.suppress_below or summed.people - summed.cases < indicator.suppress_below)
    ) as is_withheld
from summed
inner join indicator
    on indicator.name = summed.indicator
left join class
    on class.class_id = summed.class_id
