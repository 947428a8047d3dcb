-- handover_study_log: what a child has studied with digital tools at this school.
-- grain: one row per day and subject.
select
    study_day.student_id,
    study_day.fiscal_year,
    study_day.day,
    study_day.subject,
    study_day.minutes,
    study_day.answers,
    study_day.correct
from study_day
where study_day.student_id = $student_id and study_day.school_id = $school_id
order by study_day.day, study_day.subject
