-- recorded_list: how far a school's own list of exceptions (register, 保健室) is believed, and why.
-- grain: one row per school, source and 年度.
-- key: school_id, source, fiscal_year
-- order: school_id, source, fiscal_year
-- rows_to is the last day with rows of its own: no fewer than on the quietest day the school has had, for fewer are half a register or
-- one child's leave entered ahead. silence_to is the last day of the silence after it that is believed: no more days in a row than the
-- school has been silent before, nor than the board allows (queries/recording.toml), and no further than its files reach. No other
-- school's rows make a day of this one known. A list that tells of every child (is_each_child) tells nothing by its silence.
with spoken as (
    select
        lineage.source,
        lineage.fiscal_year,
        lineage.file_id,
        max(lineage.last_on) as last_on
    from lineage
    group by lineage.source, lineage.fiscal_year, lineage.file_id
),

listed as (
    select
        lineage.school_id,
        lineage.source,
        lineage.fiscal_year,
        -- how far a list may be believed at all: its files, in a year that is over the whole of it; today only where the board says so
        case
            when lineage.fiscal_year < clock.fiscal_year then make_date(cast(lineage.fiscal_year as integer) + 1, 3, 31)
            when recording_rule.silent_today then least(max(coalesce(spoken.last_on, lineage.last_on)), clock.day)
            else least(max(coalesce(spoken.last_on, lineage.last_on)), cast(clock.day - interval '1' day as date))
        end as believed_to,
        recording_rule.silent_days,
        recording_rule.known_days
    from lineage
    inner join lake.recording_rule as recording_rule on recording_rule.source = lineage.source
    cross join clock
    left join spoken
        on
            spoken.source = lineage.source
            and spoken.fiscal_year = lineage.fiscal_year
            and spoken.file_id = lineage.file_id
    where lineage.last_on is not null
    group by
        lineage.school_id,
        lineage.source,
        lineage.fiscal_year,
        clock.fiscal_year,
        clock.day,
        recording_rule.silent_today,
        recording_rule.silent_days,
        recording_rule.known_days
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
        row_number() over (partition by listed.school_id, listed.source order by held.day) as place
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
        noted.place - lag(noted.place) over (partition by noted.school_id, noted.source order by noted.day) - 1 as silent_before
    from noted
    where noted.rows > 0
),

-- what the first days a school is known tell: from how many rows on a day is surely its register, and not one child's leave said ahead
at_first as (
    select
        gap.school_id,
        gap.source,
        min(gap.rows) as fewest_rows
    from gap
    inner join listed
        on listed.school_id = gap.school_id and listed.source = gap.source and listed.fiscal_year = gap.fiscal_year
    where gap.place <= listed.known_days
    group by gap.school_id, gap.source
),

sure as (
    select
        gap.school_id,
        gap.source,
        max(gap.place) as place
    from gap
    left join at_first on at_first.school_id = gap.school_id and at_first.source = gap.source
    where gap.rows >= coalesce(at_first.fewest_rows, 1)
    group by gap.school_id, gap.source
),

-- what is usual is what was until then: days after it may be plans, and the mere passing of days must not change what was said
usual as (
    select
        gap.school_id,
        gap.source,
        min(gap.rows) as fewest_rows,
        coalesce(max(gap.silent_before), 0) as silent_days,
        max(gap.place) as known_days
    from gap
    inner join sure on sure.school_id = gap.school_id and sure.source = gap.source
    where gap.place <= sure.place
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
)

select
    believed.school_id,
    believed.source,
    believed.fiscal_year,
    late_start.school_id is not null as is_begun_late,
    believed.rows_to,
    believed.silence_to,
    believed.is_each_child,
    believed.silent_days,
    believed.usual_silent_days
from believed
left join late_start
    on
        late_start.school_id = believed.school_id
        and late_start.source = believed.source
        and late_start.fiscal_year = believed.fiscal_year
