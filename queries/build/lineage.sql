-- lineage: which file says anything about which school: where every figure comes from.
-- grain: one row per source, school, 年度 and file.
-- key: source, school_id, fiscal_year, file_id?
-- order: fiscal_year, school_id, source, file_id
-- chunk: school
-- carry: fiscal_year
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
        attendance_total.school_id,
        'attendance_totals' as source,
        attendance_total.fiscal_year,
        attendance_total.month as day,
        attendance_total.file_id
    from lake.attendance_total as attendance_total
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
    union all
    select
        assessment_result.school_id,
        'assessment' as source,
        assessment_result.fiscal_year,
        assessment_result.day,
        assessment_result.file_id
    from lake.assessment_result as assessment_result
    union all
    select
        evaluation.school_id,
        'evaluation' as source,
        evaluation.fiscal_year,
        cast(null as date) as day,
        evaluation.file_id
    from lake.evaluation as evaluation
    union all
    select
        narrative.school_id,
        'narrative' as source,
        narrative.fiscal_year,
        narrative.day,
        narrative.file_id
    from lake.narrative as narrative
    union all
    select
        incident.school_id,
        'incidents' as source,
        incident.fiscal_year,
        incident.month as day,
        incident.file_id
    from lake.incident as incident
    union all
    select
        staff_pulse.school_id,
        'staff_pulse' as source,
        staff_pulse.fiscal_year,
        staff_pulse.month as day,
        staff_pulse.file_id
    from lake.staff_pulse as staff_pulse
    union all
    select
        school_fact.school_id,
        'school_facts' as source,
        school_fact.fiscal_year,
        cast(null as date) as day,
        school_fact.file_id
    from lake.school_fact as school_fact
    union all
    select
        dx_answer.school_id,
        'dx_checklist' as source,
        dx_answer.fiscal_year,
        cast(null as date) as day,
        dx_answer.file_id
    from lake.dx_answer as dx_answer
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
