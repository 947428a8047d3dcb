-- viewer: the roles a member of staff holds on a day, by staff number.
-- grain: one row per role and school. Asked by the gate itself, before there is a viewer.
select
    reach.staff_id,
    reach.role,
    min(reach.school_id) as school_id
from district.reach as reach
inner join district.staff as staff on reach.staff_id = staff.staff_id
where staff.staff_number = $staff_number
    and $today between reach.begins_on and reach.ends_on
group by reach.staff_id, reach.role
