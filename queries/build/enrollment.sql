-- enrollment: which class a child belonged to, from which day to which day.
-- grain: one row per child and stretch of days; stretches of one child never overlap.
-- key: student_id, begins_on
-- order: school_id, fiscal_year, class_id, number, student_id
-- A child may stand in two classes at once on paper (交流, a late 転出). One child is in one place a day: the class that began later,
-- a 特別支援学級 before another, holds the days both claim; the other keeps the rest.
with edge as (
    select
        enrollment.student_id,
        enrollment.begins_on as day
    from lake.enrollment as enrollment
    union
    select
        enrollment.student_id,
        cast(enrollment.ends_on + interval '1' day as date) as day
    from lake.enrollment as enrollment
),

stretch as (
    select
        edge.student_id,
        edge.day as begins_on,
        cast(lead(edge.day) over (partition by edge.student_id order by edge.day) - interval '1' day as date) as ends_on
    from edge
),

claim as (
    select
        stretch.student_id,
        enrollment.class_id,
        enrollment.school_id,
        enrollment.fiscal_year,
        enrollment.grade,
        enrollment.number,
        stretch.begins_on,
        stretch.ends_on,
        row_number() over (
            partition by stretch.student_id, stretch.begins_on
            order by
                enrollment.begins_on desc,
                case when class.is_special_needs then 0 else 1 end,
                enrollment.class_id
        ) as turn
    from stretch
    inner join lake.enrollment as enrollment
        on
            enrollment.student_id = stretch.student_id
            and enrollment.begins_on <= stretch.begins_on
            and enrollment.ends_on >= stretch.ends_on
    left join lake.class as class
        on class.class_id = enrollment.class_id
    where stretch.ends_on is not null
)

select
    claim.student_id,
    claim.class_id,
    claim.school_id,
    claim.fiscal_year,
    claim.grade,
    claim.number,
    claim.begins_on,
    claim.ends_on
from claim
where claim.turn = 1
