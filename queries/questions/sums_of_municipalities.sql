-- sums_of_municipalities: what the municipalities have sent of a 年度 to date, added up, beside the 年度 before.
-- grain: one row per indicator. The last 年度 is of the same municipalities, and null unless each of them had sent it then.
with sent as (
    select
        municipality_figure.indicator,
        municipality_figure.municipality_code,
        count(*) filter (where municipality_figure.fiscal_year = $fiscal_year) as times_this,
        count(*) filter (where municipality_figure.fiscal_year = $fiscal_year - 1) as times_last,
        sum(municipality_figure.numerator) filter (where municipality_figure.fiscal_year = $fiscal_year) as this_numerator,
        sum(municipality_figure.denominator) filter (where municipality_figure.fiscal_year = $fiscal_year) as this_denominator,
        sum(municipality_figure.people) filter (where municipality_figure.fiscal_year = $fiscal_year) as this_people,
        sum(municipality_figure.numerator) filter (where municipality_figure.fiscal_year = $fiscal_year - 1) as last_numerator,
        sum(municipality_figure.denominator) filter (where municipality_figure.fiscal_year = $fiscal_year - 1) as last_denominator,
        sum(municipality_figure.people) filter (where municipality_figure.fiscal_year = $fiscal_year - 1) as last_people
    from municipality_figure
    where municipality_figure.period = 'to_date'
        and municipality_figure.school_kind is null
        and municipality_figure.grade is null
    group by municipality_figure.indicator, municipality_figure.municipality_code
)

select
    sent.indicator,
    cast(count(*) as integer) as municipalities,
    sum(sent.this_numerator) as this_numerator,
    sum(sent.this_denominator) as this_denominator,
    cast(sum(sent.this_people) as integer) as this_people,
    case when min(sent.times_last) > 0 then sum(sent.last_numerator) end as last_numerator,
    case when min(sent.times_last) > 0 then sum(sent.last_denominator) end as last_denominator,
    case when min(sent.times_last) > 0 then cast(sum(sent.last_people) as integer) end as last_people
from sent
where sent.times_this > 0
group by sent.indicator
order by sent.indicator
