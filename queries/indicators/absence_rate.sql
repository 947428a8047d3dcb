-- absence_rate: days absent out of the days a child had to attend (授業日数 − 出席停止・忌引等).
-- grain: one row per child and 授業日.
-- chunk: school
select
    student_day.school_id,
    student_day.class_id,
    student_day.grade,
    student_day.student_id as person_id,
    student_day.day,
    student_day.fiscal_year,
    student_day.is_to_date,
    case when student_day.is_absent then 1 else 0 end as numerator,
    case when student_day.is_required then 1 else 0 end as denominator
from student_day
