-- recording_of_school: through which day a school's own files speak, source by source, and how many 授業日 since then are unknown.
-- grain: one row per source. unrecorded_days counts those before $today; first_unrecorded is the earliest of them.
select
    coverage.source,
    coverage.recorded_through,
    coverage.evidence,
    coverage.silent_days,
    coverage.usual_silent_days,
    cast(count(distinct calendar_day.day) as integer) as unrecorded_days,
    min(calendar_day.day) as first_unrecorded
from coverage
left join calendar_day
    on coverage.school_id = calendar_day.school_id
    and calendar_day.kind = 'school_day'
    and coverage.recorded_through < calendar_day.day
    and calendar_day.day < cast($today as date)
where coverage.school_id = $school_id
group by
    coverage.source,
    coverage.recorded_through,
    coverage.evidence,
    coverage.silent_days,
    coverage.usual_silent_days
order by coverage.source
