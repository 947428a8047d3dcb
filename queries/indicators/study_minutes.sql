-- study_minutes: minutes in the drill on 授業日 per child and 授業日, where the school uses the drill.
-- Days the child was away count as well: the drill is open at home. Days without school do not.
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
    case when student_day.is_study_covered then student_day.study_minutes else 0 end as numerator,
    case when student_day.is_study_covered then 1 else 0 end as denominator
from student_day
