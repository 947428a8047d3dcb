-- person: an indicator's figures of one person over one period.
-- grain: one row per person, class and period.
-- to_date holds the days of a 年度 up to as many 授業日 as this 年度 has had.
select
    span.school_id,
    span.grade,
    span.class_id,
    span.person_id,
    span.fiscal_year,
    'week' as period,
    span.week_on as period_on,
    sum(span.numerator) as numerator,
    sum(span.denominator) as denominator
from span
group by span.school_id, span.grade, span.class_id, span.person_id, span.fiscal_year, span.week_on
union all
select
    span.school_id,
    span.grade,
    span.class_id,
    span.person_id,
    span.fiscal_year,
    'month' as period,
    span.month_on as period_on,
    sum(span.numerator) as numerator,
    sum(span.denominator) as denominator
from span
group by span.school_id, span.grade, span.class_id, span.person_id, span.fiscal_year, span.month_on
union all
select
    span.school_id,
    span.grade,
    span.class_id,
    span.person_id,
    span.fiscal_year,
    'year' as period,
    make_date(cast(span.fiscal_year as integer), 4, 1) as period_on,
    sum(span.numerator) as numerator,
    sum(span.denominator) as denominator
from span
group by span.school_id, span.grade, span.class_id, span.person_id, span.fiscal_year
union all
select
    span.school_id,
    span.grade,
    span.class_id,
    span.person_id,
    span.fiscal_year,
    'to_date' as period,
    make_date(cast(span.fiscal_year as integer), 4, 1) as period_on,
    sum(span.numerator) as numerator,
    sum(span.denominator) as denominator
from span
where span.is_to_date
group by span.school_id, span.grade, span.class_id, span.person_id, span.fiscal_year
