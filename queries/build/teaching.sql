-- teaching: who is the homeroom teacher of a class, who teaches a subject there, and from which day to which day.
-- grain: one row per person, class, kind of teaching and stretch of days.
-- key: staff_id, class_id, is_homeroom, begins_on, ends_on
-- order: class_id, staff_id
-- Teaching without days of its own lasts the 年度 of the class, and none lasts longer.
select distinct
    teaching.staff_id,
    teaching.class_id,
    class.school_id,
    teaching.fiscal_year,
    teaching.is_homeroom,
    greatest(
        coalesce(teaching.begins_on, make_date(cast(class.fiscal_year as integer), 4, 1)),
        make_date(cast(class.fiscal_year as integer), 4, 1)
    ) as begins_on,
    least(
        coalesce(teaching.ends_on, make_date(cast(class.fiscal_year as integer) + 1, 3, 31)),
        make_date(cast(class.fiscal_year as integer) + 1, 3, 31)
    ) as ends_on
from lake.teaching as teaching
inner join class
    on class.class_id = teaching.class_id
