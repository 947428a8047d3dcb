-- reach: the schools and classes one person reaches in one role, on a day, as the roster of this version of the district has it.
-- grain: one row. Asked by the gate itself, once per person, role, day and version.
select
    coalesce(
        list(distinct school.school_id) filter (where reach.why = 'district' or reach.school_id = school.school_id), []
    ) as schools,
    coalesce(
        list(distinct reach.school_id) filter (where reach.why = 'schoolwide' and reach.class_id is null), []
    ) as whole_schools,
    coalesce(list(distinct reach.class_id) filter (where reach.class_id is not null), []) as classes
from district.reach as reach
left join district.school as school on reach.why = 'district' or reach.school_id = school.school_id
where reach.staff_id = $staff_id
    and reach.role = $role
    and $today between reach.begins_on and reach.ends_on
