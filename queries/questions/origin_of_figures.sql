-- origin_of_figures: which loads the figures of a school come from, or with no school given those of all schools in reach.
-- grain: one row per source and load, the newest load of each source first.
-- last_on is the last day with a row about the place, spoken_on the last day for which the files that name it speak.
select
    lineage.source,
    lineage.load_id,
    max(lineage.loaded_at) as loaded_at,
    max(lineage.last_on) as last_on,
    max(coalesce(lineage.file_last_on, lineage.last_on)) as spoken_on,
    cast(count(distinct lineage.file_id) as integer) as files,
    max(lineage.file) as file
from lineage
where lineage.load_id is not null
    and (cast($school_id as integer) is null or lineage.school_id = $school_id)
group by lineage.source, lineage.load_id
order by lineage.source, lineage.load_id desc
