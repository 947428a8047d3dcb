-- absence_elsewhere: what other schools of the district counted of a child this 年度 before the child came (back) to a school.
-- grain: one row per child and stretch of this 年度 in a class, where days of school elsewhere lie before it.
-- key: student_id, begins_on
-- order: school_id, student_id, begins_on
-- Long absence is one child's year, but schools are looked at one by one: this is what is added where the child is now. unknown_days are
-- days there for which the register has not come. is_shared: the board lets the receiving school know (earlier_schools_from in
-- sharing.toml), as it stood when this was built.
with stretch as (
    select
        enrollment.school_id,
        enrollment.student_id,
        enrollment.fiscal_year,
        enrollment.begins_on,
        enrollment.ends_on
    from enrollment
    inner join as_of on as_of.fiscal_year = enrollment.fiscal_year
),

mover as (
    select stretch.student_id
    from stretch
    group by stretch.student_id
    having min(stretch.school_id) <> max(stretch.school_id)
),

lived as (
    select
        student_day.school_id,
        student_day.student_id,
        student_day.day,
        student_day.is_absent
    from student_day
    inner join as_of on as_of.fiscal_year = student_day.fiscal_year
    where student_day.student_id in (select mover.student_id from mover)
)

select
    stretch.school_id,
    stretch.student_id,
    stretch.fiscal_year,
    stretch.begins_on,
    stretch.ends_on,
    cast(count(*) as integer) as school_days,
    cast(count(*) filter (where lived.is_absent) as integer) as absent_days,
    cast(count(*) filter (where lived.is_absent is null) as integer) as unknown_days,
    cast(getvariable('earlier_schools') as boolean) as is_shared
from stretch
inner join lived
    on
        lived.student_id = stretch.student_id
        and lived.school_id <> stretch.school_id
        and lived.day < stretch.begins_on
group by stretch.school_id, stretch.student_id, stretch.fiscal_year, stretch.begins_on, stretch.ends_on
