-- return_after_absence: at school again after $days 授業日 or more of absence in a row.
-- grain: one row per child and day absent, and one for the day of return, on which alone it holds.
-- Days ordered home, days of mourning and days whose register has not come neither lengthen the absence nor end it.
select
    spell_day.school_id,
    spell_day.class_id,
    spell_day.student_id,
    spell_day.fiscal_year,
    spell_day.day,
    spell_day.ordinal,
    spell_day.is_over and spell_day.days >= $days as holds,
    not spell_day.is_over as is_evidence,
    spell_day.since,
    cast(spell_day.days as double) as found,
    cast(null as double) as usual,
    cast(null as double) as out_of,
    cast(spell_day.ordinal - spell_day.first_ordinal - spell_day.days as integer) as missing,
    0 as elsewhere
from spell_day
where spell_day.kind = 'absence'
