-- school: the schools of the district, in the order the board lists them.
-- grain: one row per school.
-- key: school_id
-- order: list_order, school_id
select
    school.school_id,
    school.school_code,
    school.key,
    school.name,
    school.kind,
    school.list_order
from lake.school as school
