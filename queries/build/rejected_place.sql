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
    rejected_place.lines,
    rejected_place.rows_rejected,
    rejected_place.rows_missing,
    rejected_place.first_on,
    rejected_place.last_on
from lake.rejected_place as rejected_place
