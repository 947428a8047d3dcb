-- xapi_judged: what becomes of each statement of a 年度 once all of them have been heard.
-- grain: one row per statement, voiding ones left out.
-- verdict: counted; or conflict (its id has said something else before), repeated, voided, blank (a part of a question that is counted),
-- needless (the end of a sitting whose answers tell the time), summarised (the tool's own summary tells of that day).
-- A blank has no score of its own. Its parent says that it is a question, or stands among the answers as one.
with first_of_id as (
    select
        statement.id,
        min(statement.place) as place
    from statement
    group by statement.id
    having count(*) > 1
),

first_said as (
    select
        statement.id,
        statement.place,
        statement.content
    from statement
    inner join first_of_id on first_of_id.id = statement.id and first_of_id.place = statement.place
),

heard as (
    select
        statement.*,
        case
            when first_said.place < statement.place and first_said.content <> statement.content then 'conflict'
            when first_said.place < statement.place then 'repeated'
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
    left join first_said on first_said.id = statement.id
),

sitting as (
    select
        heard.student_id,
        heard.sitting,
        heard.day,
        sum(heard.seconds) filter (where heard.kind = 1) as answer_seconds,
        max(heard.seconds) filter (where heard.kind = 2) as end_seconds,
        min(heard.place) filter (where heard.kind = 2) as end_place
    from heard
    where heard.verdict is null
    group by heard.student_id, heard.sitting, heard.day
)

select
    heard.file_id,
    heard.file_row,
    heard.school_id,
    heard.student_id,
    heard.day,
    heard.subject,
    heard.tool,
    case when heard.kind = 1 then heard.seconds else sitting.end_seconds end as seconds,
    cast(heard.kind = 1 and heard.is_judged as integer) as answers,
    cast(heard.kind = 1 and heard.is_judged and heard.is_right as integer) as correct,
    case
        when heard.verdict is not null then heard.verdict
        when heard.kind = 1 then 'counted'
        when sitting.end_place = heard.place and sitting.end_seconds > 0 and coalesce(sitting.answer_seconds, 0) = 0 then 'counted'
        else 'needless'
    end as verdict
from heard
left join sitting
    on
        sitting.student_id = heard.student_id
        and sitting.sitting = heard.sitting
        and sitting.day = heard.day
        and heard.verdict is null
