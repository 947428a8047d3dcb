-- indicator_part: what every cell of one indicator is summed from, out of the rows counted with it; nothing where nothing was counted.
-- grain: that of part.
select
    $indicator as indicator,
    family_part.school_id,
    family_part.grade,
    family_part.class_id,
    family_part.person_id,
    family_part.fiscal_year,
    family_part.period,
    family_part.period_on,
    family_part.numerator,
    family_part.denominator,
    family_part.people,
    family_part.cases
from family_part
where family_part.numerator <> 0 or family_part.denominator <> 0
