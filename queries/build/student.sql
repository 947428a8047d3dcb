-- student: every child ever on a roster, with the class of today where there is one.
-- grain: one row per child, the same from 小1 to 中3, whatever the school.
-- key: student_id
-- order: school_id, class_id, number, student_id
select
    student.student_id,
    student.key,
    enrollment.school_id,
    enrollment.class_id,
    enrollment.grade,
    enrollment.number
from lake.student as student
cross join as_of
left join enrollment
    on
        enrollment.student_id = student.student_id
        and as_of.day between enrollment.begins_on and enrollment.ends_on
