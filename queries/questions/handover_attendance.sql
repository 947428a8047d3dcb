-- handover_attendance: every day at this school on which a child was absent, excused, late or left early.
-- grain: one row per day.
select
    attendance.student_id,
    attendance.fiscal_year,
    attendance.day,
    attendance.status,
    attendance.is_late,
    attendance.is_early_leave,
    attendance.reason
from attendance
where attendance.student_id = $student_id and attendance.school_id = $school_id
order by attendance.day
