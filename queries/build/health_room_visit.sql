-- health_room_visit: the visits to the 保健室.
-- grain: one row per visit, numbered within child and day.
-- key: student_id, day, visit
-- order: fiscal_year, school_id, student_id, day, visit
-- chunk: school
-- carry: fiscal_year
-- reason is a code; symptom and action are the nurse's words and leave nobody's hands but the nurse's and the head's.
select
    health_room.school_id,
    enrollment.class_id,
    enrollment.grade,
    health_room.student_id,
    health_room.fiscal_year,
    health_room.day,
    cast(
        row_number() over (
            partition by health_room.student_id, health_room.day
            order by health_room.entered_at, health_room.file_id, health_room.file_row
        ) as smallint
    ) as visit,
    health_room.entered_at,
    health_room.left_at,
    health_room.reason,
    health_room.symptom,
    health_room.temperature,
    health_room.action,
    health_room.file_id,
    health_room.file_row
from lake.health_room as health_room
inner join enrollment
    on
        enrollment.school_id = health_room.school_id
        and enrollment.student_id = health_room.student_id
        and enrollment.fiscal_year = health_room.fiscal_year
        and health_room.day between enrollment.begins_on and enrollment.ends_on
cross join clock
where health_room.day <= clock.day
