-- school_days_held: how many 授業日 the calendar has up to today; before the first of a board's first 年度, none.
-- grain: exactly one row.
select count(*) as days
from calendar_day
cross join clock
where calendar_day.kind = 'school_day' and calendar_day.day <= clock.day
