-- evaluation: 観点別 marks and 評定 of each child's term.
-- grain: one row per child, term and subject.
-- key: student_id, fiscal_year, term, subject
-- order: fiscal_year, school_id, student_id, term, subject
-- chunk: school
-- carry: fiscal_year
select
    evaluation.school_id,
    evaluation.student_id,
    evaluation.fiscal_year,
    evaluation.grade,
    evaluation.term,
    evaluation.subject,
    evaluation.knowledge,
    evaluation.thinking,
    evaluation.attitude,
    evaluation.overall_mark,
    evaluation.file_id,
    evaluation.file_row
from lake.evaluation as evaluation
