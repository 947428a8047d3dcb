-- late_run: late on $days or more of the last $within days at school.
-- grain: one row per child and day late.
-- Days not at school, and days whose register has not come, are not among the last days: they are neither late nor in time.
with present as (
    select
        student_day.school_id,
        student_day.class_id,
        student_day.student_id,
        student_day.fiscal_year,
        student_day.day,
        student_day.ordinal,
        student_day.is_late,
        count(*) filter (where student_day.is_late) over lately as late_days,
        count(*) over lately as days_seen,
        min(student_day.day) over lately as since,
        min(student_day.ordinal) over lately as first_ordinal
    from student_day
    where student_day.is_present
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
    present.late_days >= $days as holds,
    true as is_evidence,
    present.since,
    cast(present.late_days as double) as found,
    cast(null as double) as usual,
    cast(present.days_seen as double) as out_of,
    cast(present.ordinal - present.first_ordinal + 1 - present.days_seen as integer) as missing,
    0 as elsewhere
from present
where present.is_late
