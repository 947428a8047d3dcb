-- causes_of_rejection: why rows are missing, by file, column and word no code table knows, with the schools they are of.
-- grain: one row per source, file, reason, column, word and school (none where nobody can tell), of causes that cost $least_rows or more.
with cost as (
    select
        rejected_place.source,
        load_source.file,
        rejected_place.code,
        rejected_place.column_name,
        rejected_place.code_word,
        rejected_place.mapping_lines,
        rejected_place.school_id,
        cast(sum(rejected_place.rows_missing) as integer) as rows_missing
    from rejected_place
    inner join load_source on rejected_place.file_id = load_source.file_id
    where rejected_place.rows_missing > 0
    group by
        rejected_place.source,
        load_source.file,
        rejected_place.code,
        rejected_place.column_name,
        rejected_place.code_word,
        rejected_place.mapping_lines,
        rejected_place.school_id
),

ranked as (
    select
        cost.source,
        cost.file,
        cost.code,
        cost.column_name,
        cost.code_word,
        cost.mapping_lines,
        cost.school_id,
        cost.rows_missing,
        sum(cost.rows_missing) over (
            partition by cost.source, cost.code, cost.column_name, cost.code_word, cost.mapping_lines
        ) as rows_of_cause
    from cost
)

select
    ranked.source,
    ranked.file,
    ranked.code,
    ranked.column_name,
    ranked.code_word,
    ranked.mapping_lines,
    school.name as school_name,
    school.list_order,
    reason.message_ja,
    reason.message_en,
    ranked.rows_missing,
    cast(ranked.rows_of_cause as integer) as rows_of_cause
from ranked
left join school on ranked.school_id = school.school_id
left join reason on ranked.code = reason.code
where ranked.rows_of_cause >= cast($least_rows as integer)
order by
    ranked.rows_of_cause desc,
    ranked.source,
    ranked.code,
    ranked.column_name,
    ranked.code_word,
    school.list_order,
    ranked.file
