-- children_of_school: the names of the children of a school, to see that none of them stands in words meant for a wall.
-- grain: one row per child in reach.
select
    student.student_id,
    student_name.family_name,
    student_name.given_name,
    student_name.family_name_kana,
    student_name.given_name_kana
from student
inner join student_name on student.student_id = student_name.student_id
where student.school_id = $school_id
order by student.student_id
