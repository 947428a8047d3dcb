-- absence_days: the days absent this 年度 reach $first, $second or $third; 30 days is where national surveys begin to count.
-- grain: one row per child and day absent; holds on the days on which a step is reached.
-- Days ordered home and days of mourning are no absence; missing counts 授業日 whose register has not come.
with known as (
    select
        student_day.school_id,
        student_day.class_id,
        student_day.student_id,
        student_day.fiscal_year,
        student_day.day,
        student_day.ordinal,
        student_day.is_absent,
        count(*) filter (where student_day.is_absent) over (
            partition by student_day.school_id, student_day.student_id
            order by student_day.day rows between unbounded preceding and current row
        ) as days_away,
        count(*) filter (where student_day.is_absent is null) over (
            partition by student_day.school_id, student_day.student_id
            order by student_day.day rows between unbounded preceding and current row
        ) as missing,
        count(*) over (
            partition by student_day.school_id, student_day.student_id
            order by student_day.day rows between unbounded preceding and current row
        ) as days_held,
        min(student_day.day) over (partition by student_day.school_id, student_day.student_id) as since
    from student_day
)

select
    known.school_id,
    known.class_id,
    known.student_id,
    known.fiscal_year,
    known.day,
    known.ordinal,
    known.days_away in ($first, $second, $third) as holds,
    true as is_evidence,
    known.since,
    cast(known.days_away as double) as found,
    cast(null as double) as usual,
    cast(known.days_held as double) as out_of,
    cast(known.missing as integer) as missing
from known
where known.is_absent
