-- child: one child by the key in the address, and the class the child is in now.
-- grain: one row, or none where the key is not of a child this viewer may see.
select
    student.student_id,
    student.key as student_key,
    student.school_id,
    student.class_id,
    student.number,
    student.grade,
    student_name.family_name,
    student_name.given_name,
    student_name.family_name_kana,
    student_name.given_name_kana,
    school.name as school_name,
    school.key as school_key,
    school.kind as school_kind,
    class.name as class_name,
    class.key as class_key
from student
inner join student_name on student.student_id = student_name.student_id
inner join school on student.school_id = school.school_id
inner join class on student.class_id = class.class_id
where student.key = $student_key
