-- student_identifier: by which numbers other systems know a child: 児童生徒番号 and the userMasterIdentifier of the roster.
-- grain: one row per child.
-- key: student_id
-- order: student_id
select
    student_identifier.student_id,
    student_identifier.student_number,
    student_identifier.master_id
from lake.student_identifier as student_identifier
