-- coverage: which source a school sends, since when, and through which day its own files speak.
-- grain: one row per school and source.
-- key: school_id, source
-- order: school_id, source
-- recorded_through, evidence and silence are those of the newest 年度 the source speaks of.
with newest as (
    select
        coverage_year.school_id,
        coverage_year.source,
        max(coverage_year.fiscal_year) as fiscal_year,
        min(coverage_year.starts_on) as starts_on,
        max(coverage_year.ends_on) as ends_on,
        cast(sum(coverage_year.rows) as bigint) as rows
    from coverage_year
    group by coverage_year.school_id, coverage_year.source
)

select
    newest.school_id,
    newest.source,
    newest.starts_on,
    newest.ends_on,
    coverage_year.counts_to as recorded_through,
    coverage_year.evidence,
    coverage_year.silent_days,
    coverage_year.usual_silent_days,
    newest.rows
from newest
inner join coverage_year
    on
        coverage_year.school_id = newest.school_id
        and coverage_year.source = newest.source
        and coverage_year.fiscal_year = newest.fiscal_year
