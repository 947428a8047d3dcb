-- attendance_total: what the school's own system adds up for a class and month, to compare with what is counted here.
-- grain: one row per class and month.
-- key: class_id, month
-- order: school_id, class_id, month
select
    attendance_total.school_id,
    attendance_total.class_id,
    attendance_total.fiscal_year,
    attendance_total.month,
    attendance_total.school_days,
    attendance_total.absent_days,
    attendance_total.suspended_days,
    attendance_total.file_id,
    attendance_total.file_row
from lake.attendance_total as attendance_total
