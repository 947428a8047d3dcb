-- figures_of_thirds: one indicator of the schools of each kind to date, in thirds by their rate of 就学援助, for whoever sees that rate.
-- grain: one row per school that has a rate and a figure, beside the sums of its third. In the order of the list.
-- third is 0 for the lowest rates and 2 for the highest; of two schools with one rate the lower number comes first.
-- A school whose records are incomplete adds to no third.
with rated as (
    select
        school.school_id,
        school.kind as school_kind,
        school.list_order,
        count(*) over (partition by school.kind order by school_fact.school_aid_rate, school.school_id) - 1 as place,
        count(*) over (partition by school.kind) as schools
    from school
    inner join school_fact
        on school.school_id = school_fact.school_id
        and school_fact.fiscal_year = $fiscal_year
        and school_fact.school_aid_rate is not null
),

parted as (
    select
        rated.school_id,
        rated.school_kind,
        rated.list_order,
        case
            when rated.place * 3 < rated.schools then 0
            when rated.place * 3 < rated.schools * 2 then 1
            else 2
        end as third
    from rated
)

select
    parted.school_kind,
    parted.third,
    cell.numerator,
    cell.denominator,
    sum(cell.numerator) over (partition by parted.school_kind, parted.third) as third_numerator,
    sum(cell.denominator) over (partition by parted.school_kind, parted.third) as third_denominator,
    cast(sum(cell.people) over (partition by parted.school_kind, parted.third) as integer) as third_people,
    cast(count(*) over (partition by parted.school_kind, parted.third) as integer) as third_schools
from parted
inner join cell
    on parted.school_id = cell.school_id
    and cell.place = 'school'
    and cell.period = 'to_date'
    and cell.indicator = $indicator
    and cell.fiscal_year = $fiscal_year
    and cell.denominator is not null
    and not cell.is_incomplete
order by parted.list_order
