-- teaching: who is the homeroom teacher of a class, who teaches a subject there, and from when to when.
-- grain: one row per person, class, kind of teaching and first day.
-- key: staff_id, class_id, is_homeroom, begins_on?
-- order: class_id, staff_id
select distinct
    teaching.staff_id,
    teaching.class_id,
    class.school_id,
    teaching.fiscal_year,
    teaching.is_homeroom,
    teaching.begins_on,
    teaching.ends_on
from lake.teaching as teaching
inner join class
    on class.class_id = teaching.class_id
