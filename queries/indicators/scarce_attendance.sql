-- scarce_attendance: children away for $days days or more of a 年度 who came on no more than $attended days, out of the children enrolled.
-- grain: one row per child, class and 年度 (the denominator, on the first day there), one on the day both hold, one on the day they no
-- longer do.
-- As the national survey asks within 90 days and more. The row that takes a child out again falls on the day of attendance
-- $attended + 1, at the class where the child was counted in: so that every span of days sums to nought or one.
with day as (
    select
        student_day.school_id,
        student_day.class_id,
        student_day.grade,
        student_day.student_id,
        student_day.day,
        student_day.fiscal_year,
        student_day.is_to_date,
        sum(case when student_day.is_absent or student_day.is_excused then 1 else 0 end) over (
            partition by student_day.student_id, student_day.fiscal_year
            order by student_day.day
            rows between unbounded preceding and current row
        ) as away,
        sum(case when student_day.is_present then 1 else 0 end) over (
            partition by student_day.student_id, student_day.fiscal_year
            order by student_day.day
            rows between unbounded preceding and current row
        ) as attended,
        student_day.is_present
    from student_day
),

reached as (
    select
        day.school_id,
        day.class_id,
        day.grade,
        day.student_id,
        day.day,
        day.fiscal_year,
        day.is_to_date
    from day
    where day.away = $days and day.attended <= $attended and not day.is_present
)

select
    reached.school_id,
    reached.class_id,
    reached.grade,
    reached.student_id as person_id,
    reached.day,
    reached.fiscal_year,
    reached.is_to_date,
    1 as numerator,
    0 as denominator
from reached
union all
select
    reached.school_id,
    reached.class_id,
    reached.grade,
    reached.student_id as person_id,
    day.day,
    day.fiscal_year,
    day.is_to_date,
    -1 as numerator,
    0 as denominator
from reached
inner join day
    on reached.student_id = day.student_id
    and reached.fiscal_year = day.fiscal_year
    and reached.day < day.day
where day.attended = $attended + 1 and day.is_present
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
