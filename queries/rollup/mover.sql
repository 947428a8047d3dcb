-- mover: people counted in more than one class (or school) of a 年度; everybody else may be counted class by class.
-- grain: one row per such person and 年度.
select
    place.person_id,
    place.fiscal_year
from (
    select distinct
        indicator_row.person_id,
        indicator_row.fiscal_year,
        indicator_row.school_id,
        indicator_row.grade,
        indicator_row.class_id
    from indicator_row
) as place
group by place.person_id, place.fiscal_year
having count(*) > 1
