-- mood_answered: answers to 心の天気 out of the days a child was at school while the school asks.
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
    case
        when student_day.is_present and student_day.is_mood_asked and student_day.mood_level is not null then 1
        else 0
    end as numerator,
    case when student_day.is_present and student_day.is_mood_asked then 1 else 0 end as denominator
from student_day
