-- dx_answers: how each school in reach answered the 校務DXチェックリスト.
-- grain: one row per school, 年度 and item.
select
    school.school_id,
    school.name as school_name,
    school.list_order,
    dx_answer.fiscal_year,
    dx_answer.item,
    dx_answer.item_name,
    dx_answer.answer
from school
inner join dx_answer
    on school.school_id = dx_answer.school_id
order by dx_answer.item, school.list_order, dx_answer.fiscal_year
