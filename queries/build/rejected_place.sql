-- rejected_place: of which school, class and month rows of a file were rejected, and why, as far as the rows tell it themselves.
-- grain: one row per file, school, class, month, reason, column and word.
-- key: file_id, school_id?, class_id?, month?, code, column?, value?
-- order: file_id, school_id, class_id, month
-- Of a file refused as a whole for a column it lacks, all its rows. value is a word no code table knows, told where several have it.
-- rows_missing are those that leave a gap: not mended since, and about a day figures are made of.
select
    rejected_place.file_id,
    rejected_place.source,
    rejected_place.fiscal_year,
    rejected_place.school_id,
    rejected_place.class_id,
    rejected_place.month,
    rejected_place.code,
    rejected_place.column,
    rejected_place.value,
    max(rejected_place.lines) as lines,
    cast(sum(rejected_place.rows_rejected) as integer) as rows_rejected,
    cast(sum(rejected_place.rows_missing) as integer) as rows_missing,
    min(rejected_place.first_on) as first_on,
    max(rejected_place.last_on) as last_on
from lake.rejected_place as rejected_place
group by
    rejected_place.file_id,
    rejected_place.source,
    rejected_place.fiscal_year,
    rejected_place.school_id,
    rejected_place.class_id,
    rejected_place.month,
    rejected_place.code,
    rejected_place.column,
    rejected_place.value
