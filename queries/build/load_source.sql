-- load_source: every file a load has read, and how much of it was taken in.
-- grain: one row per file.
-- key: file_id
-- order: file_id
select
    load_source.file_id,
    load_source.load_id,
    load_source.source,
    load_source.file,
    load_source.rows_read,
    load_source.rows_loaded,
    load_source.rows_rejected,
    load_source.first_on,
    load_source.last_on,
    load_source.fiscal_year,
    coalesce(load_source.outcome, 'loaded') as outcome,
    coalesce(load_source.rows_unchanged, 0) as rows_unchanged,
    coalesce(load_source.rows_remarked, 0) as rows_remarked,
    load_source.code,
    load_source.message_ja,
    load_source.message_en,
    load_source.remedy_ja,
    load_source.remedy_en,
    coalesce(load_source.is_in_force, true) as is_in_force
from lake.load_source as load_source
