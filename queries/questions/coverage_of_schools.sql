-- coverage_of_schools: since when each source speaks for each school in reach, and through which day.
-- grain: one row per school and source.
select
    school.school_id,
    school.name as school_name,
    school.list_order,
    coverage.source,
    coverage.starts_on,
    coverage.ends_on,
    coverage.recorded_through
from school
left join coverage on school.school_id = coverage.school_id
order by school.list_order, coverage.source
