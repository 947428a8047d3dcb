-- former_record: what came with a child from a school elsewhere (引き継ぎ), row by row as that school handed it over.
-- grain: one row per row of a package; shown beside the child, never counted.
-- key: file_id, file_row
-- order: student_id, source, day
select
    former_record.student_id,
    former_record.source,
    former_record.school_name,
    former_record.record_year,
    former_record.day,
    former_record.cells,
    former_record.fiscal_year,
    former_record.file_id,
    former_record.file_row
from lake.former_record as former_record
