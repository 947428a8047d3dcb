-- handover_school_days: for how many 授業日 of a child at this school the register is in, and on how many of them it was away.
-- grain: one row per 年度.
select
    student_day.student_id,
    student_day.fiscal_year,
    cast(count(student_day.is_absent) as integer) as school_days,
    cast(count(*) filter (where student_day.is_absent) as integer) as absent_days,
    cast(count(*) filter (where student_day.is_excused) as integer) as excused_days,
    cast(count(*) filter (where student_day.is_late) as integer) as late_days,
    cast(count(*) filter (where student_day.is_early_leave) as integer) as early_leave_days
from student_day
where student_day.student_id = $student_id and student_day.school_id = $school_id
group by student_day.student_id, student_day.fiscal_year
order by student_day.fiscal_year
