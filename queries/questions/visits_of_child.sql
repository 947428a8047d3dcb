-- visits_of_child: one child's visits to the health room; what was written there only for those who may read it.
-- grain: one row per visit, latest first.
select
    health_room_visit.student_id,
    health_room_visit.day,
    health_room_visit.entered_at,
    health_room_visit.left_at,
    health_room_visit.reason,
    health_room_visit.symptom,
    health_room_visit.temperature,
    health_room_visit.action
from health_room_visit
where health_room_visit.school_id = $school_id
    and health_room_visit.student_id = $student_id
order by health_room_visit.day desc, health_room_visit.entered_at desc
