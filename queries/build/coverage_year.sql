-- coverage_year: which source a school uses in a 年度, and for which days its own files speak; after counts_to nothing is known.
-- grain: one row per school, source and 年度.
-- key: school_id, source, fiscal_year
-- order: school_id, source, fiscal_year
-- Mood and drills are daily: they speak from the school's own first row to its last. A register and the 保健室 list exceptions: a silent
-- day may be a day on which nothing happened, or one that has not come. evidence says why a day up to counts_to is believed: period (the
-- file says until when it speaks), each_child (a register with every child), silence (days without a row, no more in a row than this
-- school has had before: queries/recording.toml), or rows (its own last rows). A last day with fewer rows than the school has ever had
-- on a day with any is half a register. No other school's rows make a day of this one known.
with school_use as (
    select
        lineage.school_id,
        lineage.source,
        lineage.fiscal_year,
        min(lineage.first_on) as starts_on,
        max(lineage.last_on) as ends_on,
        max(file.last_on) as file_ends_on,
        cast(sum(lineage.rows) as bigint) as rows
    from lineage
    left join (
        select
            spoken.source,
            spoken.fiscal_year,
            spoken.file_id,
            max(spoken.last_on) as last_on
        from lineage as spoken
        group by spoken.source, spoken.fiscal_year, spoken.file_id
    ) as file
        on file.source = lineage.source and file.fiscal_year = lineage.fiscal_year and file.file_id = lineage.file_id
    where lineage.source in ('attendance', 'mood', 'health_room', 'study_log', 'staff_hours')
    group by lineage.school_id, lineage.source, lineage.fiscal_year
),

listed as (
    select
        school_use.school_id,
        school_use.source,
        school_use.fiscal_year,
        -- how far a list may be believed at all: its files, in a year that is over the whole of it; today only where the board says so
        case
            when school_use.fiscal_year < clock.fiscal_year then make_date(cast(school_use.fiscal_year as integer) + 1, 3, 31)
            when recording_rule.silent_today then least(coalesce(school_use.file_ends_on, school_use.ends_on), clock.day)
            else
                least(
                    coalesce(school_use.file_ends_on, school_use.ends_on),
                    cast(clock.day - interval '1' day as date)
                )
        end as believed_to,
        recording_rule.silent_days,
        recording_rule.known_days
    from school_use
    inner join lake.recording_rule as recording_rule on recording_rule.source = school_use.source
    cross join clock
    where school_use.ends_on is not null
),

held as (
    select distinct
        calendar_day.school_id,
        calendar_day.fiscal_year,
        calendar_day.day
    from lake.calendar_day as calendar_day
    cross join clock
    where calendar_day.kind = 'school_day' and calendar_day.day <= clock.day
),

noted as (
    select
        listed.school_id,
        listed.source,
        listed.fiscal_year,
        held.day,
        coalesce(recorded_day.rows, 0) as rows,
        row_number() over (partition by listed.school_id, listed.source order by held.day) as place,
        count(*) over (partition by listed.school_id, listed.source) as places
    from listed
    inner join held on held.school_id = listed.school_id and held.fiscal_year = listed.fiscal_year
    left join recorded_day
        on
            recorded_day.school_id = listed.school_id
            and recorded_day.source = listed.source
            and recorded_day.day = held.day
),

gap as (
    select
        noted.school_id,
        noted.source,
        noted.fiscal_year,
        noted.day,
        noted.rows,
        noted.place,
        noted.places,
        noted.place - lag(noted.place) over (partition by noted.school_id, noted.source order by noted.day) - 1 as silent_before
    from noted
    where noted.rows > 0
),

usual as (
    select
        gap.school_id,
        gap.source,
        min(gap.rows) as fewest_rows,
        coalesce(max(gap.silent_before), 0) as silent_days,
        max(gap.place) as known_days
    from gap
    inner join listed
        on listed.school_id = gap.school_id and listed.source = gap.source and listed.fiscal_year = gap.fiscal_year
    where gap.place <= gap.places - listed.silent_days
    group by gap.school_id, gap.source
),

allowed as (
    select
        listed.school_id,
        listed.source,
        listed.fiscal_year,
        listed.believed_to,
        case
            when usual.known_days >= listed.known_days then least(usual.silent_days, listed.silent_days) else listed.silent_days
        end as silent_days,
        case when usual.known_days >= listed.known_days then usual.fewest_rows else 1 end as fewest_rows
    from listed
    left join usual on usual.school_id = listed.school_id and usual.source = listed.source
),

whole as (
    select
        recorded_day.school_id,
        recorded_day.source,
        recorded_day.fiscal_year,
        sum(recorded_day.plain_rows) * 2 > sum(recorded_day.rows) as is_each_child
    from recorded_day
    group by recorded_day.school_id, recorded_day.source, recorded_day.fiscal_year
),

last_rows as (
    select
        allowed.school_id,
        allowed.source,
        allowed.fiscal_year,
        allowed.silent_days,
        allowed.believed_to,
        whole.is_each_child,
        max(noted.day) filter (
            where noted.rows >= case when whole.is_each_child then 1 else allowed.fewest_rows end
        ) as day,
        min(noted.day) filter (where noted.rows > 0) as first_day
    from allowed
    inner join whole
        on whole.school_id = allowed.school_id and whole.source = allowed.source and whole.fiscal_year = allowed.fiscal_year
    left join noted
        on noted.school_id = allowed.school_id and noted.source = allowed.source and noted.fiscal_year = allowed.fiscal_year
    group by
        allowed.school_id,
        allowed.source,
        allowed.fiscal_year,
        allowed.silent_days,
        allowed.believed_to,
        whole.is_each_child
),

silent as (
    select
        last_rows.school_id,
        last_rows.source,
        last_rows.fiscal_year,
        noted.day,
        row_number() over (partition by last_rows.school_id, last_rows.source, last_rows.fiscal_year order by noted.day) as turn
    from last_rows
    inner join noted
        on
            noted.school_id = last_rows.school_id
            and noted.source = last_rows.source
            and noted.fiscal_year = last_rows.fiscal_year
            and noted.day > last_rows.day
),

believed as (
    select
        last_rows.school_id,
        last_rows.source,
        last_rows.fiscal_year,
        last_rows.day as rows_to,
        max(silent.day) filter (
            where not last_rows.is_each_child and silent.turn <= last_rows.silent_days and silent.day <= last_rows.believed_to
        ) as silence_to,
        cast(count(silent.day) filter (where silent.day < clock.day) as integer) as silent_days,
        last_rows.silent_days as usual_silent_days,
        last_rows.is_each_child,
        last_rows.first_day
    from last_rows
    cross join clock
    left join silent
        on
            silent.school_id = last_rows.school_id
            and silent.source = last_rows.source
            and silent.fiscal_year = last_rows.fiscal_year
    group by
        last_rows.school_id,
        last_rows.source,
        last_rows.fiscal_year,
        last_rows.day,
        last_rows.silent_days,
        last_rows.is_each_child,
        last_rows.first_day
),

late_start as (
    select
        allowed.school_id,
        allowed.source,
        allowed.fiscal_year
    from allowed
    inner join believed
        on believed.school_id = allowed.school_id and believed.source = allowed.source and believed.fiscal_year = allowed.fiscal_year
    inner join noted
        on noted.school_id = allowed.school_id and noted.source = allowed.source and noted.fiscal_year = allowed.fiscal_year
    inner join listed
        on listed.school_id = allowed.school_id and listed.source = allowed.source and listed.fiscal_year = allowed.fiscal_year
    where noted.day < believed.first_day
    group by allowed.school_id, allowed.source, allowed.fiscal_year, listed.silent_days
    having count(*) > listed.silent_days
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
        when believed.school_id is null or late_start.school_id is not null then school_use.starts_on
        else make_date(cast(school_use.fiscal_year as integer), 4, 1)
    end as counts_from,
    case
        when believed.school_id is null then school_use.ends_on
        else greatest(coalesce(believed.rows_to, school_use.ends_on), believed.silence_to, said.spoken_to)
    end as counts_to,
    case
        when believed.school_id is null then 'rows'
        when said.spoken_to >= greatest(coalesce(believed.rows_to, school_use.ends_on), believed.silence_to) then 'period'
        when believed.is_each_child then 'each_child'
        when believed.silence_to is not null then 'silence'
        else 'rows'
    end as evidence,
    coalesce(believed.silent_days, 0) as silent_days,
    coalesce(believed.usual_silent_days, 0) as usual_silent_days,
    school_use.rows
from school_use
left join believed
    on
        believed.school_id = school_use.school_id
        and believed.source = school_use.source
        and believed.fiscal_year = school_use.fiscal_year
left join late_start
    on
        late_start.school_id = school_use.school_id
        and late_start.source = school_use.source
        and late_start.fiscal_year = school_use.fiscal_year
left join said
    on
        said.school_id = school_use.school_id
        and said.fiscal_year = school_use.fiscal_year
        and school_use.source = 'attendance'
