-- rejected_rows: how many rows were set aside, by source and reason; never what they said.
-- grain: one row per source and reason.
select
    load_source.source,
    rejected_row.code,
    cast(count(*) as integer) as rejected_rows,
    cast(count(distinct load_source.file) as integer) as files
from rejected_row
inner join load_source on rejected_row.file_id = load_source.file_id
group by load_source.source, rejected_row.code
order by load_source.source, rejected_rows desc, rejected_row.code
