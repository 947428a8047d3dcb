-- coverage_year: which source a school uses in a 年度, and for which days its own files speak; after counts_to nothing is known.
-- grain: one row per school, source and 年度.
-- key: school_id, source, fiscal_year
-- order: school_id, source, fiscal_year
-- Mood and drills are daily: they speak from the school's own first row to its last. A register and the 保健室 list exceptions, and are
-- believed as far as recorded_list says. evidence says why a day up to counts_to is believed: period (the file says until when it
-- speaks), each_child (a register with every child), silence (days without a row), or rows (the school's own last rows).
with school_use as (
    select
        lineage.school_id,
        lineage.source,
        lineage.fiscal_year,
        min(lineage.first_on) as starts_on,
        max(lineage.last_on) as ends_on,
        cast(sum(lineage.rows) as bigint) as rows
    from lineage
    where lineage.source in ('attendance', 'mood', 'health_room', 'study_log', 'staff_hours')
    group by lineage.school_id, lineage.source, lineage.fiscal_year
),

said as (
    select
        attendance.school_id,
        attendance.fiscal_year,
        least(max(attendance.spoken_until), max(clock.day)) as spoken_to
    from lake.attendance as attendance
    cross join clock
    where attendance.spoken_until is not null
    group by attendance.school_id, attendance.fiscal_year
)

select
    school_use.school_id,
    school_use.source,
    school_use.fiscal_year,
    school_use.starts_on,
    school_use.ends_on,
    case
        when recorded_list.school_id is null or recorded_list.is_begun_late then school_use.starts_on
        else make_date(cast(school_use.fiscal_year as integer), 4, 1)
    end as counts_from,
    case
        when recorded_list.school_id is null then school_use.ends_on
        else greatest(coalesce(recorded_list.rows_to, school_use.ends_on), recorded_list.silence_to, said.spoken_to)
    end as counts_to,
    case
        when recorded_list.school_id is null then 'rows'
        when said.spoken_to >= greatest(coalesce(recorded_list.rows_to, school_use.ends_on), recorded_list.silence_to) then 'period'
        when recorded_list.is_each_child then 'each_child'
        when recorded_list.silence_to is not null then 'silence'
        else 'rows'
    end as evidence,
    coalesce(recorded_list.silent_days, 0) as silent_days,
    coalesce(recorded_list.usual_silent_days, 0) as usual_silent_days,
    school_use.rows
from school_use
left join recorded_list
    on
        recorded_list.school_id = school_use.school_id
        and recorded_list.source = school_use.source
        and recorded_list.fiscal_year = school_use.fiscal_year
left join said
    on
        said.school_id = school_use.school_id
        and said.fiscal_year = school_use.fiscal_year
        and school_use.source = 'attendance'
