-- facts_of_schools: sizes of the schools in reach on 1 May, by which similar ones are found.
-- grain: one row per school and 年度. In the order of the list.
select
    school.school_id,
    school.key as school_key,
    school.name as school_name,
    school.kind as school_kind,
    school.list_order,
    school_fact.fiscal_year,
    school_fact.students,
    school_fact.classes,
    school_fact.special_needs_students,
    school_fact.school_aid_rate
from school
inner join school_fact
    on school.school_id = school_fact.school_id
order by school.list_order, school_fact.fiscal_year
