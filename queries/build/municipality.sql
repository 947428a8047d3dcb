-- municipality: the municipalities that release figures, in the order of their codes, and until which day each has counted.
-- grain: one row per municipality.
-- key: municipality_code
-- order: municipality_code
with latest as (
    select
        municipality_figure.municipality_code,
        max(municipality_figure.counted_until) as counted_until
    from lake.municipality_figure as municipality_figure
    group by municipality_figure.municipality_code
)

select
    latest.municipality_code,
    max(named.municipality_name) as name,
    latest.counted_until
from latest
inner join lake.municipality_figure as named
    on named.municipality_code = latest.municipality_code and named.counted_until = latest.counted_until
group by latest.municipality_code, latest.counted_until
