-- pulse_of_school: what a school's staff answered when asked how heavy their work is, from 1 (not at all) to 5 (very).
-- grain: one row per month, question and answer; without counts where fewer than ten have answered.
-- heavy_answers are those of the question that chose 4 or 5; null where nobody's are told.
select
    staff_pulse.fiscal_year,
    staff_pulse.month,
    staff_pulse.question,
    staff_pulse.level,
    staff_pulse.answers,
    staff_pulse.answered,
    staff_pulse.is_hidden,
    staff_pulse.heavy_answers
from staff_pulse
where staff_pulse.school_id = $school_id
order by staff_pulse.month, staff_pulse.question, staff_pulse.level
