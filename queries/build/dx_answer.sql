-- dx_answer: a school's answers to the 校務DXチェックリスト.
-- grain: one row per school, 年度 and item.
-- key: school_id, fiscal_year, item
-- order: school_id, fiscal_year, item
select
    dx_answer.school_id,
    dx_answer.fiscal_year,
    dx_answer.item,
    dx_answer.item_name,
    dx_answer.answer,
    dx_answer.file_id,
    dx_answer.file_row
from lake.dx_answer as dx_answer
