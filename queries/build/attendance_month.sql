-- attendance_month: how many days of a month a child was absent, as the school's system counts them, of months no daily register tells of.
-- grain: one row per child, school and month.
-- key: student_id, school_id, month
-- order: fiscal_year, school_id, student_id, month
-- chunk: school
-- carry: fiscal_year
-- A month of which the school's register tells a single day stays out: the days are counted there, and never twice.
select
    attendance_month.school_id,
    attendance_month.student_id,
    attendance_month.fiscal_year,
    attendance_month.month,
    attendance_month.required_days,
    attendance_month.suspended_days,
    attendance_month.absent_days,
    attendance_month.late_days,
    attendance_month.early_leave_days,
    attendance_month.file_id,
    attendance_month.file_row
from lake.attendance_month as attendance_month
left join coverage_year
    on
        coverage_year.school_id = attendance_month.school_id
        and coverage_year.fiscal_year = attendance_month.fiscal_year
        and coverage_year.source = 'attendance'
        and coverage_year.counts_to >= attendance_month.month
        and coverage_year.starts_on < cast(attendance_month.month + interval '1' month as date)
where coverage_year.school_id is null
