-- health_room_visits: more visits to the 保健室 in the last $within days at school than the child's own usual.
-- grain: one row per child and day with a visit.
-- It holds where the visits lie $times spreads and $rise visits above the usual, which at least $months months must tell.
-- Only days on which the child was at school and the 保健室 kept its record are among the last days; with fewer than $least
-- of them nothing is said.
with present as (
    select
        student_day.school_id,
        student_day.class_id,
        student_day.student_id,
        student_day.fiscal_year,
        student_day.day,
        student_day.ordinal,
        student_day.health_room_visits > 0 as is_visit,
        sum(student_day.health_room_visits) over lately as visits,
        count(*) over lately as days_seen,
        min(student_day.day) over lately as since,
        min(student_day.ordinal) over lately as first_ordinal
    from student_day
    where student_day.is_present and student_day.is_health_room_covered
    window lately as (
        partition by student_day.school_id, student_day.student_id
        order by student_day.day
        rows between $within_before preceding and current row
    )
)

select
    present.school_id,
    present.class_id,
    present.student_id,
    present.fiscal_year,
    present.day,
    present.ordinal,
    coalesce(
        present.days_seen >= $least
        and student_usual.months >= $months
        and round(
            present.visits - student_usual.usual * present.days_seen
            - greatest($times * student_usual.spread * present.days_seen, $rise), 9
        ) >= 0,
        false
    ) as holds,
    true as is_evidence,
    present.since,
    cast(present.visits as double) as found,
    student_usual.usual * present.days_seen as usual,
    cast(present.days_seen as double) as out_of,
    cast(present.ordinal - present.first_ordinal + 1 - present.days_seen as integer) as missing,
    0 as elsewhere
from present
left join student_usual
    on
        student_usual.school_id = present.school_id
        and student_usual.student_id = present.student_id
        and student_usual.month = cast(date_trunc('month', present.day) as date)
        and student_usual.measure = 'health_room'
where present.is_visit
