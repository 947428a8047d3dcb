-- reconciliation: a figure of a class and month as the school's own system gives it, beside the same figure counted here.
-- grain: one row per class, month and measure (school_days, absent_days, suspended_days) that the school gave.
-- key: class_id, month, measure
-- order: school_id, fiscal_year, class_id, month, measure
-- A month is compared when it is over: before, one of the two sides is only further on than the other.
with counted as (
    select
        reconciled_day.class_id,
        reconciled_day.month,
        cast(count(*) as integer) as school_days,
        cast(sum(reconciled_day.absent) as integer) as absent_days,
        cast(sum(reconciled_day.suspended) as integer) as suspended_days
    from reconciled_day
    group by reconciled_day.class_id, reconciled_day.month
),

measured as (
    select
        attendance_total.class_id,
        attendance_total.month,
        'school_days' as measure,
        attendance_total.school_days as told,
        counted.school_days as counted
    from attendance_total
    left join counted on counted.class_id = attendance_total.class_id and counted.month = attendance_total.month
    union all
    select
        attendance_total.class_id,
        attendance_total.month,
        'absent_days' as measure,
        attendance_total.absent_days as told,
        counted.absent_days as counted
    from attendance_total
    left join counted on counted.class_id = attendance_total.class_id and counted.month = attendance_total.month
    union all
    select
        attendance_total.class_id,
        attendance_total.month,
        'suspended_days' as measure,
        attendance_total.suspended_days as told,
        counted.suspended_days as counted
    from attendance_total
    left join counted on counted.class_id = attendance_total.class_id and counted.month = attendance_total.month
)

select
    class.school_id,
    measured.class_id,
    class.fiscal_year,
    measured.month,
    measured.measure,
    measured.told,
    coalesce(measured.counted, 0) as counted
from measured
inner join class on class.class_id = measured.class_id
cross join as_of
where measured.told is not null and measured.month < cast(date_trunc('month', as_of.day) as date)
