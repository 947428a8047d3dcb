-- clock: the day it is for the schools of this district while the file is built, and the 年度 that day lies in.
-- grain: exactly one row.
-- key: day
-- Nothing but the calendar says it: no file of any school, and no row that speaks of a day to come.
select
    today.day,
    cast(
        extract(year from today.day) - case when extract(month from today.day) < 4 then 1 else 0 end as smallint
    ) as fiscal_year
from (select cast(getvariable('today') as date) as day) as today
