-- incidents_of_school: how many cases a school has counted, by kind and month.
-- grain: one row per kind and month.
select
    incident.fiscal_year,
    incident.month,
    incident.kind,
    incident.incidents
from incident
where incident.school_id = $school_id
order by incident.kind, incident.month
