-- reconciliation_days: the days that could explain the differences of this 年度.
-- grain: one row per class, measure, day and way to explain; days of children's absences only for the head of the school.
select
    reconciliation_day.class_id,
    reconciliation_day.month,
    reconciliation_day.measure,
    reconciliation_day.day,
    reconciliation_day.why,
    reconciliation_day.event,
    reconciliation_day.children
from reconciliation_day
inner join as_of on reconciliation_day.fiscal_year = as_of.fiscal_year
order by reconciliation_day.class_id, reconciliation_day.measure, reconciliation_day.why, reconciliation_day.day
