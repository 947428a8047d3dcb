-- coverage: which source a school sends, since when and until when.
-- grain: one row per school and source.
-- key: school_id, source
-- order: school_id, source
select
    coverage_year.school_id,
    coverage_year.source,
    min(coverage_year.starts_on) as starts_on,
    max(coverage_year.ends_on) as ends_on,
    cast(sum(coverage_year.rows) as bigint) as rows
from coverage_year
group by coverage_year.school_id, coverage_year.source
