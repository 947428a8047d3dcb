-- tests_of_child: every test of a child at this school; a test not taken has no score.
-- grain: one row per test.
select
    assessment_result.student_id,
    assessment_result.fiscal_year,
    assessment_result.day,
    assessment_result.subject,
    assessment_result.title,
    assessment_result.score,
    assessment_result.full_score
from assessment_result
where assessment_result.student_id = $student_id and assessment_result.school_id = $school_id
order by assessment_result.day, assessment_result.subject
