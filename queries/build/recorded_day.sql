-- recorded_day: how much a school's own list of exceptions says of a day, today included; days to come are plans.
-- grain: one row per source, school and day with a row.
-- key: source, school_id, day
-- order: fiscal_year, school_id, source, day
-- chunk: school
-- carry: fiscal_year
-- plain_rows are rows that say no more than "at school": a list that has them tells of every child, and its silence tells nothing.
select
    'attendance' as source,
    attendance.school_id,
    attendance.fiscal_year,
    attendance.day,
    cast(count(*) as integer) as rows,
    cast(
        count(*) filter (
            where coalesce(attendance_status.is_present, false)
            and not coalesce(attendance.is_late, false)
            and not coalesce(attendance.is_early_leave, false)
        ) as integer
    ) as plain_rows
from lake.attendance as attendance
cross join clock
left join attendance_status on attendance_status.status = attendance.status
where attendance.day <= clock.day
group by attendance.school_id, attendance.fiscal_year, attendance.day
union all
select
    'health_room' as source,
    health_room.school_id,
    health_room.fiscal_year,
    health_room.day,
    cast(count(*) as integer) as rows,
    cast(0 as integer) as plain_rows
from lake.health_room as health_room
cross join clock
where health_room.day <= clock.day
group by health_room.school_id, health_room.fiscal_year, health_room.day
