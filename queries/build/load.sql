-- load: the loads so far, the latest of which made this file.
-- grain: one row per load.
-- key: load_id
-- order: load_id
select
    load.load_id,
    load.started_at,
    load.ended_at,
    load.rows_read,
    load.rows_loaded,
    load.rows_rejected
from lake.load as load
