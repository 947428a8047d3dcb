-- rejected_places: where each row stands that was set aside, and why; for the clerk who mends it. Never what it said.
-- grain: one row per reason a row was set aside for; the first ten thousand.
select
    load_source.source,
    load_source.file,
    rejected_row.file_row,
    rejected_row.column_name,
    rejected_row.code,
    coalesce(rejected_row.said_ja, reason.message_ja) as message_ja,
    coalesce(rejected_row.said_en, reason.message_en) as message_en,
    coalesce(rejected_row.said_remedy_ja, reason.remedy_ja) as remedy_ja,
    coalesce(rejected_row.said_remedy_en, reason.remedy_en) as remedy_en
from rejected_row
inner join load_source on rejected_row.file_id = load_source.file_id
left join reason on rejected_row.code = reason.code
order by load_source.source, load_source.file, rejected_row.file_row
limit 10000
