-- school_day: the 授業日 held so far, numbered within the 年度; what every rate is divided by.
-- grain: one row per school, grade and 授業日 up to as_of.
-- key: school_id, grade, day
-- order: school_id, grade, day
-- A 臨時休業 of the school or the grade is no 授業日. A 学級閉鎖 of one class is: its children are 出席停止.
-- is_to_date: this 年度 has had n 授業日 in that school and grade; the first n of every 年度 are compared with it.
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
    cross join as_of
    where calendar_day.kind = 'school_day' and calendar_day.day <= as_of.day
),

so_far as (
    select
        held.school_id,
        held.grade,
        max(held.ordinal) as days
    from held
    inner join as_of
        on as_of.fiscal_year = held.fiscal_year
    group by held.school_id, held.grade
)

select
    held.school_id,
    held.grade,
    held.fiscal_year,
    held.day,
    held.ordinal,
    held.ordinal <= coalesce(so_far.days, 0) as is_to_date
from held
left join so_far
    on so_far.school_id = held.school_id and so_far.grade = held.grade
