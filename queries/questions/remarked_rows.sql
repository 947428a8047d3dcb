-- remarked_rows: how many rows were loaded that somebody should look at, by source and reason; never what they said.
-- grain: one row per source, reason and column.
select
    load_source.source,
    remarked_row.code,
    remarked_row.column_name,
    reason.message_ja,
    reason.message_en,
    reason.remedy_ja,
    reason.remedy_en,
    cast(count(*) as integer) as remarked_rows,
    cast(count(distinct load_source.file_id) as integer) as files
from remarked_row
inner join load_source on remarked_row.file_id = load_source.file_id
left join reason on remarked_row.code = reason.code
group by
    load_source.source,
    remarked_row.code,
    remarked_row.column_name,
    reason.message_ja,
    reason.message_en,
    reason.remedy_ja,
    reason.remedy_en
order by remarked_rows desc, load_source.source, remarked_row.code, remarked_row.column_name
