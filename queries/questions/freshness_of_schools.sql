-- freshness_of_schools: how far each source has come for each school, and how many school days up to yesterday have passed since.
-- grain: one row per school and source; a school nothing speaks of has one row without a source.
-- spoken_on is the last day for which the school's own files speak: of a list of exceptions, silence until then means that
-- nothing happened. last_on is the last day with a row about the school itself.
with held as (
    select distinct
        school_day.school_id,
        school_day.day
    from school_day
    inner join as_of on school_day.fiscal_year = as_of.fiscal_year
    where school_day.day < cast($today as date) or school_day.day <= as_of.day
),

told as (
    select
        lineage.school_id,
        lineage.source,
        max(lineage.fiscal_year) as fiscal_year,
        max(lineage.last_on) as last_on,
        max(coalesce(lineage.file_last_on, lineage.last_on)) as spoken_on
    from lineage
    group by lineage.school_id, lineage.source
)

select
    school.school_id,
    school.name as school_name,
    school.list_order,
    told.source,
    told.fiscal_year,
    told.last_on,
    told.spoken_on,
    cast(count(held.day) filter (where held.day > told.last_on) as integer) as silent_days,
    cast(count(held.day) filter (where held.day > told.spoken_on) as integer) as unspoken_days
from school
left join told on school.school_id = told.school_id
left join held on school.school_id = held.school_id and held.day > told.last_on
group by
    school.school_id,
    school.name,
    school.list_order,
    told.source,
    told.fiscal_year,
    told.last_on,
    told.spoken_on
order by school.list_order, told.source
