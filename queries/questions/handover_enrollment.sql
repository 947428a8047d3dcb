-- handover_enrollment: the classes a child has been in at this school.
-- grain: one row per stretch of days.
select
    enrollment.student_id,
    enrollment.class_key,
    enrollment.class_name,
    enrollment.fiscal_year,
    enrollment.grade,
    enrollment.number,
    enrollment.begins_on,
    enrollment.ends_on
from enrollment
where enrollment.student_id = $student_id and enrollment.school_id = $school_id
order by enrollment.begins_on
