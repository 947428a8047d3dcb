-- nearly_all: places where a count is not told because the one it is part of is not, or is larger by fewer than $least.
-- grain: one row per place of the 年度.
select distinct
    part.place,
    part.school_id,
    part.grade,
    part.class_id,
    part.school_kind
from cell as part
inner join cell as whole
    on
        whole.indicator = $whole
        and whole.fiscal_year = part.fiscal_year
        and whole.place = part.place
        and whole.school_id is not distinct from part.school_id
        and whole.grade is not distinct from part.grade
        and whole.class_id is not distinct from part.class_id
        and whole.school_kind is not distinct from part.school_kind
        and whole.period = part.period
        and whole.period_on = part.period_on
where part.indicator = $part
    and part.fiscal_year = $year
    and (
        whole.cases - part.cases < $least
        or whole.is_small
        or exists (
            select 1
            from withheld
            where withheld.indicator = $whole
                and withheld.fiscal_year = part.fiscal_year
                and withheld.place = part.place
                and withheld.school_id is not distinct from part.school_id
                and withheld.grade is not distinct from part.grade
                and withheld.school_kind is not distinct from part.school_kind
        )
    )
