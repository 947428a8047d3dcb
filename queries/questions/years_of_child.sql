-- years_of_child: the schools and classes a child has been in, at this school and, where the board lets it be seen, at earlier ones.
-- grain: one row per stretch of days in one class.
select
    enrollment.student_id,
    enrollment.school_id,
    enrollment.school_name,
    enrollment.school_kind,
    enrollment.fiscal_year,
    enrollment.class_name,
    enrollment.grade,
    enrollment.begins_on,
    enrollment.ends_on
from enrollment
where enrollment.student_id = $student_id
order by enrollment.begins_on
