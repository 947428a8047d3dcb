-- mood_share: more rain and thunder among the last $answers answers than the child's own usual.
-- grain: one row per child and answer of rain or thunder.
-- It holds where the share lies $times spreads and $rise of a hundred answers above the usual, which at least $months months must tell.
-- Rounding keeps nine of thirty from falling short of three tenths.
-- A day without an answer is not counted either way; with fewer than $least answers nothing is said.
with answered as (
    select
        student_day.school_id,
        student_day.class_id,
        student_day.student_id,
        student_day.fiscal_year,
        student_day.day,
        student_day.ordinal,
        student_day.mood_level >= 3 as is_low,
        count(*) filter (where student_day.mood_level >= 3) over lately as low_answers,
        count(*) over lately as answers,
        min(student_day.day) over lately as since,
        min(student_day.ordinal) over lately as first_ordinal
    from student_day
    where student_day.mood_level is not null
    window lately as (
        partition by student_day.school_id, student_day.student_id
        order by student_day.day
        rows between $answers_before preceding and current row
    )
)

select
    answered.school_id,
    answered.class_id,
    answered.student_id,
    answered.fiscal_year,
    answered.day,
    answered.ordinal,
    coalesce(
        answered.answers >= $least
        and student_usual.months >= $months
        and round(
            cast(answered.low_answers as double) / answered.answers
            - student_usual.usual - greatest($times * student_usual.spread, $rise / 100.0), 9
        ) >= 0,
        false
    ) as holds,
    true as is_evidence,
    answered.since,
    cast(answered.low_answers as double) as found,
    student_usual.usual * answered.answers as usual,
    cast(answered.answers as double) as out_of,
    cast(answered.ordinal - answered.first_ordinal + 1 - answered.answers as integer) as missing,
    0 as elsewhere
from answered
left join student_usual
    on
        student_usual.school_id = answered.school_id
        and student_usual.student_id = answered.student_id
        and student_usual.month = cast(date_trunc('month', answered.day) as date)
        and student_usual.measure = 'low_mood'
where answered.is_low
