-- student_name: the names of children, apart from every figure, so that a viewer without names has nothing to hide.
-- grain: one row per child.
-- key: student_id
-- order: student_id
select
    student_name.student_id,
    student_name.family_name,
    student_name.given_name,
    student_name.family_name_kana,
    student_name.given_name_kana
from lake.student_name as student_name
