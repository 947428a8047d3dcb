-- pulse_of_school: what a school's staff answered when asked how heavy their work is.
-- grain: one row per month, question and answer; without counts where fewer than ten have answered.
select
    staff_pulse.fiscal_year,
    staff_pulse.month,
    staff_pulse.question,
    staff_pulse.level,
    staff_pulse.answers,
    staff_pulse.answered,
    staff_pulse.is_hidden
from staff_pulse
where staff_pulse.school_id = $school_id
order by staff_pulse.month, staff_pulse.question, staff_pulse.level
