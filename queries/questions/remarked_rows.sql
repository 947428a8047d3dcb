-- remarked_rows: how many rows were loaded that somebody should look at, by source and reason; never what they said.
-- The sentence of all these rows, where it is one and the same; else the reason with its blanks open.
-- grain: one row per source, reason and column.
select
    load_source.source,
    remarked_row.code,
    remarked_row.column_name,
    coalesce(
        case when min(remarked_row.said_ja) = max(remarked_row.said_ja) then min(remarked_row.said_ja) end,
        max(reason.message_ja)
    ) as message_ja,
    coalesce(
        case when min(remarked_row.said_en) = max(remarked_row.said_en) then min(remarked_row.said_en) end,
        max(reason.message_en)
    ) as message_en,
    coalesce(
        case when min(remarked_row.said_remedy_ja) = max(remarked_row.said_remedy_ja) then min(remarked_row.said_remedy_ja) end,
        max(reason.remedy_ja)
    ) as remedy_ja,
    coalesce(
        case when min(remarked_row.said_remedy_en) = max(remarked_row.said_remedy_en) then min(remarked_row.said_remedy_en) end,
        max(reason.remedy_en)
    ) as remedy_en,
    cast(count(*) as integer) as remarked_rows,
    cast(count(distinct load_source.file_id) as integer) as files
from remarked_row
inner join load_source on remarked_row.file_id = load_source.file_id
left join reason on remarked_row.code = reason.code
group by
    load_source.source,
    remarked_row.code,
    remarked_row.column_name
order by remarked_rows desc, load_source.source, remarked_row.code, remarked_row.column_name
