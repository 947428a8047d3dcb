-- lineage: which file says anything about which school: where every figure comes from.
-- grain: one row per source, school, 年度 and file.
-- key: source, school_id, fiscal_year, file_id?
-- order: school_id, source, fiscal_year, file_id
-- chunk: school
-- Days are those the rows of that school speak of; a roster speaks of no day of its own.
with fact as (
    select
        enrollment.school_id,
        'roster' as source,
        enrollment.fiscal_year,
        cast(null as date) as day,
        enrollment.file_id
    from lake.enrollment as enrollment
    union all
    select
        calendar_day.school_id,
        'calendar' as source,
        calendar_day.fiscal_year,
        calendar_day.day,
        calendar_day.file_id
    from lake.calendar_day as calendar_day
    union all
    select
        attendance.school_id,
        'attendance' as source,
        attendance.fiscal_year,
        attendance.day,
        attendance.file_id
    from lake.attendance as attendance
    union all
    select
        mood.school_id,
        'mood' as source,
        mood.fiscal_year,
        mood.day,
        mood.file_id
    from lake.mood as mood
    union all
    select
        health_room.school_id,
        'health_room' as source,
        health_room.fiscal_year,
        health_room.day,
        health_room.file_id
    from lake.health_room as health_room
    union all
    select
        study_log.school_id,
        'study_log' as source,
        study_log.fiscal_year,
        study_log.day,
        study_log.file_id
    from lake.study_log as study_log
    union all
    select
        staff_hours.school_id,
        'staff_hours' as source,
        staff_hours.fiscal_year,
        staff_hours.month as day,
        staff_hours.file_id
    from lake.staff_hours as staff_hours
)

select
    fact.school_id,
    fact.source,
    fact.fiscal_year,
    fact.file_id,
    min(fact.day) as first_on,
    max(fact.day) as last_on,
    cast(count(*) as bigint) as rows
from fact
where fact.school_id is not null
group by fact.school_id, fact.source, fact.fiscal_year, fact.file_id
