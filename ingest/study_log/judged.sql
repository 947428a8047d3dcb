-- xapi_judged: what becomes of each statement of a 年度 once all of them are known.
-- grain: one row per statement, voiding ones left out.
-- verdict: counted; or conflict (its id stood for something else before), repeated, voided, blank (a part of a question that is counted),
-- needless (the end of a session whose answers tell the time), summarised (the tool's own summary tells of that day).
-- A blank has no score of its own. Its parent says that it is a question, or stands among the answers as one.
with first_of_id as (
    select
        statement.id,
        min(statement.place) as place
    from statement
    group by statement.id
    having count(*) > 1
),

first_statement as (
    select
        statement.id,
        statement.place,
        statement.content
    from statement
    inner join first_of_id on first_of_id.id = statement.id and first_of_id.place = statement.place
),

settled as (
    select
        statement.*,
        case
            when first_statement.place < statement.place and first_statement.content <> statement.content then 'conflict'
            when first_statement.place < statement.place then 'repeated'
            when exists (select 1 from voiding where voiding.id = statement.id) then 'voided'
            when statement.has_question then 'blank'
            when exists (select 1 from question where question.question = statement.parent) then 'blank'
            when
                exists (
                    select 1
                    from summary
                    where
                        summary.student_id = statement.student_id
                        and summary.day = statement.day
                        and summary.subject = statement.subject
                        and (summary.tool = '' or summary.tool = statement.tool)
                )
                then 'summarised'
        end as verdict
    from statement
    left join first_statement on first_statement.id = statement.id
),

study_session as (
    select
        settled.student_id,
        settled.study_session,
        settled.day,
        sum(settled.seconds) filter (where settled.kind = 1) as answer_seconds,
        max(settled.seconds) filter (where settled.kind = 2) as end_seconds,
        min(settled.place) filter (where settled.kind = 2) as end_place
    from settled
    where settled.verdict is null
    group by settled.student_id, settled.study_session, settled.day
)

select
    settled.file_id,
    settled.file_row,
    settled.school_id,
    settled.student_id,
    settled.day,
    settled.subject,
    settled.tool,
    case when settled.kind = 1 then settled.seconds else study_session.end_seconds end as seconds,
    cast(settled.kind = 1 and settled.is_judged as integer) as answers,
    cast(settled.kind = 1 and settled.is_judged and settled.is_right as integer) as correct,
    case
        when settled.verdict is not null then settled.verdict
        when settled.kind = 1 then 'counted'
        when
            study_session.end_place = settled.place
            and study_session.end_seconds > 0
            and coalesce(study_session.answer_seconds, 0) = 0
            then 'counted'
        else 'needless'
    end as verdict
from settled
left join study_session
    on
        study_session.student_id = settled.student_id
        and study_session.study_session = settled.study_session
        and study_session.day = settled.day
        and settled.verdict is null
