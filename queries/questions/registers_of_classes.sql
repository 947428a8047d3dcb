-- registers_of_classes: through which day the register of each class in reach is in, where its school's register tells of every child.
-- grain: one row per class of $fiscal_year; none at a school that sends a list of exceptions.
select
    class.class_id,
    class.name as class_name,
    class_recorded.recorded_through
from class
inner join class_recorded on class.class_id = class_recorded.class_id
where class.school_id = $school_id
    and class.fiscal_year = cast($fiscal_year as integer)
order by class.is_special_needs, class.grade, class.name
