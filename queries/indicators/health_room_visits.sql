-- health_room_visits: visits to the 保健室 out of the days children were at school, where the school keeps the record.
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
        when student_day.is_present and student_day.is_health_room_covered then student_day.health_room_visits
        else 0
    end as numerator,
    case when student_day.is_present and student_day.is_health_room_covered then 1 else 0 end as denominator
from student_day
