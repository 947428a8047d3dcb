-- files_in_force: every file the figures of today rest on, and what became of its rows.
-- grain: one row per file (a table inside a zip is a file of its own).
select
    load_source.source,
    load_source.file,
    load_source.outcome,
    load_source.rows_read,
    load_source.rows_loaded,
    load_source.rows_unchanged,
    load_source.rows_rejected,
    load_source.rows_remarked,
    load_source.first_on,
    load_source.last_on,
    load_source.message_ja,
    load_source.message_en,
    load_source.remedy_ja,
    load_source.remedy_en,
    load.loaded_at
from load_source
left join load on load_source.load_id = load.load_id
where load_source.is_in_force
order by load_source.source, load_source.file
