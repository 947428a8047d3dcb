-- rejected_row: the rows put aside, each with its place in the file and the reason in both languages.
-- grain: one row per reason a row was put aside for.
-- order: load_id, file_id, file_row
select
    rejected_row.load_id,
    rejected_row.file_id,
    rejected_row.file_row,
    rejected_row.column,
    rejected_row.value,
    rejected_row.code,
    rejected_row.message_ja,
    rejected_row.message_en
from lake.rejected_row as rejected_row
