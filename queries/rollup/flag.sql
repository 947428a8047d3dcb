-- flag: the days on which a signal's rule held, taken together: one flag until it has rested for $quiet_days 授業日.
-- grain: one row per child, signal and first day on which the rule held.
-- key: school_id, student_id, signal, begins_on
-- order: school_id, student_id, begins_on, signal
-- What it says (found, usual, out_of, missing, elsewhere, since) is as it stood on the last of these days.
with held as (
    select
        signal_row.school_id,
        signal_row.class_id,
        signal_row.student_id,
        signal_row.fiscal_year,
        signal_row.day,
        signal_row.ordinal,
        signal_row.since,
        signal_row.found,
        signal_row.usual,
        signal_row.out_of,
        signal_row.missing,
        signal_row.elsewhere,
        signal_row.ordinal - lag(signal_row.ordinal) over (
            partition by signal_row.school_id, signal_row.student_id order by signal_row.day
        ) as after_days
    from signal_row
    where signal_row.holds
),

counted as (
    select
        held.school_id,
        held.class_id,
        held.student_id,
        held.fiscal_year,
        held.day,
        held.ordinal,
        held.since,
        held.found,
        held.usual,
        held.out_of,
        held.missing,
        held.elsewhere,
        sum(case when held.after_days <= $quiet_days then 0 else 1 end) over (
            partition by held.school_id, held.student_id
            order by held.day
            rows between unbounded preceding and current row
        ) as nth
    from held
),

spanned as (
    select
        counted.school_id,
        counted.class_id,
        counted.student_id,
        counted.fiscal_year,
        counted.day,
        counted.ordinal,
        counted.since,
        counted.found,
        counted.usual,
        counted.out_of,
        counted.missing,
        counted.elsewhere,
        min(counted.day) over (partition by counted.school_id, counted.student_id, counted.nth) as begins_on,
        max(counted.day) over (partition by counted.school_id, counted.student_id, counted.nth) as last_on
    from counted
)

select
    spanned.school_id,
    spanned.class_id,
    spanned.student_id,
    $signal as signal,
    spanned.fiscal_year,
    spanned.begins_on,
    spanned.last_on,
    spanned.since,
    spanned.found,
    spanned.usual,
    spanned.out_of,
    spanned.missing,
    spanned.elsewhere
from spanned
where spanned.day = spanned.last_on
