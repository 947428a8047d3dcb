-- attendance: the register's exceptions: absences, 出席停止, 忌引, 遅刻, 早退, of the days for which the register is in.
-- grain: one row per child and day.
-- key: student_id, day
-- order: fiscal_year, school_id, student_id, day
-- chunk: school
-- carry: fiscal_year
-- The register may have two rows of one day, late and left early: both are true of the day, and both reasons are kept.
select
    attendance.school_id,
    enrollment.class_id,
    enrollment.grade,
    attendance.student_id,
    attendance.fiscal_year,
    attendance.day,
    attendance.status,
    coalesce(attendance_status.is_present, false) as is_present,
    coalesce(attendance_status.is_absent, false) as is_absent,
    coalesce(attendance_status.is_excused, false) as is_excused,
    coalesce(bool_or(attendance.is_late), false) as is_late,
    coalesce(bool_or(attendance.is_early_leave), false) as is_early_leave,
    case
        when min(attendance.reason) <> max(attendance.reason) then concat(min(attendance.reason), '、', max(attendance.reason))
        else min(attendance.reason)
    end as reason,
    min(attendance.file_id) as file_id,
    min(attendance.file_row) as file_row
from lake.attendance as attendance
inner join enrollment
    on
        enrollment.school_id = attendance.school_id
        and enrollment.student_id = attendance.student_id
        and enrollment.fiscal_year = attendance.fiscal_year
        and attendance.day between enrollment.begins_on and enrollment.ends_on
inner join coverage_year
    on
        coverage_year.school_id = attendance.school_id
        and coverage_year.fiscal_year = attendance.fiscal_year
        and coverage_year.source = 'attendance'
        and attendance.day <= coverage_year.counts_to
left join attendance_status on attendance_status.status = attendance.status
group by
    attendance.school_id,
    enrollment.class_id,
    enrollment.grade,
    attendance.student_id,
    attendance.fiscal_year,
    attendance.day,
    attendance.status,
    attendance_status.is_present,
    attendance_status.is_absent,
    attendance_status.is_excused
