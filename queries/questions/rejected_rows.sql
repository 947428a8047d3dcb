-- rejected_rows: how many rows were set aside, by file, column and reason; never what they said.
-- grain: one row per file, column and reason.
select
    load_source.source,
    load_source.file,
    rejected_row.column_name,
    rejected_row.code,
    cast(count(*) as integer) as rejected_rows,
    min(rejected_row.file_row) as first_row
from rejected_row
inner join load_source on rejected_row.file_id = load_source.file_id
group by load_source.source, load_source.file, rejected_row.column_name, rejected_row.code
order by load_source.source, load_source.file, rejected_row.code
