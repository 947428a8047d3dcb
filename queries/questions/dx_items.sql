-- dx_items: how the schools in reach answered each item of the 校務DXチェックリスト, in the newest year and the one before.
-- grain: one row per item; year_before is null where one year alone has answers.
-- further and back count the schools whose answer goes further than that of the year before (no, partly, yes), or has fallen back.
with answered as (
    select
        dx_answer.school_id,
        dx_answer.item,
        dx_answer.item_name,
        dx_answer.fiscal_year,
        dx_answer.answer,
        case
            when dx_answer.answer = 'no' then 0
            when dx_answer.answer = 'partly' then 1
            when dx_answer.answer = 'yes' then 2
        end as step,
        max(dx_answer.fiscal_year) over () as newest_year
    from dx_answer
    inner join school on dx_answer.school_id = school.school_id
),

dated as (
    select
        answered.school_id,
        answered.item,
        answered.item_name,
        answered.fiscal_year,
        answered.newest_year,
        answered.answer,
        answered.step,
        max(answered.fiscal_year) filter (where answered.fiscal_year < answered.newest_year) over () as year_before
    from answered
),

of_school as (
    select
        dated.school_id,
        dated.item,
        dated.newest_year,
        dated.year_before,
        max(dated.item_name) as item_name,
        max(dated.answer) filter (where dated.fiscal_year = dated.newest_year) as answer,
        max(dated.answer) filter (where dated.fiscal_year = dated.year_before) as answer_before,
        max(dated.step) filter (where dated.fiscal_year = dated.newest_year)
        - max(dated.step) filter (where dated.fiscal_year = dated.year_before) as change
    from dated
    group by dated.school_id, dated.item, dated.newest_year, dated.year_before
)

select
    of_school.item,
    max(of_school.item_name) as item_name,
    of_school.newest_year,
    of_school.year_before,
    cast(count(*) filter (where of_school.answer = 'yes') as integer) as yes,
    cast(count(*) filter (where of_school.answer = 'partly') as integer) as partly,
    cast(count(*) filter (where of_school.answer = 'no') as integer) as no,
    cast(count(*) filter (where of_school.answer_before = 'yes') as integer) as yes_before,
    cast(count(*) filter (where of_school.change > 0) as integer) as further,
    cast(count(*) filter (where of_school.change < 0) as integer) as back
from of_school
group by of_school.item, of_school.newest_year, of_school.year_before
order by of_school.item
