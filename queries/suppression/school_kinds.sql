-- school_kinds: of which kind each school is.
-- grain: one row per school.
select
    school.school_id,
    school.kind
from school
