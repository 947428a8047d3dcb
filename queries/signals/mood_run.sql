-- mood_run: rain or thunder in $days answers or more in a row.
-- grain: one row per child and answer of rain or thunder; holds from the answer with which the run is long enough.
-- A day without an answer neither lengthens a run nor ends it: missing counts such days in between.
with answered as (
    select
        student_day.school_id,
        student_day.class_id,
        student_day.student_id,
        student_day.fiscal_year,
        student_day.day,
        student_day.ordinal,
        student_day.mood_level >= 3 as is_low
    from student_day
    where student_day.mood_level is not null
),

parted as (
    select
        answered.school_id,
        answered.class_id,
        answered.student_id,
        answered.fiscal_year,
        answered.day,
        answered.ordinal,
        answered.is_low,
        row_number() over (partition by answered.school_id, answered.student_id order by answered.day)
        - row_number() over (
            partition by answered.school_id, answered.student_id, answered.is_low order by answered.day
        ) as run
    from answered
),

low as (
    select
        parted.school_id,
        parted.class_id,
        parted.student_id,
        parted.fiscal_year,
        parted.day,
        parted.ordinal,
        parted.is_low,
        parted.run,
        row_number() over (partition by parted.school_id, parted.student_id, parted.run order by parted.day) as answers,
        min(parted.day) over (partition by parted.school_id, parted.student_id, parted.run) as since,
        min(parted.ordinal) over (partition by parted.school_id, parted.student_id, parted.run) as first_ordinal
    from parted
    where parted.is_low
)

select
    low.school_id,
    low.class_id,
    low.student_id,
    low.fiscal_year,
    low.day,
    low.ordinal,
    low.answers >= $days as holds,
    true as is_evidence,
    low.since,
    cast(low.answers as double) as found,
    round(student_usual.usual * 10, 0) as usual,
    cast(null as double) as out_of,
    cast(low.ordinal - low.first_ordinal + 1 - low.answers as integer) as missing
from low
left join student_usual
    on
        student_usual.school_id = low.school_id
        and student_usual.student_id = low.student_id
        and student_usual.month = cast(date_trunc('month', low.day) as date)
        and student_usual.measure = 'low_mood'
