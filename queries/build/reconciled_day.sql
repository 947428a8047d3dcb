-- reconciled_day: one class on one 授業日 of a month for which its school gave totals: how many were absent, how many excused.
-- grain: one row per class and 授業日.
-- key: class_id, day
-- order: fiscal_year, school_id, class_id, day
-- chunk: school
-- is_class_away: every child of the class was excused (学級閉鎖). is_corrected: the register has a row about that day that came in by a
-- later load than the totals. Made from the exceptions, not from student_day: a comparison must not cost a load what a figure costs.
with told as (
    select
        attendance_total.class_id,
        attendance_total.month,
        load_source.load_id
    from attendance_total
    left join load_source on load_source.file_id = attendance_total.file_id
),

taught as (
    select
        enrollment.school_id,
        enrollment.class_id,
        enrollment.fiscal_year,
        enrollment.grade,
        min(enrollment.begins_on) as begins_on,
        max(enrollment.ends_on) as ends_on
    from enrollment
    where enrollment.class_id in (select told.class_id from told)
    group by enrollment.school_id, enrollment.class_id, enrollment.fiscal_year, enrollment.grade
),

held as (
    select distinct
        taught.school_id,
        taught.class_id,
        taught.fiscal_year,
        told.month,
        told.load_id,
        calendar_day.day
    from told
    inner join taught on taught.class_id = told.class_id
    inner join calendar_day
        on
            calendar_day.school_id = taught.school_id
            and calendar_day.grade = taught.grade
            and calendar_day.fiscal_year = taught.fiscal_year
            and calendar_day.day between taught.begins_on and taught.ends_on
            and cast(date_trunc('month', calendar_day.day) as date) = told.month
    inner join coverage_year
        on
            coverage_year.school_id = taught.school_id
            and coverage_year.fiscal_year = taught.fiscal_year
            and calendar_day.day between coverage_year.counts_from and coverage_year.counts_to
    cross join clock
    where calendar_day.kind = 'school_day' and calendar_day.day <= clock.day and coverage_year.source = 'attendance'
),

away as (
    select
        attendance.class_id,
        attendance.day,
        cast(count(*) filter (where attendance.is_absent) as integer) as absent,
        cast(count(*) filter (where attendance.is_excused) as integer) as suspended,
        max(load_source.load_id) as load_id
    from attendance
    left join load_source on load_source.file_id = attendance.file_id
    where attendance.class_id in (select told.class_id from told)
    group by attendance.class_id, attendance.day
),

seated as (
    select
        away.class_id,
        away.day,
        cast(count(*) as integer) as children
    from away
    inner join enrollment
        on enrollment.class_id = away.class_id and away.day between enrollment.begins_on and enrollment.ends_on
    where away.suspended > 0
    group by away.class_id, away.day
)

select
    held.school_id,
    held.class_id,
    held.fiscal_year,
    held.month,
    held.day,
    coalesce(away.absent, 0) as absent,
    coalesce(away.suspended, 0) as suspended,
    coalesce(away.suspended = seated.children, false) as is_class_away,
    coalesce(away.load_id > held.load_id, false) as is_corrected
from held
left join away on away.class_id = held.class_id and away.day = held.day
left join seated on seated.class_id = held.class_id and seated.day = held.day
