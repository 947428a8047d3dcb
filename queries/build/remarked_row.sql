-- remarked_row: rows that were loaded and that somebody should look at; where they stand and why, not what they say.
-- grain: one row per remark on a row.
-- key: load_id?, file_id?, file_row?, fault
-- order: load_id, file_id, file_row, fault
select
    remarked_row.load_id,
    remarked_row.file_id,
    remarked_row.file_row,
    cast(
        row_number() over (
            partition by remarked_row.load_id, remarked_row.file_id, remarked_row.file_row
            order by remarked_row.column, remarked_row.code
        ) as smallint
    ) as fault,
    remarked_row.column,
    remarked_row.code
from lake.remarked_row as remarked_row
