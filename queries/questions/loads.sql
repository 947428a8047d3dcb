-- loads: the loads so far, the latest first, and what became of their rows.
-- grain: one row per load; the twenty latest.
select
    load.load_id,
    load.loaded_at,
    count(load_source.file_id) as files,
    count(load_source.file_id) filter (where load_source.outcome = 'refused') as refused_files,
    cast(coalesce(sum(load_source.rows_read), 0) as bigint) as rows_read,
    cast(coalesce(sum(load_source.rows_loaded), 0) as bigint) as rows_loaded,
    cast(coalesce(sum(load_source.rows_unchanged), 0) as bigint) as rows_unchanged,
    cast(coalesce(sum(load_source.rows_rejected), 0) as bigint) as rows_rejected,
    cast(coalesce(sum(load_source.rows_remarked), 0) as bigint) as rows_remarked
from load
left join load_source on load.load_id = load_source.load_id
group by load.load_id, load.loaded_at
order by load.load_id desc
limit 20
