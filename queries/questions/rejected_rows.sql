-- rejected_rows: how many rows were set aside, by source and reason, with the remedy; never what they said.
-- grain: one row per source, reason and column.
select
    load_source.source,
    rejected_row.code,
    rejected_row.column_name,
    reason.message_ja,
    reason.message_en,
    reason.remedy_ja,
    reason.remedy_en,
    cast(count(*) as integer) as rejected_rows,
    cast(count(distinct load_source.file_id) as integer) as files
from rejected_row
inner join load_source on rejected_row.file_id = load_source.file_id
left join reason on rejected_row.code = reason.code
group by
    load_source.source,
    rejected_row.code,
    rejected_row.column_name,
    reason.message_ja,
    reason.message_en,
    reason.remedy_ja,
    reason.remedy_en
order by rejected_rows desc, load_source.source, rejected_row.code, rejected_row.column_name
