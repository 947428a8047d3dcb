-- planned_attendance: what has been said ahead of the register (届出): absences, 遅刻, 早退 of days for which it is not in yet.
-- grain: one row per child and day.
-- key: student_id, day
-- order: school_id, student_id, day
-- Late and left early may be two rows of one day.
-- A day counts once the school's own files speak for it, and then stands in attendance instead; until then nothing is made of it.
select
    attendance.school_id,
    enrollment.class_id,
    attendance.student_id,
    attendance.fiscal_year,
    attendance.day,
    attendance.status,
    coalesce(attendance_status.is_absent, false) as is_absent,
    coalesce(attendance_status.is_excused, false) as is_excused,
    coalesce(bool_or(attendance.is_late), false) as is_late,
    coalesce(bool_or(attendance.is_early_leave), false) as is_early_leave
from lake.attendance as attendance
inner join enrollment
    on
        enrollment.school_id = attendance.school_id
        and enrollment.student_id = attendance.student_id
        and enrollment.fiscal_year = attendance.fiscal_year
        and attendance.day between enrollment.begins_on and enrollment.ends_on
left join coverage_year
    on
        coverage_year.school_id = attendance.school_id
        and coverage_year.fiscal_year = attendance.fiscal_year
        and coverage_year.source = 'attendance'
left join attendance_status on attendance_status.status = attendance.status
where attendance.day > coalesce(coverage_year.counts_to, make_date(1970, 1, 1))
group by
    attendance.school_id,
    enrollment.class_id,
    attendance.student_id,
    attendance.fiscal_year,
    attendance.day,
    attendance.status,
    attendance_status.is_absent,
    attendance_status.is_excused
