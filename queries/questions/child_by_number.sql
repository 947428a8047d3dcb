-- child_by_number: who a child is, and the way to the child's page, for a record that knows the child's number alone.
-- grain: one row, or none where this viewer does not see the child.
select
    student.student_id,
    student.key as student_key,
    student.number,
    student_name.family_name,
    student_name.given_name,
    class.name as class_name,
    class.key as class_key
from student
inner join student_name on student.student_id = student_name.student_id
inner join class on student.class_id = class.class_id
where student.student_id = $student_id and student.school_id = $school_id
