-- study_of_child: one child's drill by subject, from one day to another; accuracy counts answers, not days.
-- grain: one row per subject. Minutes are added up as the whole seconds they are made of, which no order of adding changes.
select
    study_day.student_id,
    study_day.subject,
    cast(cast(sum(study_day.minutes) * 60 as bigint) as double) / 60 as minutes,
    cast(sum(study_day.answers) as integer) as answers,
    cast(sum(study_day.correct) as integer) as correct
from study_day
where study_day.school_id = $school_id
    and study_day.student_id = $student_id
    and study_day.day between $from_day and $to_day
group by study_day.student_id, study_day.subject
order by study_day.subject
