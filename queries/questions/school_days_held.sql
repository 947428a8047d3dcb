-- school_days_held: how many 授業日 each grade of a school has had so far this 年度, and how many the years before had in full.
-- grain: one row per grade and 年度.
select
    school_day.grade,
    school_day.fiscal_year,
    cast(count(*) as integer) as school_days,
    cast(count(*) filter (where school_day.is_to_date) as integer) as school_days_to_date
from school_day
where school_day.school_id = $school_id
group by school_day.grade, school_day.fiscal_year
order by school_day.grade, school_day.fiscal_year
