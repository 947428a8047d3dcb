-- narratives_of_child: what teachers of this school have written about a child.
-- grain: one row per text.
select
    narrative.student_id,
    narrative.fiscal_year,
    narrative.grade,
    narrative.term,
    narrative.day,
    narrative.kind,
    narrative.text
from narrative
where narrative.student_id = $student_id and narrative.school_id = $school_id
order by narrative.fiscal_year, narrative.term
