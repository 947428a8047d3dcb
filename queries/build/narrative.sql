-- narrative: what teachers wrote about a child in words.
-- grain: one row per text, as it stands in its file.
-- key: student_id, fiscal_year, term?, day?, kind, text
-- order: fiscal_year, school_id, student_id, term
-- chunk: school
-- carry: fiscal_year
select
    narrative.school_id,
    narrative.student_id,
    narrative.fiscal_year,
    narrative.grade,
    narrative.term,
    narrative.day,
    narrative.kind,
    narrative.text,
    narrative.file_id,
    narrative.file_row
from lake.narrative as narrative
