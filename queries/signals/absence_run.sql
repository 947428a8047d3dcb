-- absence_run: absent $days 授業日 or more in a row.
-- grain: one row per child and day absent; holds from the day on which the run is long enough.
-- Days ordered home, days of mourning and days whose register has not come neither lengthen a run nor end it: missing counts them.
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
    cast(null as double) as usual,
    cast(null as double) as out_of,
    cast(spell_day.ordinal - spell_day.first_ordinal + 1 - spell_day.days as integer) as missing,
    0 as elsewhere
from spell_day
where spell_day.kind = 'absence' and not spell_day.is_over
