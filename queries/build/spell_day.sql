-- spell_day: days in a row on which a child was absent, or answered rain or thunder, and the day that ended them; of this 年度.
-- grain: one row per child, school, kind of spell and day.
-- key: student_id, school_id, kind, day
-- order: school_id, student_id, kind, day
-- chunk: school
-- kind is absence (out of the days a child had to attend) or low_mood (out of the days with an answer): a day that is neither does not
-- count, and does not end a spell. days is how many there have been up to that day; on the day that ended them (is_over), how many
-- there were.
with said as (
    select
        student_day.school_id,
        student_day.class_id,
        student_day.student_id,
        student_day.fiscal_year,
        'absence' as kind,
        student_day.day,
        student_day.ordinal,
        student_day.is_absent as is_in_spell
    from student_day
    cross join as_of
    where student_day.is_required and student_day.fiscal_year = as_of.fiscal_year
    union all
    select
        student_day.school_id,
        student_day.class_id,
        student_day.student_id,
        student_day.fiscal_year,
        'low_mood' as kind,
        student_day.day,
        student_day.ordinal,
        student_day.mood_level >= 3 as is_in_spell
    from student_day
    cross join as_of
    where student_day.mood_level is not null and student_day.fiscal_year = as_of.fiscal_year
),

parted as (
    select
        said.school_id,
        said.class_id,
        said.student_id,
        said.fiscal_year,
        said.kind,
        said.day,
        said.ordinal,
        said.is_in_spell,
        count(*) filter (where not said.is_in_spell) over (
            partition by said.school_id, said.student_id, said.kind
            order by said.day
            rows between unbounded preceding and 1 preceding
        ) as ended_before
    from said
),

counted as (
    select
        parted.school_id,
        parted.class_id,
        parted.student_id,
        parted.fiscal_year,
        parted.kind,
        parted.day,
        parted.ordinal,
        parted.is_in_spell,
        count(*) filter (where parted.is_in_spell) over up_to_now as days,
        min(parted.day) over up_to_now as since,
        min(parted.ordinal) over up_to_now as first_ordinal
    from parted
    window up_to_now as (
        partition by parted.school_id, parted.student_id, parted.kind, parted.ended_before
        order by parted.day
        rows between unbounded preceding and current row
    )
)

select
    counted.school_id,
    counted.class_id,
    counted.student_id,
    counted.fiscal_year,
    counted.kind,
    counted.day,
    counted.ordinal,
    cast(counted.days as integer) as days,
    counted.since,
    counted.first_ordinal,
    not counted.is_in_spell as is_over
from counted
where counted.days > 0
