-- reconciled_schools: how many figures of classes were compared with the school's own totals, month by month, this 年度.
-- grain: one row per school and month; a school that gave no totals has one row without a month.
select
    school.school_id,
    school.name as school_name,
    school.list_order,
    compared.month,
    coalesce(compared.figures, 0) as figures,
    coalesce(compared.differences, 0) as differences
from school
left join (
    select
        reconciliation.school_id,
        reconciliation.month,
        cast(count(*) as integer) as figures,
        cast(count(*) filter (where reconciliation.is_different) as integer) as differences
    from reconciliation
    inner join as_of on reconciliation.fiscal_year = as_of.fiscal_year
    group by reconciliation.school_id, reconciliation.month
) as compared on school.school_id = compared.school_id
order by school.list_order, compared.month
