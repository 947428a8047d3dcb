-- incident: incidents a school counted in a month; a high count of いじめの認知 is not a bad one.
-- grain: one row per school, month and kind.
-- key: school_id, month, kind
-- order: school_id, month, kind
select
    incident.school_id,
    incident.fiscal_year,
    incident.month,
    incident.kind,
    incident.incidents,
    incident.file_id,
    incident.file_row
from lake.incident as incident
