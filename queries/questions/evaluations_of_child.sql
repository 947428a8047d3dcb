-- evaluations_of_child: 観点別評価 and 評定 of a child at this school.
-- grain: one row per term and subject.
select
    evaluation.student_id,
    evaluation.fiscal_year,
    evaluation.grade,
    evaluation.term,
    evaluation.subject,
    evaluation.knowledge,
    evaluation.thinking,
    evaluation.attitude,
    evaluation.overall_mark
from evaluation
where evaluation.student_id = $student_id and evaluation.school_id = $school_id
order by evaluation.fiscal_year, evaluation.term, evaluation.subject
