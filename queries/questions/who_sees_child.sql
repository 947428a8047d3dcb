-- who_sees_child: everyone who can see this child by name, and why.
-- grain: one row per person, role and reason.
select
    student_reach.student_id,
    student_reach.role,
    student_reach.why,
    student_reach.is_viewer,
    student_reach.staff_family_name,
    student_reach.staff_given_name
from student_reach
where student_reach.student_id = $student_id
group by
    student_reach.student_id,
    student_reach.role,
    student_reach.why,
    student_reach.is_viewer,
    student_reach.staff_family_name,
    student_reach.staff_given_name
order by student_reach.role, student_reach.staff_family_name
