-- attendance_status: what each status of the register says of a day: at school, absent, or excused (出席停止・忌引等).
-- grain: one row per status.
-- key: status
-- order: status
-- The one place where an absence is told from an excuse. Everything else asks is_present, is_absent, is_excused and is_required.
select
    meaning.status,
    meaning.is_present,
    meaning.is_absent,
    meaning.is_excused
from (
    values
    ('present', true, false, false),
    ('absent_sick', false, true, false),
    ('absent_other', false, true, false),
    ('suspended', false, false, true),
    ('bereavement', false, false, true),
    ('excused_other', false, false, true)
) as meaning (status, is_present, is_absent, is_excused)
