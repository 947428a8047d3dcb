-- flags_of_place: what the signals say of the children of one class, or of every child in reach at a school, and how long ago.
-- grain: one row per flag whose rule has held within the days the board lets it stand on the list; in class and 出席番号 order.
-- rested_days counts the 授業日 of the child's grade since the rule last held, as far as the school's own files speak: 0 where it held
-- on the latest. A null class asks for all.
with latest as (
    select
        flag.student_id,
        flag.signal,
        flag.begins_on,
        cast(count(school_day.day) as integer) as rested_days
    from flag
    inner join student on flag.student_id = student.student_id
    left join school_day
        on flag.school_id = school_day.school_id
        and student.grade = school_day.grade
        and flag.last_on < school_day.day
        and flag.fiscal_year = school_day.fiscal_year
        and school_day.is_to_date
    where flag.school_id = $school_id
        and (cast($class_id as integer) is null or student.class_id = cast($class_id as integer))
    group by flag.student_id, flag.signal, flag.begins_on
)

select
    student.student_id,
    student.key as student_key,
    student.class_id,
    class.name as class_name,
    class.key as class_key,
    student.grade,
    student.number,
    student_name.family_name,
    student_name.given_name,
    student_name.family_name_kana,
    student_name.given_name_kana,
    flag.signal,
    signal.list_order,
    signal.label_ja,
    signal.label_en,
    signal.rule_ja,
    signal.rule_en,
    case
        when flag.usual is not null then signal.said_usual_ja
        when flag.elsewhere is null then signal.said_here_ja
        when flag.elsewhere > 0 then signal.said_elsewhere_ja
        else signal.said_ja
    end as said_ja,
    case
        when flag.usual is not null then signal.said_usual_en
        when flag.elsewhere is null then signal.said_here_en
        when flag.elsewhere > 0 then signal.said_elsewhere_en
        else signal.said_en
    end as said_en,
    signal.decimals,
    signal.again_days,
    flag.begins_on,
    flag.last_on,
    flag.since,
    flag.found,
    flag.usual,
    flag.out_of,
    flag.missing,
    flag.elsewhere,
    latest.rested_days
from flag
inner join latest
    on flag.student_id = latest.student_id
    and flag.signal = latest.signal
    and flag.begins_on = latest.begins_on
inner join signal on flag.signal = signal.name
inner join student on flag.student_id = student.student_id
inner join student_name on student.student_id = student_name.student_id
inner join class on student.class_id = class.class_id
where flag.school_id = $school_id
    and latest.rested_days < signal.shown_days
order by class.is_special_needs, class.grade, class.name, student.number, student.student_id, signal.list_order, flag.begins_on
