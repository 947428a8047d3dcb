-- study_day: what a child did in the drill on a day: minutes, answers, right answers, by subject.
-- grain: one row per child, day and subject; days without school included.
-- key: student_id, day, subject
-- order: fiscal_year, school_id, student_id, day, subject
-- chunk: school
-- carry: fiscal_year
-- is_to_date asks about the day, not about the 授業日: up to the day on which a 年度 had had as many 授業日 as this one has so far.
with last_day as (
    select
        school_day.school_id,
        school_day.grade,
        school_day.fiscal_year,
        max(school_day.day) as day
    from school_day
    where school_day.is_to_date
    group by school_day.school_id, school_day.grade, school_day.fiscal_year
),

study as (
    select
        study_log.school_id,
        study_log.student_id,
        study_log.fiscal_year,
        study_log.day,
        study_log.subject,
        cast(sum(study_log.seconds) as double) / 60 as minutes,
        cast(sum(study_log.answers) as integer) as answers,
        cast(sum(study_log.correct) as integer) as correct,
        max(study_log.file_id) as file_id,
        max(study_log.file_row) as file_row
    from lake.study_log as study_log
    group by study_log.school_id, study_log.student_id, study_log.fiscal_year, study_log.day, study_log.subject
)

select
    study.school_id,
    enrollment.class_id,
    enrollment.grade,
    study.student_id,
    study.fiscal_year,
    study.day,
    study.subject,
    study.minutes,
    study.answers,
    study.correct,
    study.fiscal_year = as_of.fiscal_year or coalesce(study.day <= last_day.day, false) as is_to_date,
    study.file_id,
    study.file_row
from study
inner join enrollment
    on
        enrollment.school_id = study.school_id
        and enrollment.student_id = study.student_id
        and enrollment.fiscal_year = study.fiscal_year
        and study.day between enrollment.begins_on and enrollment.ends_on
cross join as_of
cross join clock
left join last_day
    on
        last_day.school_id = enrollment.school_id
        and last_day.grade = enrollment.grade
        and last_day.fiscal_year = study.fiscal_year
where study.day <= clock.day
