-- absence_run: absent $days 授業日 or more in a row.
-- grain: one row per child and day absent; holds from the day on which the run is long enough.
-- Days ordered home, days of mourning and days whose register has not come neither lengthen a run nor end it: missing counts them.
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

away as (
    select
        parted.school_id,
        parted.class_id,
        parted.student_id,
        parted.fiscal_year,
        parted.day,
        parted.ordinal,
        parted.is_absent,
        parted.run,
        row_number() over (partition by parted.school_id, parted.student_id, parted.run order by parted.day) as days_away,
        min(parted.day) over (partition by parted.school_id, parted.student_id, parted.run) as since,
        min(parted.ordinal) over (partition by parted.school_id, parted.student_id, parted.run) as first_ordinal
    from parted
    where parted.is_absent
)

select
    away.school_id,
    away.class_id,
    away.student_id,
    away.fiscal_year,
    away.day,
    away.ordinal,
    away.days_away >= $days as holds,
    true as is_evidence,
    away.since,
    cast(away.days_away as double) as found,
    cast(null as double) as usual,
    cast(null as double) as out_of,
    cast(away.ordinal - away.first_ordinal + 1 - away.days_away as integer) as missing
from away
