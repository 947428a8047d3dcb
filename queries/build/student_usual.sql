-- student_usual: a child's own usual, as it stood in each month of this 年度.
-- grain: one row per child, school, month of this 年度 and measure, where earlier months say anything.
-- key: student_id, school_id, month, measure
-- order: school_id, student_id, month, measure
-- chunk: school
-- measure: low_mood (rain or thunder of all answers), health_room (visits per day at school), drill (share of days at school with a
-- drill), accuracy (right answers of all answers; within one 年度, for drills of two grades are not the same).
-- usual is the middle (median) of up to ten months before last month, at the same school; this month and the last are what is looked at.
-- spread is 1.4826 × the median distance from it; where more than half of the months are equal, 1.2533 × the mean distance
-- (Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers). A month with fewer than five days or answers says nothing;
-- accuracy asks for twenty answers.
with measured as (
    select
        student_month.school_id,
        student_month.student_id,
        student_month.fiscal_year,
        student_month.month_number,
        'low_mood' as measure,
        cast(student_month.low_answers as double) / student_month.mood_answers as share
    from student_month
    where student_month.mood_answers >= 5
    union all
    select
        student_month.school_id,
        student_month.student_id,
        student_month.fiscal_year,
        student_month.month_number,
        'health_room' as measure,
        cast(student_month.health_room_visits as double) / student_month.health_room_days as share
    from student_month
    where student_month.health_room_days >= 5
    union all
    select
        student_month.school_id,
        student_month.student_id,
        student_month.fiscal_year,
        student_month.month_number,
        'drill' as measure,
        cast(student_month.drill_days as double) / student_month.study_days as share
    from student_month
    where student_month.study_days >= 5
    union all
    select
        student_month.school_id,
        student_month.student_id,
        student_month.fiscal_year,
        student_month.month_number,
        'accuracy' as measure,
        cast(student_month.study_correct as double) / student_month.study_answers as share
    from student_month
    where student_month.study_answers >= 20
),

earlier as (
    select
        student_month.school_id,
        student_month.student_id,
        student_month.fiscal_year,
        student_month.month,
        measured.measure,
        measured.share
    from student_month
    inner join as_of
        on as_of.fiscal_year = student_month.fiscal_year
    inner join measured
        on
            measured.school_id = student_month.school_id
            and measured.student_id = student_month.student_id
            and measured.month_number between student_month.month_number - 11 and student_month.month_number - 2
            and (measured.measure <> 'accuracy' or measured.fiscal_year = student_month.fiscal_year)
),

middle as (
    select
        earlier.school_id,
        earlier.student_id,
        earlier.fiscal_year,
        earlier.month,
        earlier.measure,
        median(earlier.share) as usual,
        cast(count(*) as smallint) as months
    from earlier
    group by earlier.school_id, earlier.student_id, earlier.fiscal_year, earlier.month, earlier.measure
),

distance as (
    select
        earlier.school_id,
        earlier.student_id,
        earlier.month,
        earlier.measure,
        median(abs(earlier.share - middle.usual)) as middle_distance,
        avg(abs(earlier.share - middle.usual)) as mean_distance
    from earlier
    inner join middle
        on
            middle.school_id = earlier.school_id
            and middle.student_id = earlier.student_id
            and middle.month = earlier.month
            and middle.measure = earlier.measure
    group by earlier.school_id, earlier.student_id, earlier.month, earlier.measure
)

select
    middle.school_id,
    middle.student_id,
    middle.fiscal_year,
    middle.month,
    middle.measure,
    middle.usual,
    case
        when distance.middle_distance > 0 then 1.4826 * distance.middle_distance
        else 1.2533 * distance.mean_distance
    end as spread,
    middle.months
from middle
inner join distance
    on
        distance.school_id = middle.school_id
        and distance.student_id = middle.student_id
        and distance.month = middle.month
        and distance.measure = middle.measure
