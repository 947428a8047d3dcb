-- class: the classes (学級) of every school and 年度.
-- grain: one row per class; a class lives one 年度.
-- key: class_id
-- order: school_id, fiscal_year, list_order
-- A mixed 特別支援学級 has no grade of its own: its children carry theirs. 10組 must come after 2組, hence length before name.
select
    class.class_id,
    class.key,
    class.school_id,
    class.fiscal_year,
    class.grade,
    class.name,
    class.is_special_needs,
    cast(
        row_number() over (
            partition by class.school_id, class.fiscal_year
            order by coalesce(class.grade, 99), length(class.name), class.name, class.class_id
        ) as smallint
    ) as list_order
from lake.class as class
