-- school_day: the 授業日 held so far, numbered within the 年度; what every rate is divided by.
-- grain: one row per school, grade and 授業日 up to today.
-- key: school_id, grade, day
-- order: school_id, grade, day
-- A 臨時休業 of the school or the grade is no 授業日. A 学級閉鎖 of one class is: its children are 出席停止.
-- is_to_date: the school's own register speaks for n 授業日 of this 年度 in that grade; the first n of every 年度 are compared with it.
with held as (
    select
        calendar_day.school_id,
        calendar_day.grade,
        calendar_day.fiscal_year,
        calendar_day.day,
        cast(
            row_number() over (
                partition by calendar_day.school_id, calendar_day.grade, calendar_day.fiscal_year
                order by calendar_day.day
            ) as smallint
        ) as ordinal
    from lake.calendar_day as calendar_day
    cross join clock
    where calendar_day.kind = 'school_day' and calendar_day.day <= clock.day
),

-- without a register, as far as any other of its sources speaks
recorded as (
    select
        coverage_year.school_id,
        coverage_year.fiscal_year,
        coalesce(
            max(coverage_year.counts_to) filter (where coverage_year.source = 'attendance'),
            max(coverage_year.counts_to)
        ) as day
    from coverage_year
    where coverage_year.source <> 'staff_hours'
    group by coverage_year.school_id, coverage_year.fiscal_year
),

so_far as (
    select
        held.school_id,
        held.grade,
        max(held.ordinal) as days
    from held
    inner join as_of
        on as_of.fiscal_year = held.fiscal_year
    left join recorded
        on recorded.school_id = held.school_id and recorded.fiscal_year = held.fiscal_year
    where held.day <= coalesce(recorded.day, as_of.day)
    group by held.school_id, held.grade
)

select
    held.school_id,
    held.grade,
    held.fiscal_year,
    held.day,
    held.ordinal,
    held.ordinal <= coalesce(so_far.days, 0) and held.fiscal_year <= as_of.fiscal_year as is_to_date
from held
cross join as_of
left join so_far
    on so_far.school_id = held.school_id and so_far.grade = held.grade
