-- row_issue: what is to be said about a row of a file: why it was rejected, or what somebody should look at though it was loaded.
-- grain: one row per thing said about a row.
-- key: outcome, load_id?, file_id?, file_row?, fault
-- order: outcome, load_id, file_id, file_row, fault
-- outcome is rejected or remarked. Of a row that was loaded with a remark it is kept where it stands and why, not what it says.
-- said_… is the same sentence and remedy with what the cell says left open: that may be about a child.
with noted as (
    select
        'rejected' as outcome,
        rejected_row.load_id,
        rejected_row.file_id,
        rejected_row.file_row,
        rejected_row.column,
        rejected_row.value,
        rejected_row.code,
        rejected_row.message_ja,
        rejected_row.message_en,
        rejected_row.said_ja,
        rejected_row.said_en,
        rejected_row.said_remedy_ja,
        rejected_row.said_remedy_en
    from lake.rejected_row as rejected_row
    union all
    select
        'remarked' as outcome,
        remarked_row.load_id,
        remarked_row.file_id,
        remarked_row.file_row,
        remarked_row.column,
        cast(null as varchar) as value,
        remarked_row.code,
        cast(null as varchar) as message_ja,
        cast(null as varchar) as message_en,
        remarked_row.said_ja,
        remarked_row.said_en,
        remarked_row.said_remedy_ja,
        remarked_row.said_remedy_en
    from lake.remarked_row as remarked_row
)

select
    noted.outcome,
    noted.load_id,
    noted.file_id,
    noted.file_row,
    cast(
        row_number() over (
            partition by noted.outcome, noted.load_id, noted.file_id, noted.file_row
            order by noted.column, noted.code
        ) as smallint
    ) as fault,
    noted.column,
    noted.value,
    noted.code,
    noted.message_ja,
    noted.message_en,
    noted.said_ja,
    noted.said_en,
    noted.said_remedy_ja,
    noted.said_remedy_en
from noted
