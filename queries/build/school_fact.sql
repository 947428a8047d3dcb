-- school_fact: sizes of a school on 1 May, and its rate of 就学援助.
-- grain: one row per school and 年度.
-- key: school_id, fiscal_year
-- order: school_id, fiscal_year
select
    school_fact.school_id,
    school_fact.fiscal_year,
    school_fact.students,
    school_fact.classes,
    school_fact.special_needs_classes,
    school_fact.special_needs_students,
    school_fact.staff,
    school_fact.school_aid_rate,
    school_fact.file_id,
    school_fact.file_row
from lake.school_fact as school_fact
