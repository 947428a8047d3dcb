-- reconciliation_differences: where the school's own totals and the figures here differ, this 年度, the newest month first.
-- grain: one row per class, month and measure that differs; both figures only for the head of the school,
-- and by how much they differ, too, unless it is in 授業日.
select
    school.name as school_name,
    reconciliation.class_id,
    reconciliation.class_name,
    reconciliation.month,
    reconciliation.measure,
    reconciliation.told,
    reconciliation.counted,
    reconciliation.more
from reconciliation
inner join school on reconciliation.school_id = school.school_id
inner join as_of on reconciliation.fiscal_year = as_of.fiscal_year
where reconciliation.is_different
order by reconciliation.month desc, school.list_order, reconciliation.class_id, reconciliation.measure
