-- rejected_row: the rows put aside, each with its place in the file and the reason in both languages.
-- grain: one row per reason a row was put aside for.
-- key: load_id?, file_id?, file_row?, fault
-- order: load_id, file_id, file_row, fault
select
    rejected_row.load_id,
    rejected_row.file_id,
    rejected_row.file_row,
    cast(
        row_number() over (
            partition by rejected_row.load_id, rejected_row.file_id, rejected_row.file_row
            order by rejected_row.column, rejected_row.code
        ) as smallint
    ) as fault,
    rejected_row.column,
    rejected_row.value,
    rejected_row.code,
    rejected_row.message_ja,
    rejected_row.message_en
from lake.rejected_row as rejected_row
