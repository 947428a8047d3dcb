-- mixed_classes: the classes of several grades of a 年度, and of which grades their children are.
-- grain: one row per class.
select
    class.class_id,
    class.school_id,
    list(distinct enrollment.grade) as grades
from class
inner join enrollment on class.class_id = enrollment.class_id
where class.grade is null and class.fiscal_year = $year
group by class.class_id, class.school_id
