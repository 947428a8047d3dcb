-- former_records: what came with a child from a school elsewhere, as far as this viewer sees such records here.
-- grain: one row per former school, kind of record and 年度.
select
    former_record.student_id,
    former_record.school_name,
    former_record.source,
    former_record.record_year,
    cast(count(*) as integer) as records,
    min(former_record.day) as first_on,
    max(former_record.day) as last_on
from former_record
where former_record.student_id = $student_id
group by former_record.student_id, former_record.school_name, former_record.source, former_record.record_year
order by former_record.record_year desc, former_record.source
