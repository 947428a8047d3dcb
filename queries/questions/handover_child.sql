-- handover_child: who a child is, as a package to the next school says it.
-- grain: one row, or none where this viewer hands nobody over.
select
    student.student_id,
    student.key as student_key,
    student.school_id,
    student.grade,
    student_name.family_name,
    student_name.given_name,
    student_name.family_name_kana,
    student_name.given_name_kana,
    student_identifier.student_number,
    student_identifier.master_id,
    school.key as school_key,
    school.name as school_name,
    school.kind as school_kind
from student
inner join student_name on student.student_id = student_name.student_id
inner join student_identifier on student.student_id = student_identifier.student_id
inner join school on student.school_id = school.school_id
where student.student_id = $student_id and student.school_id = $school_id
