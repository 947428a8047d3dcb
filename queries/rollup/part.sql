-- part: what every cell of an indicator is summed from.
-- grain: one row per class, grade and period for all who stayed in one class; one row per person, class and period for movers.
-- Who stayed is one person in the class, the grade, the school and the district alike: counting rows counts people.
-- Who moved is named, to be counted once in each place that holds several of the rows.
select
    person.school_id,
    person.grade,
    person.class_id,
    case when mover.person_id is not null then person.person_id end as person_id,
    person.fiscal_year,
    person.period,
    person.period_on,
    sum(person.numerator) as numerator,
    sum(person.denominator) as denominator,
    cast(count(*) filter (where person.denominator > 0) as integer) as people,
    cast(count(*) filter (where person.numerator > 0) as integer) as cases
from person
left join mover
    on mover.person_id = person.person_id and mover.fiscal_year = person.fiscal_year
group by
    person.school_id,
    person.grade,
    person.class_id,
    case when mover.person_id is not null then person.person_id end,
    person.fiscal_year,
    person.period,
    person.period_on
