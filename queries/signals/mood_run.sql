-- mood_run: rain or thunder in $days answers or more in a row.
-- grain: one row per child and answer of rain or thunder; holds from the answer with which the run is long enough.
-- A day without an answer neither lengthens a run nor ends it: missing counts such days in between.
select
    spell_day.school_id,
    spell_day.class_id,
    spell_day.student_id,
    spell_day.fiscal_year,
    spell_day.day,
    spell_day.ordinal,
    spell_day.days >= $days as holds,
    true as is_evidence,
    spell_day.since,
    cast(spell_day.days as double) as found,
    round(student_usual.usual * 10, 0) as usual,
    cast(null as double) as out_of,
    cast(spell_day.ordinal - spell_day.first_ordinal + 1 - spell_day.days as integer) as missing,
    0 as elsewhere
from spell_day
left join student_usual
    on
        student_usual.school_id = spell_day.school_id
        and student_usual.student_id = spell_day.student_id
        and student_usual.month = cast(date_trunc('month', spell_day.day) as date)
        and student_usual.measure = 'low_mood'
where spell_day.kind = 'low_mood' and not spell_day.is_over
