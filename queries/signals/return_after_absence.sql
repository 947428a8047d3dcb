-- return_after_absence: at school again after $days 授業日 or more of absence in a row.
-- grain: one row per child and day absent, and one for the day of return, on which alone it holds.
-- Days ordered home, days of mourning and days whose register has not come neither lengthen the absence nor end it.
with required as (
    select
        student_day.school_id,
        student_day.class_id,
        student_day.student_id,
        student_day.fiscal_year,
        student_day.day,
        student_day.ordinal,
        student_day.is_absent
    from student_day
    where student_day.is_required
),

parted as (
    select
        required.school_id,
        required.class_id,
        required.student_id,
        required.fiscal_year,
        required.day,
        required.ordinal,
        required.is_absent,
        row_number() over (partition by required.school_id, required.student_id order by required.day)
        - row_number() over (
            partition by required.school_id, required.student_id, required.is_absent order by required.day
        ) as run
    from required
),

lasted as (
    select
        parted.school_id,
        parted.class_id,
        parted.student_id,
        parted.fiscal_year,
        parted.day,
        parted.ordinal,
        parted.is_absent,
        parted.run,
        row_number() over (
            partition by parted.school_id, parted.student_id, parted.is_absent, parted.run order by parted.day
        ) as days,
        min(parted.day) over (partition by parted.school_id, parted.student_id, parted.is_absent, parted.run) as since,
        min(parted.ordinal) over (
            partition by parted.school_id, parted.student_id, parted.is_absent, parted.run
        ) as first_ordinal
    from parted
),

followed as (
    select
        lasted.school_id,
        lasted.class_id,
        lasted.student_id,
        lasted.fiscal_year,
        lasted.day,
        lasted.ordinal,
        lasted.is_absent,
        lasted.run,
        lasted.days,
        lasted.since,
        lasted.first_ordinal,
        lag(lasted.is_absent) over (partition by lasted.school_id, lasted.student_id order by lasted.day) as was_absent,
        lag(lasted.days) over (partition by lasted.school_id, lasted.student_id order by lasted.day) as days_before,
        lag(lasted.since) over (partition by lasted.school_id, lasted.student_id order by lasted.day) as since_before,
        lag(lasted.first_ordinal) over (partition by lasted.school_id, lasted.student_id order by lasted.day) as ordinal_before
    from lasted
)

select
    followed.school_id,
    followed.class_id,
    followed.student_id,
    followed.fiscal_year,
    followed.day,
    followed.ordinal,
    not followed.is_absent and followed.days_before >= $days as holds,
    followed.is_absent as is_evidence,
    followed.since_before as since,
    cast(followed.days_before as double) as found,
    cast(null as double) as usual,
    cast(null as double) as out_of,
    cast(followed.ordinal - followed.ordinal_before - followed.days_before as integer) as missing
from followed
where followed.is_absent or followed.was_absent
