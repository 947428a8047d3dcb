-- study_of_child: one child's drill by subject and month; accuracy counts answers, not days.
-- grain: one row per subject and month.
select
    study_day.student_id,
    study_day.subject,
    study_day.fiscal_year,
    cast(date_trunc('month', study_day.day) as date) as month,
    cast(sum(study_day.minutes) as double) as minutes,
    cast(sum(study_day.answers) as integer) as answers,
    cast(sum(study_day.correct) as integer) as correct
from study_day
where study_day.school_id = $school_id
    and study_day.student_id = $student_id
group by study_day.student_id, study_day.subject, study_day.fiscal_year, cast(date_trunc('month', study_day.day) as date)
order by study_day.subject, month
