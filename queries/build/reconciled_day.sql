-- reconciled_day: one class on one 授業日 of a month for which its school gave totals: how many were there, absent, excused.
-- grain: one row per class and 授業日.
-- key: class_id, day
-- order: school_id, class_id, day
-- chunk: school
-- is_corrected: the register has a row about that day that came in by a later load than the totals.
with told as (
    select
        attendance_total.class_id,
        attendance_total.month,
        load_source.load_id
    from attendance_total
    left join load_source on load_source.file_id = attendance_total.file_id
),

corrected as (
    select distinct
        attendance.class_id,
        attendance.day
    from attendance
    inner join told
        on told.class_id = attendance.class_id and told.month = cast(date_trunc('month', attendance.day) as date)
    inner join load_source on load_source.file_id = attendance.file_id
    where load_source.load_id > told.load_id
)

select
    student_day.school_id,
    student_day.class_id,
    student_day.fiscal_year,
    told.month,
    student_day.day,
    cast(count(*) as integer) as children,
    cast(count(*) filter (where student_day.attendance in ('absent_sick', 'absent_other')) as integer) as absent,
    cast(
        count(*) filter (where student_day.attendance in ('suspended', 'bereavement', 'excused_other')) as integer
    ) as suspended,
    max(case when corrected.day is null then 0 else 1 end) = 1 as is_corrected
from student_day
inner join told
    on told.class_id = student_day.class_id and told.month = cast(date_trunc('month', student_day.day) as date)
left join corrected on corrected.class_id = student_day.class_id and corrected.day = student_day.day
where student_day.attendance is not null
group by student_day.school_id, student_day.class_id, student_day.fiscal_year, told.month, student_day.day
