-- flag_day: the days a flag rests on, as they stood on its last day.
-- grain: one row per flag and day.
-- key: school_id, student_id, signal, begins_on, day
-- order: school_id, student_id, begins_on, signal, day
select
    flag_part.school_id,
    flag_part.student_id,
    flag_part.signal,
    flag_part.begins_on,
    signal_row.day
from flag_part
inner join signal_row
    on
        signal_row.school_id = flag_part.school_id
        and signal_row.student_id = flag_part.student_id
        and signal_row.day between flag_part.since and flag_part.last_on
where signal_row.is_evidence
