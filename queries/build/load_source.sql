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
    load_source.last_on
from lake.load_source as load_source
