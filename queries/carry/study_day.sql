-- study_day: the days of a 年度 that stays which now are, or no longer are, compared with this 年度.
-- grain: one row per child, subject and such day.
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

compared as (
    select
        study_day.student_id,
        study_day.day,
        study_day.subject,
        study_day.is_to_date as was_to_date,
        study_day.fiscal_year = as_of.fiscal_year or coalesce(study_day.day <= last_day.day, false) as is_to_date
    from study_day
    cross join as_of
    left join last_day
        on
            last_day.school_id = study_day.school_id
            and last_day.grade = study_day.grade
            and last_day.fiscal_year = study_day.fiscal_year
)

select
    compared.student_id,
    compared.day,
    compared.subject,
    compared.is_to_date
from compared
where compared.is_to_date <> compared.was_to_date
