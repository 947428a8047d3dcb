-- mood: the answers to 心の天気. Not answering is no row, and no bad mood.
-- grain: one row per child and day.
-- key: student_id, day
-- order: fiscal_year, school_id, student_id, day
-- chunk: school
-- carry: fiscal_year
-- level is an order, not a quantity: 1 晴れ, 2 くもり, 3 雨, 4 雷. Shares and runs may be counted, never a mean.
select
    mood.school_id,
    enrollment.class_id,
    enrollment.grade,
    mood.student_id,
    mood.fiscal_year,
    mood.day,
    mood.level,
    mood.answered_at,
    mood.file_id,
    mood.file_row
from lake.mood as mood
inner join enrollment
    on
        enrollment.school_id = mood.school_id
        and enrollment.student_id = mood.student_id
        and enrollment.fiscal_year = mood.fiscal_year
        and mood.day between enrollment.begins_on and enrollment.ends_on
cross join clock
where mood.level is not null and mood.day <= clock.day
