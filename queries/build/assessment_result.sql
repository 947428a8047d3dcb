-- assessment_result: what each child scored in each test; a test not taken has no score.
-- grain: one row per child and test.
-- key: student_id, day, subject, title
-- order: fiscal_year, school_id, student_id, day, subject, title
-- chunk: school
-- carry: fiscal_year
select
    assessment_result.school_id,
    enrollment.class_id,
    enrollment.grade,
    assessment_result.student_id,
    assessment_result.fiscal_year,
    assessment_result.day,
    assessment_result.subject,
    assessment_result.title,
    assessment_result.score,
    assessment_result.full_score,
    assessment_result.file_id,
    assessment_result.file_row
from lake.assessment_result as assessment_result
inner join enrollment
    on
        enrollment.school_id = assessment_result.school_id
        and enrollment.student_id = assessment_result.student_id
        and enrollment.fiscal_year = assessment_result.fiscal_year
        and assessment_result.day between enrollment.begins_on and enrollment.ends_on
