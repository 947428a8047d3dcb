-- absence_days: the days absent this 年度 reach $first, $second or $third; 30 days is where national surveys begin to count.
-- grain: one row per child and day absent; holds on the days on which a step is reached.
-- Days ordered home and days of mourning are no absence; missing counts 授業日 whose register has not come. Of a child who came from
-- another school of the district in the course of the 年度, the days there count too; elsewhere says how many of found they are. Where
-- the board does not let the receiving school know them, elsewhere is null, and the days at this school alone are counted.
with known as (
    select
        student_day.school_id,
        student_day.class_id,
        student_day.student_id,
        student_day.fiscal_year,
        student_day.day,
        student_day.ordinal,
        student_day.is_absent,
        count(*) filter (where student_day.is_absent) over (
            partition by student_day.school_id, student_day.student_id
            order by student_day.day rows between unbounded preceding and current row
        ) as days_away,
        count(*) filter (where student_day.is_absent is null) over (
            partition by student_day.school_id, student_day.student_id
            order by student_day.day rows between unbounded preceding and current row
        ) as missing,
        count(*) over (
            partition by student_day.school_id, student_day.student_id
            order by student_day.day rows between unbounded preceding and current row
        ) as days_held,
        min(student_day.day) over (partition by student_day.school_id, student_day.student_id) as since
    from student_day
),

whole as (
    select
        known.school_id,
        known.class_id,
        known.student_id,
        known.fiscal_year,
        known.day,
        known.ordinal,
        known.since,
        known.days_away + case when absence_elsewhere.is_shared then absence_elsewhere.absent_days else 0 end as days_away,
        known.days_held + case when absence_elsewhere.is_shared then absence_elsewhere.school_days else 0 end as days_held,
        known.missing + case when absence_elsewhere.is_shared then absence_elsewhere.unknown_days else 0 end as missing,
        case
            when absence_elsewhere.student_id is null then 0
            when absence_elsewhere.is_shared then absence_elsewhere.absent_days
        end as elsewhere
    from known
    left join absence_elsewhere
        on
            absence_elsewhere.school_id = known.school_id
            and absence_elsewhere.student_id = known.student_id
            and known.day between absence_elsewhere.begins_on and absence_elsewhere.ends_on
    where known.is_absent
)

select
    whole.school_id,
    whole.class_id,
    whole.student_id,
    whole.fiscal_year,
    whole.day,
    whole.ordinal,
    whole.days_away in ($first, $second, $third) as holds,
    true as is_evidence,
    whole.since,
    cast(whole.days_away as double) as found,
    cast(null as double) as usual,
    cast(whole.days_held as double) as out_of,
    cast(whole.missing as integer) as missing,
    cast(whole.elsewhere as integer) as elsewhere
from whole
