-- long_absence: children away for $days days or more of a 年度, out of the children enrolled in it.
-- grain: one row per child, class and 年度 (the denominator, on the first day there) and one on the day the count is reached.
-- Which days count follows the national survey: 欠席 alone until FY2019, since FY2020 出席停止・忌引等 as well;
-- with $basis = 'absent' 欠席 alone in every 年度. Days are counted across schools, and fall to the class of that day.
-- It is a count of days, no judgement on why: no child is labelled by it.
with away as (
    select
        student_day.school_id,
        student_day.class_id,
        student_day.grade,
        student_day.student_id,
        student_day.day,
        student_day.fiscal_year,
        student_day.is_to_date,
        row_number() over (partition by student_day.student_id, student_day.fiscal_year order by student_day.day) as nth
    from student_day
    where
        student_day.is_absent
        or (
            $basis = 'absent_and_suspended'
            and student_day.fiscal_year >= 2020
            and student_day.is_excused
        )
)

select
    away.school_id,
    away.class_id,
    away.grade,
    away.student_id as person_id,
    away.day,
    away.fiscal_year,
    away.is_to_date,
    1 as numerator,
    0 as denominator
from away
where away.nth = $days
union all
select
    student_day.school_id,
    student_day.class_id,
    student_day.grade,
    student_day.student_id as person_id,
    min(student_day.day) as day,
    student_day.fiscal_year,
    bool_or(student_day.is_to_date) as is_to_date,
    0 as numerator,
    1 as denominator
from student_day
where student_day.is_required is not null
group by
    student_day.school_id,
    student_day.class_id,
    student_day.grade,
    student_day.student_id,
    student_day.fiscal_year
