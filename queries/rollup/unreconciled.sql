-- unreconciled: cells whose parts do not sum to the whole: classes to their school, grades to their school, schools to the district.
-- grain: one row per indicator, whole and period that does not agree; none in a sound file.
-- Where children are counted, the whole may have fewer of them than its parts: one who moved is in several, and once in the whole.
with part as (
    select
        cell.indicator,
        'class' as part,
        'school' as whole,
        cell.school_id,
        cell.period,
        cell.period_on,
        cell.fiscal_year,
        sum(cell.numerator) as numerator,
        sum(cell.denominator) as denominator
    from cell
    where cell.place = 'class'
    group by cell.indicator, cell.school_id, cell.period, cell.period_on, cell.fiscal_year
    union all
    select
        cell.indicator,
        'grade' as part,
        'school' as whole,
        cell.school_id,
        cell.period,
        cell.period_on,
        cell.fiscal_year,
        sum(cell.numerator) as numerator,
        sum(cell.denominator) as denominator
    from cell
    where cell.place = 'grade'
    group by cell.indicator, cell.school_id, cell.period, cell.period_on, cell.fiscal_year
    union all
    select
        cell.indicator,
        'school' as part,
        'district' as whole,
        cast(null as integer) as school_id,
        cell.period,
        cell.period_on,
        cell.fiscal_year,
        sum(cell.numerator) as numerator,
        sum(cell.denominator) as denominator
    from cell
    inner join school
        on cell.school_id = school.school_id
    inner join indicator
        on cell.indicator = indicator.name
    where cell.place = 'school'
        and not (indicator.is_numerator_people and school.kind in ('special_needs', 'high'))
    group by cell.indicator, cell.period, cell.period_on, cell.fiscal_year
    union all
    select
        cell.indicator,
        'kind' as part,
        'district' as whole,
        cast(null as integer) as school_id,
        cell.period,
        cell.period_on,
        cell.fiscal_year,
        sum(cell.numerator) as numerator,
        sum(cell.denominator) as denominator
    from cell
    inner join indicator
        on cell.indicator = indicator.name
    where cell.place = 'kind'
        and not (indicator.is_numerator_people and cell.school_kind in ('special_needs', 'high'))
    group by cell.indicator, cell.period, cell.period_on, cell.fiscal_year
)

select
    part.indicator,
    part.part,
    part.whole,
    part.school_id,
    part.period,
    part.period_on,
    part.numerator,
    whole.numerator as whole_numerator,
    part.denominator,
    whole.denominator as whole_denominator
from part
inner join indicator
    on indicator.name = part.indicator
left join cell as whole
    on
        whole.indicator = part.indicator
        and whole.place = part.whole
        and coalesce(whole.school_id, 0) = coalesce(part.school_id, 0)
        and whole.period = part.period
        and whole.period_on = part.period_on
        and whole.fiscal_year = part.fiscal_year
where
    whole.indicator is null
    or abs(whole.numerator - part.numerator) > 0.000001 * (1 + abs(whole.numerator))
    or whole.denominator - part.denominator > 0.000001 * (1 + abs(whole.denominator))
    or (
        not indicator.is_numerator_people
        and part.denominator - whole.denominator > 0.000001 * (1 + abs(whole.denominator))
    )
