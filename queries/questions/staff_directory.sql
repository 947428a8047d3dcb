-- staff_directory: who works where today, for giving accounts; staff only, never a child.
-- grain: one row per person, role and school; a person without a role today has one row, a role of the board no school.
select
    staff_directory.staff_number,
    staff_directory.staff_family_name,
    staff_directory.staff_given_name,
    staff_directory.role,
    school.name as school_name,
    coalesce(school.list_order, 0) as list_order
from staff_directory
left join school on staff_directory.school_id = school.school_id
order by list_order, staff_directory.role, staff_directory.staff_number
