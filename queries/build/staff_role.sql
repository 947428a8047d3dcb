-- staff_role: which office a person holds, where, and from when to when.
-- grain: one row per person, office, place (school and grade) and first day.
-- key: staff_id, role, school_id?, grade?, fiscal_year, begins_on?
-- order: school_id, staff_id, fiscal_year
-- school_id is empty for people of the board.
select distinct
    staff_role.staff_id,
    staff_role.school_id,
    staff_role.fiscal_year,
    staff_role.role,
    staff_role.grade,
    staff_role.begins_on,
    staff_role.ends_on
from lake.staff_role as staff_role
