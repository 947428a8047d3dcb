-- class_recorded: through which day the register of a class is in, where a school's register tells of every child.
-- grain: one row per class.
-- key: class_id
-- order: school_id, class_id
-- A list of exceptions cannot tell a class that has not handed in from one in which nobody was away: of such a school there is no row.
select
    attendance.school_id,
    attendance.class_id,
    attendance.fiscal_year,
    max(attendance.day) as recorded_through
from attendance
inner join coverage_year
    on
        coverage_year.school_id = attendance.school_id
        and coverage_year.fiscal_year = attendance.fiscal_year
        and coverage_year.source = 'attendance'
        and coverage_year.evidence = 'each_child'
group by attendance.school_id, attendance.class_id, attendance.fiscal_year
