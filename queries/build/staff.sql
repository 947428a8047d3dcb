-- staff: the people who work in the schools and at the board.
-- grain: one row per person.
-- key: staff_id
-- order: staff_id
select
    staff.staff_id,
    staff.key,
    staff.staff_number,
    staff.family_name,
    staff.given_name
from lake.staff as staff
