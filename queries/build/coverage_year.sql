-- coverage_year: which source a school uses in a 年度, and on which days "no row" means that nothing happened.
-- grain: one row per school, source and 年度.
-- key: school_id, source, fiscal_year
-- order: school_id, source, fiscal_year
-- Attendance and 保健室 list exceptions only: a school that sends any in the 年度 is taken at its word from its first day on,
-- as far as the source has come. Mood and drills are daily: they count from the school's own first row to its last.
with school_use as (
    select
        lineage.school_id,
        lineage.source,
        lineage.fiscal_year,
        min(lineage.first_on) as starts_on,
        max(lineage.last_on) as ends_on,
        cast(sum(lineage.rows) as bigint) as rows
    from lineage
    where lineage.source in ('attendance', 'mood', 'health_room', 'study_log', 'staff_hours')
    group by lineage.school_id, lineage.source, lineage.fiscal_year
),

district_use as (
    select
        school_use.source,
        school_use.fiscal_year,
        max(school_use.ends_on) as ends_on
    from school_use
    group by school_use.source, school_use.fiscal_year
)

select
    school_use.school_id,
    school_use.source,
    school_use.fiscal_year,
    school_use.starts_on,
    school_use.ends_on,
    case
        when school_use.source in ('attendance', 'health_room') then make_date(cast(school_use.fiscal_year as integer), 4, 1)
        else school_use.starts_on
    end as counts_from,
    case
        when school_use.source not in ('attendance', 'health_room') then school_use.ends_on
        when school_use.fiscal_year < as_of.fiscal_year then make_date(cast(school_use.fiscal_year as integer) + 1, 3, 31)
        else district_use.ends_on
    end as counts_to,
    school_use.rows
from school_use
inner join district_use
    on district_use.source = school_use.source and district_use.fiscal_year = school_use.fiscal_year
cross join as_of
