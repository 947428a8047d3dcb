-- months_of_child: what a school's own system counts of a child's months, where it gives out no register by day.
-- grain: one row per month, latest first.
select
    attendance_month.student_id,
    attendance_month.school_id,
    attendance_month.fiscal_year,
    attendance_month.month,
    attendance_month.required_days,
    attendance_month.suspended_days,
    attendance_month.absent_days,
    attendance_month.late_days,
    attendance_month.early_leave_days
from attendance_month
where attendance_month.school_id = $school_id
    and attendance_month.student_id = $student_id
order by attendance_month.month desc
