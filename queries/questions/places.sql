-- places: the schools and classes this viewer can open.
-- grain: one row per class in reach, and one per school that is seen as a whole (class columns null).
select
    school.school_id,
    school.key as school_key,
    school.name as school_name,
    school.kind as school_kind,
    school.list_order,
    class.class_id,
    class.key as class_key,
    class.name as class_name,
    class.grade,
    class.is_special_needs
from school
left join class on school.school_id = class.school_id
order by school.list_order, class.is_special_needs, class.grade, class.name
