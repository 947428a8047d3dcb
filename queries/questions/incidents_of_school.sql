-- incidents_of_school: how many cases a school has counted, by kind, each 年度 also up to the month the one asked for has come to.
-- grain: one row per kind and 年度.
with counted as (
    select
        incident.fiscal_year,
        incident.month,
        incident.kind,
        incident.incidents,
        max(incident.month) filter (where incident.fiscal_year = $fiscal_year) over () as until_month
    from incident
    where incident.school_id = $school_id
)

select
    counted.kind,
    counted.fiscal_year,
    counted.until_month,
    cast(coalesce(sum(counted.incidents), 0) as integer) as incidents,
    cast(coalesce(sum(counted.incidents) filter (
        where (extract(month from counted.month) + 8) % 12 <= (extract(month from counted.until_month) + 8) % 12
    ), 0) as integer) as incidents_to_date
from counted
group by counted.kind, counted.fiscal_year, counted.until_month
order by counted.kind, counted.fiscal_year
