-- remarked_places: where each row stands that was loaded and that somebody should look at, and why. Never what it said.
-- grain: one row per remark on a row; the first ten thousand.
select
    load_source.source,
    load_source.file,
    remarked_row.file_row,
    remarked_row.column_name,
    remarked_row.code,
    coalesce(remarked_row.said_ja, reason.message_ja) as message_ja,
    coalesce(remarked_row.said_en, reason.message_en) as message_en,
    coalesce(remarked_row.said_remedy_ja, reason.remedy_ja) as remedy_ja,
    coalesce(remarked_row.said_remedy_en, reason.remedy_en) as remedy_en
from remarked_row
inner join load_source on remarked_row.file_id = load_source.file_id
left join reason on remarked_row.code = reason.code
order by load_source.source, load_source.file, remarked_row.file_row
limit 10000
