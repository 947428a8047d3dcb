-- drill_stopped: no drill on the last $within days at school, by a child who usually opens one on $usual of a hundred days or more.
-- grain: one row per child and day at school without a drill.
-- Days not at school, and days of which no learning record has come, are not among the last days. At least $months months must tell
-- the usual.
with present as (
    select
        student_day.school_id,
        student_day.class_id,
        student_day.student_id,
        student_day.fiscal_year,
        student_day.day,
        student_day.ordinal,
        student_day.study_minutes > 0 or student_day.study_answers > 0 as is_active,
        count(*) filter (where student_day.study_minutes > 0 or student_day.study_answers > 0) over lately as active_days,
        count(*) over lately as days_seen,
        min(student_day.day) over lately as since,
        min(student_day.ordinal) over lately as first_ordinal
    from student_day
    where student_day.is_present and student_day.is_study_covered
    window lately as (
        partition by student_day.school_id, student_day.student_id
        order by student_day.day
        rows between $within_before preceding and current row
    )
)

select
    present.school_id,
    present.class_id,
    present.student_id,
    present.fiscal_year,
    present.day,
    present.ordinal,
    coalesce(
        present.days_seen = $within
        and present.active_days = 0
        and student_usual.months >= $months
        and student_usual.usual >= $usual / 100.0,
        false
    ) as holds,
    true as is_evidence,
    present.since,
    cast(present.active_days as double) as found,
    student_usual.usual * present.days_seen as usual,
    cast(present.days_seen as double) as out_of,
    cast(present.ordinal - present.first_ordinal + 1 - present.days_seen as integer) as missing,
    0 as elsewhere
from present
left join student_usual
    on
        student_usual.school_id = present.school_id
        and student_usual.student_id = present.student_id
        and student_usual.month = cast(date_trunc('month', present.day) as date)
        and student_usual.measure = 'drill'
where not present.is_active
