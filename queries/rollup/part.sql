-- part: what every cell of one indicator is summed from.
-- grain: one row per class, grade and period for all who stayed in one class; one row per person, class and period for movers.
-- Who stayed is one person in the class, the grade, the school and the district alike: counting rows counts people.
select
    $indicator as indicator,
    person.school_id,
    person.grade,
    person.class_id,
    cast(null as integer) as person_id,
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
where mover.person_id is null and (person.numerator <> 0 or person.denominator <> 0)
group by person.school_id, person.grade, person.class_id, person.fiscal_year, person.period, person.period_on
union all
select
    $indicator as indicator,
    person.school_id,
    person.grade,
    person.class_id,
    person.person_id,
    person.fiscal_year,
    person.period,
    person.period_on,
    person.numerator,
    person.denominator,
    cast(0 as integer) as people,
    cast(0 as integer) as cases
from person
inner join mover
    on mover.person_id = person.person_id and mover.fiscal_year = person.fiscal_year
where person.numerator <> 0 or person.denominator <> 0
