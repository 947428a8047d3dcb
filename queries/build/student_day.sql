-- student_day: everything known about one child on one 授業日; the fact most pages read.
-- grain: one row per enrolled child and 授業日 up to today.
-- key: student_id, day
-- order: fiscal_year, school_id, student_id, day
-- chunk: school
-- carry: fiscal_year
-- The calendar and the enrolment make the rows, never the facts: who has no row in a list of exceptions was at school, as far as the
-- school's own files speak, and a day before 転入 or after 転出 does not exist. What the register would say is empty where it is not in:
-- after the last day the school's files speak for; in a register with every child, of a class without a row that day, and of a child
-- without one. Where it is in, a day is one of present, absent, excused, and required unless excused.
with source_use as (
    select
        coverage_year.school_id,
        coverage_year.fiscal_year,
        min(coverage_year.counts_from) filter (where coverage_year.source = 'attendance') as attendance_from,
        max(coverage_year.counts_to) filter (where coverage_year.source = 'attendance') as attendance_to,
        coalesce(
            bool_or(coverage_year.evidence = 'each_child') filter (where coverage_year.source = 'attendance'), false
        ) as is_each_child,
        min(coverage_year.counts_from) filter (where coverage_year.source = 'mood') as mood_from,
        max(coverage_year.counts_to) filter (where coverage_year.source = 'mood') as mood_to,
        min(coverage_year.counts_from) filter (where coverage_year.source = 'health_room') as health_room_from,
        max(coverage_year.counts_to) filter (where coverage_year.source = 'health_room') as health_room_to,
        min(coverage_year.counts_from) filter (where coverage_year.source = 'study_log') as study_from,
        max(coverage_year.counts_to) filter (where coverage_year.source = 'study_log') as study_to
    from coverage_year
    group by coverage_year.school_id, coverage_year.fiscal_year
),

held as (
    select
        school_day.school_id,
        school_day.grade,
        school_day.fiscal_year,
        school_day.day,
        school_day.ordinal,
        school_day.is_to_date,
        coalesce(school_day.day between source_use.attendance_from and source_use.attendance_to, false) as is_register_kept,
        coalesce(
            not source_use.is_each_child and school_day.day between source_use.attendance_from and source_use.attendance_to, false
        ) as is_silence_presence,
        coalesce(school_day.day between source_use.mood_from and source_use.mood_to, false) as is_mood_asked,
        coalesce(school_day.day between source_use.health_room_from and source_use.health_room_to, false) as is_health_room_covered,
        coalesce(school_day.day between source_use.study_from and source_use.study_to, false) as is_study_covered
    from school_day
    left join source_use
        on source_use.school_id = school_day.school_id and source_use.fiscal_year = school_day.fiscal_year
),

visited as (
    select
        health_room_visit.school_id,
        health_room_visit.student_id,
        health_room_visit.day,
        cast(count(*) as smallint) as visits
    from health_room_visit
    group by health_room_visit.school_id, health_room_visit.student_id, health_room_visit.day
),

studied as (
    select
        study_day.school_id,
        study_day.student_id,
        study_day.day,
        sum(study_day.minutes) as minutes,
        cast(sum(study_day.answers) as integer) as answers,
        cast(sum(study_day.correct) as integer) as correct
    from study_day
    group by study_day.school_id, study_day.student_id, study_day.day
)

select
    enrollment.school_id,
    enrollment.class_id,
    enrollment.grade,
    enrollment.student_id,
    held.fiscal_year,
    held.day,
    held.ordinal,
    held.is_to_date,
    case
        when held.is_register_kept then coalesce(attendance.status, case when held.is_silence_presence then 'present' end)
    end as attendance,
    case when held.is_register_kept then coalesce(attendance.is_present, nullif(held.is_silence_presence, false)) end as is_present,
    case
        when held.is_register_kept and (held.is_silence_presence or attendance.status is not null)
            then coalesce(attendance.is_absent, false)
    end as is_absent,
    case
        when held.is_register_kept and (held.is_silence_presence or attendance.status is not null)
            then coalesce(attendance.is_excused, false)
    end as is_excused,
    case
        when held.is_register_kept
            then coalesce(attendance.is_present or attendance.is_absent, nullif(held.is_silence_presence, false))
    end as is_required,
    held.is_register_kept and coalesce(attendance.is_late, false) as is_late,
    held.is_register_kept and coalesce(attendance.is_early_leave, false) as is_early_leave,
    held.is_mood_asked,
    mood.level as mood_level,
    coalesce(visited.visits, cast(0 as smallint)) as health_room_visits,
    coalesce(studied.minutes, 0) as study_minutes,
    coalesce(studied.answers, 0) as study_answers,
    coalesce(studied.correct, 0) as study_correct,
    held.is_study_covered,
    held.is_health_room_covered
from enrollment
inner join held
    on
        held.school_id = enrollment.school_id
        and held.grade = enrollment.grade
        and held.fiscal_year = enrollment.fiscal_year
        and held.day between enrollment.begins_on and enrollment.ends_on
left join attendance
    on
        attendance.student_id = enrollment.student_id
        and attendance.day = held.day
left join mood
    on
        mood.student_id = enrollment.student_id
        and mood.day = held.day
left join visited
    on
        visited.student_id = enrollment.student_id
        and visited.day = held.day
left join studied
    on
        studied.student_id = enrollment.student_id
        and studied.day = held.day
