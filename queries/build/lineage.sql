-- lineage: which file says anything about which school: where every figure comes from.
-- grain: one row per source, school, 年度 and file.
-- key: source, school_id, fiscal_year, file_id?
-- order: fiscal_year, school_id, source, file_id
-- chunk: school
-- carry: fiscal_year
-- Days are those the rows of that school speak of, up to today; a roster speaks of no day of its own.
-- lake.source_row stands for the rows of every table that says in lake.toml which source it is of; the runner writes them out.
select
    source_row.school_id,
    source_row.source,
    source_row.fiscal_year,
    source_row.file_id,
    min(source_row.day) filter (where source_row.day <= clock.day) as first_on,
    max(source_row.day) filter (where source_row.day <= clock.day) as last_on,
    cast(count(*) as bigint) as rows
from lake.source_row as source_row
cross join clock
where source_row.school_id is not null
group by source_row.school_id, source_row.source, source_row.fiscal_year, source_row.file_id
