-- student: every child on a roster in force today or later, with the class, from which day to which day.
-- grain: one row per child and stretch of days in a class that has not ended; none of a child who has left.
-- key: student_id, begins_on
-- order: school_id, class_id, number, student_id
-- key is the child's own, the same from 小1 to 中3. Who is in a class is asked of the day on which it is asked, not of the day of a load.
select
    student.student_id,
    student.key,
    enrollment.school_id,
    enrollment.class_id,
    enrollment.grade,
    enrollment.number,
    enrollment.begins_on,
    enrollment.ends_on
from lake.student as student
cross join clock
inner join enrollment on enrollment.student_id = student.student_id
where enrollment.ends_on >= clock.day
