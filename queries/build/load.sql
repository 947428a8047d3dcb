-- load: the loads so far, the latest of which made this file.
-- grain: one row per load.
-- key: load_id
-- order: load_id
select
    load.load_id,
    coalesce(load.ended_at, load.started_at) as loaded_at,
    load.rows_read,
    load.rows_loaded,
    load.rows_rejected
from lake.load as load
