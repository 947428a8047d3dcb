-- withheld_before: what the file served so far suppresses.
-- grain: one row per indicator, 年度 and place.
select
    withheld.indicator,
    withheld.fiscal_year,
    withheld.place,
    withheld.school_id,
    withheld.grade,
    withheld.class_id,
    withheld.school_kind
from served.withheld as withheld
