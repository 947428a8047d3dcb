-- indicator_part: what every cell of one indicator is summed from, out of the rows counted with it; nothing where nothing was counted.
-- grain: that of part.
select
    $indicator as indicator,
    scan_part.school_id,
    scan_part.grade,
    scan_part.class_id,
    scan_part.person_id,
    scan_part.fiscal_year,
    scan_part.period,
    scan_part.period_on,
    scan_part.numerator,
    scan_part.denominator,
    scan_part.people,
    scan_part.cases
from scan_part
where scan_part.numerator <> 0 or scan_part.denominator <> 0
