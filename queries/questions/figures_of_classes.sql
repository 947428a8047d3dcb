-- figures_of_classes: one indicator for each class of a school in reach, so far this 年度.
-- grain: one row per class.
select
    class.class_id,
    class.key as class_key,
    class.name as class_name,
    class.grade,
    class.is_special_needs,
    cell.numerator,
    cell.denominator,
    cell.people,
    cell.is_hidden,
    cell.is_incomplete
from class
left join cell
    on class.class_id = cell.class_id
    and cell.place = 'class'
    and cell.school_id = $school_id
    and cell.indicator = $indicator
    and cell.period = 'to_date'
    and cell.fiscal_year = class.fiscal_year
where class.school_id = $school_id
order by class.is_special_needs, class.grade, class.name
