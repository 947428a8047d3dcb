-- loads: the files of the last loads and what became of their rows.
-- grain: one row per file, latest load first.
select
    load.load_id,
    load.loaded_at,
    load_source.source,
    load_source.file,
    load_source.rows_read,
    load_source.rows_loaded,
    load_source.rows_rejected,
    load_source.first_on,
    load_source.last_on
from load
inner join load_source on load.load_id = load_source.load_id
order by load.load_id desc, load_source.source, load_source.file
