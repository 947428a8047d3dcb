-- cell: every indicator counted for every place and period, and whether the figure is too small to show.
-- grain: one row per indicator, place and period.
-- key: indicator, place, school_id?, grade?, class_id?, school_kind?, period, period_on, fiscal_year
-- order: fiscal_year, place, period, school_id, class_id, indicator, period_on, grade, school_kind
-- Movers are summed per person within the place first, so people and cases are people, not memberships. Where children are counted (as
-- long absence is), a place's denominator is its children as well: one who was in two of its classes or schools is one child there.
-- Small is also where nobody, or everybody, is counted: that would be known of each. is_withheld says more than is_small: weeks are
-- for those who see names, since they and months could be subtracted; so are people counted in a class or grade; marts/suppression.py
-- adds what else must stay back.
-- People counted over the district are those of ordinary schools, as in the national survey: the few of a 特別支援学校 would be the rest.
-- is_incomplete is marked afterwards (queries/incomplete/marked.sql).
-- A 特別支援学級 of several grades is one class; its children count in their own grade. Its cell names no grade.
with known as (
    select
        part.indicator,
        part.school_id,
        part.grade,
        part.class_id,
        school.kind as school_kind,
        school.kind not in ('special_needs', 'high') or not indicator.is_numerator_people as is_in_district,
        indicator.is_numerator_people,
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
),

once as (
    select
        known.indicator,
        case
            when grouping(known.is_in_district) = 0 then 'district'
            when grouping(known.class_id) = 0 then 'class'
            when grouping(known.school_kind) = 0 then case when grouping(known.grade) = 0 then 'kind_grade' else 'kind' end
            when grouping(known.grade) = 0 then 'grade'
            else 'school'
        end as place,
        known.school_id,
        known.grade,
        known.class_id,
        known.school_kind,
        known.is_in_district,
        known.fiscal_year,
        known.period,
        known.period_on,
        sum(known.numerator) as numerator,
        case
            when known.person_id is null or not bool_or(known.is_numerator_people) then sum(known.denominator)
            else max(case when known.denominator > 0 then 1 else 0 end)
        end as denominator,
        case
            when known.person_id is null then sum(known.people)
            else max(case when known.denominator > 0 then 1 else 0 end)
        end as people,
        case
            when known.person_id is null then sum(known.cases)
            else max(case when known.numerator > 0 then 1 else 0 end)
        end as cases
    from known
    group by
        grouping sets (
            (known.indicator, known.fiscal_year, known.period, known.period_on, known.person_id, known.school_id, known.class_id),
            (known.indicator, known.fiscal_year, known.period, known.period_on, known.person_id, known.school_id, known.grade),
            (known.indicator, known.fiscal_year, known.period, known.period_on, known.person_id, known.school_id),
            (known.indicator, known.fiscal_year, known.period, known.period_on, known.person_id, known.is_in_district),
            (known.indicator, known.fiscal_year, known.period, known.period_on, known.person_id, known.school_kind, known.grade),
            (known.indicator, known.fiscal_year, known.period, known.period_on, known.person_id, known.school_kind)
        )
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
    -- no cell of a class or grade nobody is in, nor over the district of whom it leaves out
    where not (once.place = 'class' and once.class_id is null)
        and not (once.place in ('grade', 'kind_grade') and once.grade is null)
        and coalesce(once.is_in_district, true)
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
    ) as is_withheld,
    false as is_incomplete
from summed
inner join indicator
    on indicator.name = summed.indicator
left join class
    on class.class_id = summed.class_id
