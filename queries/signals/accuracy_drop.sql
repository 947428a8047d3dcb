-- accuracy_drop: fewer right answers in the last $within days with a drill than the child's own usual of this 年度.
-- grain: one row per child and 授業日 with a drill whose answers were right less often than usual.
-- It holds where the share of right answers lies $times spreads and $drop of a hundred below the usual, which at least $months months
-- must tell, and at least $answers answers were given. A day without answers is not counted either way.
with studied as (
    select
        student_day.school_id,
        student_day.class_id,
        student_day.student_id,
        student_day.fiscal_year,
        student_day.day,
        student_day.ordinal,
        student_day.study_answers,
        student_day.study_correct,
        sum(student_day.study_answers) over lately as answers,
        sum(student_day.study_correct) over lately as correct,
        count(*) over lately as days_seen,
        min(student_day.day) over lately as since,
        min(student_day.ordinal) over lately as first_ordinal
    from student_day
    where student_day.study_answers > 0
    window lately as (
        partition by student_day.school_id, student_day.student_id
        order by student_day.day
        rows between $within_before preceding and current row
    )
)

select
    studied.school_id,
    studied.class_id,
    studied.student_id,
    studied.fiscal_year,
    studied.day,
    studied.ordinal,
    studied.days_seen = $within
    and studied.answers >= $answers
    and student_usual.months >= $months
    and round(
        student_usual.usual - cast(studied.correct as double) / studied.answers
        - greatest($times * student_usual.spread, $drop / 100.0), 9
    ) >= 0 as holds,
    true as is_evidence,
    studied.since,
    100.0 * studied.correct / studied.answers as found,
    100.0 * student_usual.usual as usual,
    cast(studied.answers as double) as out_of,
    cast(studied.ordinal - studied.first_ordinal + 1 - studied.days_seen as integer) as missing,
    0 as elsewhere
from studied
inner join student_usual
    on
        student_usual.school_id = studied.school_id
        and student_usual.student_id = studied.student_id
        and student_usual.month = cast(date_trunc('month', studied.day) as date)
        and student_usual.measure = 'accuracy'
where cast(studied.study_correct as double) / studied.study_answers < student_usual.usual
