-- handover_health_room: every visit of a child to the health room of this school.
-- grain: one row per visit.
select
    health_room_visit.student_id,
    health_room_visit.fiscal_year,
    health_room_visit.day,
    health_room_visit.entered_at,
    health_room_visit.left_at,
    health_room_visit.reason,
    health_room_visit.symptom,
    health_room_visit.temperature,
    health_room_visit.action
from health_room_visit
where health_room_visit.student_id = $student_id and health_room_visit.school_id = $school_id
order by health_room_visit.day, health_room_visit.entered_at
