-- person_noted: one indicator's figures of each person over a 年度 and to date, out of those counted with it.
-- grain: one row per person, class and period.
select
    $indicator as indicator,
    person.school_id,
    person.person_id,
    person.fiscal_year,
    person.period,
    person.numerator,
    person.denominator
from person
where person.period in ('year', 'to_date') and (person.numerator <> 0 or person.denominator <> 0)
