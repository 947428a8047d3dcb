-- study_accuracy: right answers out of all answers in the drill, every answer weighing the same.
-- grain: one row per child, day and subject; days without school included.
-- chunk: school
select
    study_day.school_id,
    study_day.class_id,
    study_day.grade,
    study_day.student_id as person_id,
    study_day.day,
    study_day.fiscal_year,
    study_day.is_to_date,
    study_day.correct as numerator,
    study_day.answers as denominator
from study_day
