-- incomplete_places: of which schools, or classes in reach, a month's records of a source are incomplete, and for which reason mostly.
-- grain: one row per school, class (none: the whole school), source and month. A null school asks for all in reach.
select
    school.school_id,
    school.name as school_name,
    school.list_order,
    incomplete_place.class_id,
    incomplete_place.source,
    incomplete_place.fiscal_year,
    incomplete_place.month,
    incomplete_place.first_on,
    incomplete_place.last_on,
    incomplete_place.code,
    incomplete_place.is_nothing_loaded,
    incomplete_place.rows_missing,
    incomplete_place.rows_told
from incomplete_place
inner join school on incomplete_place.school_id = school.school_id
where cast($school_id as integer) is null or school.school_id = cast($school_id as integer)
order by school.list_order, incomplete_place.source, incomplete_place.month, incomplete_place.class_id
