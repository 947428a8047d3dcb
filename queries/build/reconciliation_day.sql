-- reconciliation_day: the days that could explain why a figure counted here is not the one the school's system gives.
-- grain: one row per class, month, measure, day and way to explain it.
-- key: class_id, measure, day, why
-- order: school_id, fiscal_year, class_id, month, measure, day
-- why: closure (臨時休業), closed (no 授業日, but an event is written for it), class_away (all of the class 出席停止), weekend (授業日 on a
-- Saturday or Sunday), corrected (the register changed after the totals), counted (counted here), other_kind (counted here as the
-- other kind of absence), moved (a child came into the class or left it that day).
with different as (
    select
        reconciliation.school_id,
        reconciliation.class_id,
        reconciliation.fiscal_year,
        reconciliation.month,
        reconciliation.measure,
        reconciliation.told - reconciliation.counted as more
    from reconciliation
    where reconciliation.told <> reconciliation.counted
),

seated as (
    select distinct
        enrollment.school_id,
        enrollment.class_id,
        enrollment.grade
    from enrollment
),

change as (
    select
        enrollment.class_id,
        enrollment.begins_on as day
    from enrollment
    where extract(month from enrollment.begins_on) <> 4 or extract(day from enrollment.begins_on) > 10
    union
    select
        enrollment.class_id,
        enrollment.ends_on as day
    from enrollment
    where extract(month from enrollment.ends_on) <> 3
),

explained as (
    select
        different.class_id,
        different.measure,
        calendar_day.day,
        case when calendar_day.kind = 'closure' then 'closure' else 'closed' end as why,
        calendar_day.event,
        cast(null as integer) as children
    from different
    inner join seated on seated.class_id = different.class_id
    inner join calendar_day
        on
            calendar_day.school_id = seated.school_id
            and calendar_day.grade = seated.grade
            and cast(date_trunc('month', calendar_day.day) as date) = different.month
    where different.measure = 'school_days'
        and different.more > 0
        and calendar_day.kind <> 'school_day'
        and (calendar_day.kind = 'closure' or coalesce(calendar_day.event, '') <> '')
    union
    select
        different.class_id,
        different.measure,
        reconciled_day.day,
        case
            when reconciled_day.is_class_away then 'class_away'
            else 'weekend'
        end as why,
        cast(null as varchar) as event,
        cast(null as integer) as children
    from different
    inner join reconciled_day on reconciled_day.class_id = different.class_id and reconciled_day.month = different.month
    where different.measure = 'school_days'
        and different.more < 0
        and (
            reconciled_day.is_class_away
            or cast(cast(date_trunc('week', reconciled_day.day) as date) + interval '5' day as date) <= reconciled_day.day
        )
    union
    select
        different.class_id,
        different.measure,
        reconciled_day.day,
        case when reconciled_day.is_corrected then 'corrected' else 'counted' end as why,
        cast(null as varchar) as event,
        case when different.measure = 'absent_days' then reconciled_day.absent else reconciled_day.suspended end as children
    from different
    inner join reconciled_day on reconciled_day.class_id = different.class_id and reconciled_day.month = different.month
    where different.measure <> 'school_days'
        and (different.more < 0 or reconciled_day.is_corrected)
        and (
            reconciled_day.is_corrected
            or (different.measure = 'absent_days' and reconciled_day.absent > 0)
            or (different.measure = 'suspended_days' and reconciled_day.suspended > 0)
        )
    union
    select
        different.class_id,
        different.measure,
        reconciled_day.day,
        'other_kind' as why,
        cast(null as varchar) as event,
        case when different.measure = 'absent_days' then reconciled_day.suspended else reconciled_day.absent end as children
    from different
    inner join different as other
        on
            other.class_id = different.class_id
            and other.month = different.month
            and other.measure <> different.measure
            and other.measure <> 'school_days'
            and other.more < 0
    inner join reconciled_day on reconciled_day.class_id = different.class_id and reconciled_day.month = different.month
    where different.measure <> 'school_days'
        and different.more > 0
        and (
            (different.measure = 'absent_days' and reconciled_day.suspended > 0)
            or (different.measure = 'suspended_days' and reconciled_day.absent > 0)
        )
    union
    select
        different.class_id,
        different.measure,
        change.day,
        'moved' as why,
        cast(null as varchar) as event,
        cast(null as integer) as children
    from different
    inner join change
        on change.class_id = different.class_id and cast(date_trunc('month', change.day) as date) = different.month
    where different.measure <> 'school_days'
)

select
    different.school_id,
    explained.class_id,
    different.fiscal_year,
    different.month,
    explained.measure,
    explained.day,
    explained.why,
    max(explained.event) as event,
    max(explained.children) as children
from explained
inner join different
    on
        different.class_id = explained.class_id
        and different.measure = explained.measure
        and different.month = cast(date_trunc('month', explained.day) as date)
group by
    different.school_id,
    explained.class_id,
    different.fiscal_year,
    different.month,
    explained.measure,
    explained.day,
    explained.why
