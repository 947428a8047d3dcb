-- staff_pulse: how many of a school's staff chose each answer.
-- grain: one row per school, month, question and answer.
-- key: school_id, month, question, level
-- order: school_id, month, question, level
select
    staff_pulse.school_id,
    staff_pulse.fiscal_year,
    staff_pulse.month,
    staff_pulse.question,
    staff_pulse.level,
    staff_pulse.people,
    staff_pulse.file_id,
    staff_pulse.file_row
from lake.staff_pulse as staff_pulse
