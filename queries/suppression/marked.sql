-- marked: every cell of a place that is suppressed bears the mark, whatever its period. A class is known by itself, not by its grade.
update cell set is_withheld = true
from withheld
where cell.indicator = withheld.indicator
    and cell.fiscal_year = withheld.fiscal_year
    and cell.place = withheld.place
    and cell.school_id is not distinct from withheld.school_id
    and cell.class_id is not distinct from withheld.class_id
    and cell.school_kind is not distinct from withheld.school_kind
    and (cell.place = 'class' or cell.grade is not distinct from withheld.grade)
