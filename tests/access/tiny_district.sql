-- Two schools. School 1: class 11 (children 101–103; 105 left it in June) and class 12 (child 104). School 2: classes 21 (child 201) and 22 (child 202).
create table as_of as select date '2026-11-20' as day, 2026 as fiscal_year;
create table school as
select * from (values
    (1, 'sch1', '見晴小学校', 'elementary', 1),
    (2, 'sch2', '見晴中学校', 'junior_high', 2)
) as t (school_id, key, name, kind, list_order);
create table class as
select * from (values
    (11, 'cls11', 1, 2026, 5, '5年2組', false),
    (12, 'cls12', 1, 2026, 5, '5年1組', false),
    (21, 'cls21', 2, 2026, 8, '2年1組', false),
    (22, 'cls22', 2, 2026, 8, '2年2組', false)
) as t (class_id, key, school_id, fiscal_year, grade, name, is_special_needs);
create table student as
select * from (values
    (101, 'kid101', 1, 11, 5, 1, date '2027-03-31'), (102, 'kid102', 1, 11, 5, 2, date '2027-03-31'),
    (103, 'kid103', 1, 11, 5, 3, date '2027-03-31'), (104, 'kid104', 1, 12, 5, 1, date '2027-03-31'),
    (105, 'kid105', 1, 11, 5, 4, date '2026-06-30'), (201, 'kid201', 2, 21, 8, 1, date '2027-03-31'),
    (202, 'kid202', 2, 22, 8, 1, date '2027-03-31')
) as t (student_id, key, school_id, class_id, grade, number, ends_on);
alter table student add column begins_on date default date '2026-04-01';
create table student_name as
select * from (values
    (101, '伊藤', 'れん', 'イトウ', 'レン'), (102, '佐藤', 'はな', 'サトウ', 'ハナ'), (103, '髙橋', 'ゆい', 'タカハシ', 'ユイ'),
    (104, '中村', 'そら', 'ナカムラ', 'ソラ'), (105, '去った', '子', 'サッタ', 'コ'), (201, '森', 'あおい', 'モリ', 'アオイ'), (202, '林', 'ひな', 'ハヤシ', 'ヒナ')
) as t (student_id, family_name, given_name, family_name_kana, given_name_kana);
create table student_identifier as select student_id, 'N' || student_id as student_number, 'M' || student_id as master_id from student;
create table former_record as
select * from (values (102, 'mood', '遠くの小学校', 2025, date '2025-11-20'), (102, 'attendance', '遠くの小学校', 2025, date '2025-11-20'),
    (201, 'attendance', '遠くの小学校', 2025, date '2025-11-20')) as t (student_id, source, school_name, record_year, day);
create table attendance as select school_id, student_id, 2026 as fiscal_year, date '2026-11-20' as day, 'absent_sick' as status,
    false as is_late, false as is_early_leave, '発熱' as reason from student;
create table attendance_month as select school_id, student_id, 2026 as fiscal_year, date '2026-04-01' as month, 16 as required_days,
    0 as suspended_days, 1 as absent_days, 0 as late_days, 0 as early_leave_days from student;
create table assessment_result as select school_id, student_id, 2026 as fiscal_year, date '2026-11-20' as day, '算数' as subject,
    'まとめ' as title, 80.0 as score, 100.0 as full_score from student;
create table evaluation as select school_id, student_id, 2026 as fiscal_year, grade, 1 as term, '算数' as subject, 'A' as knowledge,
    'A' as thinking, 'A' as attitude, 3 as overall_mark from student;
create table narrative as select school_id, student_id, 2026 as fiscal_year, grade, 1 as term, date '2026-07-17' as day,
    '総合所見' as kind, 'よくがんばりました' as text from student;
create table enrollment as select school_id, student_id, class_id, 2026 as fiscal_year, grade, number, date '2026-04-01' as begins_on,
    ends_on from student;
create table staff as
select * from (values
    (1, 'T000001', '鈴木', '美咲'), (2, 'T000002', '田中', '健'), (3, 'T000003', '佐藤', '由美'), (4, 'T000004', '高橋', '一郎'),
    (5, 'T000005', '渡辺', '彩'), (6, 'T000006', '山本', '翔'), (7, 'T000007', '山田', '幸子'), (8, 'T000008', '佐々木', '大輔')
) as t (staff_id, staff_number, family_name, given_name);
create table staff_role as
select * from (values
    (1, 1, 2026, 'principal', date '2026-04-01', date '2027-03-31'), (2, 1, 2026, 'teacher', date '2026-04-01', date '2027-03-31'),
    (7, 1, 2026, 'aide', date '2026-04-01', date '2026-09-30'), (4, null, 2026, 'administrator', date '2026-04-01', date '9999-12-31')
) as t (staff_id, school_id, fiscal_year, role, begins_on, ends_on);
create table reach as
select * from (values
    (1, 'principal', 1, null, null, 'schoolwide'), (1, 'principal', 1, 5, 11, 'schoolwide'), (1, 'principal', 1, 5, 12, 'schoolwide'),
    (2, 'teacher', 1, 5, 11, 'homeroom'),
    (3, 'board_officer', null, null, null, 'district'),
    (4, 'administrator', null, null, null, 'district'),
    (5, 'school_nurse', 1, null, null, 'schoolwide'), (5, 'school_nurse', 1, 5, 11, 'schoolwide'), (5, 'school_nurse', 1, 5, 12, 'schoolwide'),
    (6, 'subject_teacher', 1, 5, 11, 'subject'), (6, 'subject_teacher', 1, 5, 12, 'subject'),
    (7, 'aide', 1, null, null, 'schoolwide'), (7, 'aide', 1, 5, 11, 'schoolwide'), (7, 'aide', 1, 5, 12, 'schoolwide'),
    (8, 'teacher', 2, 8, 21, 'homeroom'), (8, 'subject_teacher', 2, 8, 22, 'subject')
) as t (staff_id, role, school_id, grade, class_id, why);
create table academic_session as select 2026 as fiscal_year, '2026年度' as title, date '2026-04-01' as starts_on, date '2027-03-31' as ends_on;
create table school_day as
select s.school_id, g.grade, 2026 as fiscal_year, date '2026-11-20' as day, 1 as ordinal, true as is_to_date
from (values (1), (2)) as s (school_id) inner join (values (5), (8)) as g (grade) on (s.school_id = 1) = (g.grade = 5);
create table calendar_day as select school_id, grade, 2026 as fiscal_year, day, 'school_day' as kind, cast(null as varchar) as event from school_day;
create table coverage as select 1 as school_id, 'attendance' as source, date '2026-04-07' as starts_on, date '2026-11-20' as ends_on,
    date '2026-11-20' as recorded_through, 'rows' as evidence, 0 as silent_days, 1 as usual_silent_days, 10 as rows;
create table coverage_year as select school_id, source, 2026 as fiscal_year, starts_on as counts_from, recorded_through as counts_to, evidence
from coverage;
create table class_recorded as select 1 as school_id, 11 as class_id, 2026 as fiscal_year, date '2026-11-20' as recorded_through;
create table planned_attendance as select school_id, class_id, student_id, 2026 as fiscal_year, date '2027-03-31' as day,
    'absent_sick' as status, true as is_absent, false as is_excused, false as is_late, false as is_early_leave from student;
create table student_day as
select
    student.school_id, student.class_id, student.grade, student.student_id, 2026 as fiscal_year, date '2026-11-20' as day, 1 as ordinal,
    true as is_to_date, 'present' as attendance, true as is_present,
    false as is_absent, false as is_excused, true as is_required, student.student_id = 102 as is_late, false as is_early_leave, true as is_mood_asked,
    3 as mood_level, true as is_health_room_covered, 1 as health_room_visits, true as is_study_covered, 5.0 as study_minutes,
    10 as study_answers, 8 as study_correct
from student;
-- The child who left school 1, and a day child 201 spent at school 1 before moving to school 2.
insert into student_day select 1, 11, 5, 201, 2025, date '2025-11-20', 1, true, 'absent_sick', false, true, false, true, false, false, true, 4, true, 0, true, 0, 0, 0;
create table health_room_visit as
select school_id, student_id, 2026 as fiscal_year, date '2026-11-20' as day, '10:00' as entered_at, '10:20' as left_at, '内科' as reason,
    '頭痛' as symptom, 36.8 as temperature, '休養' as action from student where student_id <> 105;
create table study_day as
select school_id, class_id, student_id, 2026 as fiscal_year, date '2026-11-20' as day, '算数' as subject, 5.0 as minutes, 10 as answers, 8 as correct
from student where student_id <> 105;
create table staff_hours as
select * from (values
    (1, 1, 2026, date '2026-10-01', 210.0, 50.0), (1, 2, 2026, date '2026-10-01', 200.0, 45.5), (2, 8, 2026, date '2026-10-01', 220.0, 60.0)
) as t (school_id, staff_id, fiscal_year, month, hours, overtime_hours);
create table incident as
select * from (values
    (1, 2026, date '2026-10-01', 'bullying_recognized', 3), (2, 2026, date '2026-10-01', 'bullying_recognized', 7)
) as t (school_id, fiscal_year, month, kind, incidents);
create table staff_group_month as
select 1 as school_id, 2026 as fiscal_year, date '2026-10-01' as month, 'all' as staff_group, true as is_to_date, 12 as people, 480.0 as overtime_hours;
create table staff_pulse as
select * from (values
    (1, 2026, date '2026-10-01', '会議が多い', 4, 9), (1, 2026, date '2026-10-01', '会議が多い', 5, 2), (1, 2026, date '2026-06-01', '会議が多い', 5, 9),
    (2, 2026, date '2026-10-01', '会議が多い', 1, 3), (2, 2026, date '2026-10-01', '会議が多い', 3, 7),
    (2, 2026, date '2026-10-01', '会議が多い', 4, 6), (2, 2026, date '2026-10-01', '会議が多い', 5, 4),
    (2, 2026, date '2026-10-01', '校務が多い', 2, 20), (2, 2026, date '2026-10-01', '電話が多い', 5, 4),
    (2, 2026, date '2026-05-01', '会議が多い', 5, 20)
) as t (school_id, fiscal_year, month, question, level, people);
create table indicator as
select * from (values ('absence_rate', 'attendance'), ('mood_rain', 'mood'), ('overtime_hours', 'staff_hours')) as t (name, kind);
create table cell as
select * from (values
    ('absence_rate', 'class', 1, 5, 11, null, 'year', date '2026-04-01', 2026, 3.0, 300.0, 3, 2, true, false),
    ('absence_rate', 'class', 1, 5, 12, null, 'year', date '2026-04-01', 2026, 1.0, 100.0, 1, 1, true, false),
    ('absence_rate', 'class', 2, 8, 21, null, 'year', date '2026-04-01', 2026, 9.0, 100.0, 1, 1, true, false),
    ('absence_rate', 'school', 1, null, null, null, 'year', date '2026-04-01', 2026, 4.0, 400.0, 4, 3, true, false),
    ('absence_rate', 'school', 2, null, null, null, 'year', date '2026-04-01', 2026, 90.0, 9000.0, 60, 30, false, false),
    ('absence_rate', 'district', null, null, null, null, 'year', date '2026-04-01', 2026, 94.0, 9400.0, 64, 33, false, false),
    ('mood_rain', 'school', 1, null, null, null, 'year', date '2026-04-01', 2026, 30.0, 300.0, 40, 20, false, false),
    ('overtime_hours', 'school', 1, null, null, null, 'year', date '2026-04-01', 2026, 95.5, 2.0, 2, 2, true, false)
) as t (indicator, place, school_id, grade, class_id, school_kind, period, period_on, fiscal_year, numerator, denominator, people, cases, is_withheld, is_incomplete);
create table absence_by_sex as
select * from (values
    ('long_absence', null, 'female', 2026, 'year', 40, 900, false), ('long_absence', null, 'male', 2026, 'year', 38, 920, false),
    ('long_absence', null, 'unknown', 2026, 'year', 0, 0, false), ('long_absence', 'elementary', 'female', 2026, 'year', 3, 400, true)
) as t (indicator, school_kind, sex, fiscal_year, period, cases, people, is_withheld);
create table reconciliation as
select * from (values
    (1, 11, 2026, date '2026-10-01', 'absent_days', 7, 5), (1, 12, 2026, date '2026-10-01', 'absent_days', 2, 2),
    (2, 21, 2026, date '2026-10-01', 'school_days', 20, 21)
) as t (school_id, class_id, fiscal_year, month, measure, told, counted);
create table reconciliation_day as
select * from (values
    (1, 11, 2026, date '2026-10-01', 'absent_days', date '2026-10-07', 'other_kind', null, 2),
    (2, 21, 2026, date '2026-10-01', 'school_days', date '2026-10-10', 'weekend', null, null)
) as t (school_id, class_id, fiscal_year, month, measure, day, why, event, children);
create table load as select 1 as load_id, timestamp '2026-11-20 18:00:00' as loaded_at;
create table load_source as
select 1 as file_id, 1 as load_id, 'attendance' as source, 'attendance-2026.csv' as file, 10 as rows_read, 9 as rows_loaded,
    1 as rows_rejected, date '2026-04-07' as first_on, date '2026-11-20' as last_on, 'loaded' as outcome, 0 as rows_unchanged,
    1 as rows_remarked, cast(null as varchar) as message_ja, cast(null as varchar) as message_en, cast(null as varchar) as remedy_ja,
    cast(null as varchar) as remedy_en, true as is_in_force;
create table lineage as
select * from (values
    (1, 'attendance', 2026, 1, date '2026-04-07', date '2026-11-18', 9), (2, 'attendance', 2026, 1, date '2026-04-07', date '2026-11-20', 5),
    (1, 'mood', 2026, 1, date '2026-04-07', date '2026-11-20', 4), (1, 'calendar', 2026, 1, date '2026-04-01', date '2027-03-31', 365)
) as t (school_id, source, fiscal_year, file_id, first_on, last_on, rows);
create table row_issue as
select * from (values
    ('rejected', 1, 1, 7, '児童生徒番号', '20260001', 'unknown_child', '…', '…', '「…」の子は2026年度の名簿にいません。', 'No child “…” is in the 2026 roster.',
        '番号を確かめてください。', 'Check the number.'),
    ('remarked', 1, 1, 8, '日付', null, 'out_of_school_day', null, null, '授業日でない日の記録です。', 'A record of a day without school.',
        '行事暦か日付を確かめてください。', 'Check the calendar or the date.')
) as t (outcome, load_id, file_id, file_row, "column", value, code, message_ja, message_en, said_ja, said_en, said_remedy_ja, said_remedy_en);
create table rejected_place as
select * from (values
    (1, 'attendance', 2026, 1, 11, date '2026-11-01', 'unknown_code', '出欠区分', 'インフル', '[codes.status]', 12, 12, date '2026-11-02', date '2026-11-18'),
    (1, 'attendance', 2026, 1, 11, date '2026-11-01', 'unknown_code', '出欠区分', null, null, 2, 2, date '2026-11-02', date '2026-11-03')
) as t (file_id, source, fiscal_year, school_id, class_id, month, code, "column", "value", lines, rows_rejected, rows_missing, first_on, last_on);
create table incomplete_place as
select * from (values
    ('attendance', 2026, 1, null, date '2026-11-01', date '2026-11-02', date '2026-11-18', 'unknown_code', '出欠区分', 14, 23, 60.9),
    ('attendance', 2026, 1, 11, date '2026-11-01', date '2026-11-02', date '2026-11-18', 'unknown_code', '出欠区分', 14, 20, 70.0)
) as t (source, fiscal_year, school_id, class_id, month, first_on, last_on, code, "column", rows_missing, rows_told, share);
create table reason as
select 'unknown_child' as code, '「{value}」の子は{year}年度の名簿にいません。' as message_ja, 'No child “{value}” is in the {year} roster.' as message_en,
    '番号を確かめてください。' as remedy_ja, 'Check the number.' as remedy_en;
create table flow as
select 'attendance' as source, 0 as list_order, 'attendance' as tables, 'daily' as beat, 'day' as day_column, true as lists_exceptions,
    '出欠' as label_ja, 'Attendance' as label_en, '…' as purpose_ja,
    '…' as purpose_en, '…' as seen_by_ja, '…' as seen_by_en, '…' as retention_ja, '…' as retention_en, '毎日' as frequency_ja, 'daily' as frequency_en;
create table dictionary_entry as
select 'attendance' as table_name, 0 as list_order, 1 as column_order, 'status' as column_name, 'varchar' as column_type, 'attendance' as source,
    '出欠' as meaning_ja, 'Attendance' as meaning_en;
create table signal as
select
    name, row_number() over () as list_order, kinds, 0 as decimals, name as label_ja, name as label_en, '…' as rule_ja, '…' as rule_en,
    '{found}' as said_ja, '{found}' as said_en, '{found} ({usual})' as said_usual_ja, '{found} ({usual})' as said_usual_en,
    '{found}, {elsewhere}' as said_elsewhere_ja, '{found}, {elsewhere}' as said_elsewhere_en, '{found} here' as said_here_ja,
    '{found} here' as said_here_en,
    10 as shown_days, 10 as again_days, 1 as thresholds_version, date '2026-04-01' as decided_on
from (values
    ('absence_run', ['attendance']), ('mood_run', ['mood']), ('health_room_visits', ['attendance', 'health_room']),
    ('accuracy_drop', ['study_log']), ('contradiction', ['attendance', 'mood', 'health_room'])
) as t (name, kinds);
-- Every signal speaks of every child; of child 201 one of the old school does as well.
create table flag as
select
    student.school_id, student.class_id, student.student_id, signal.name as signal, 2026 as fiscal_year, date '2026-11-18' as begins_on,
    date '2026-11-20' as last_on, date '2026-11-17' as since, 3.0 as found, cast(null as double) as usual, cast(null as double) as out_of,
    0 as missing, 0 as elsewhere
from student cross join signal where student.class_id is not null;
-- Two of the days found of child 201 where it is now were at the old school.
update flag set elsewhere = 2 where school_id = 2 and student_id = 201 and signal = 'absence_run';
insert into flag select 1, 11, 201, 'absence_run', 2026, date '2026-05-11', date '2026-05-12', date '2026-05-08', 4.0, null, null, 0, 0;
create table flag_day as select school_id, student_id, signal, begins_on, last_on as day from flag;
create table school_fact as
select * from (values
    (1, 2026, 40, 2, 1, 5, 12, 10.0), (2, 2026, 600, 20, 2, 12, 33, 12.5)
) as t (school_id, fiscal_year, students, classes, special_needs_classes, special_needs_students, staff, school_aid_rate);
create table dx_answer as
select * from (values (1, 2026, '01', '押印を求める文書をなくしている', 'no')) as t (school_id, fiscal_year, item, item_name, answer);
-- What two towns have sent: attendance and hours from one, mood from the other, which its prefecture is not to see.
create table municipality as
select * from (values ('131998', 'ひので町', date '2026-11-19'), ('131999', 'みどり市', date '2026-11-20')) as t (municipality_code, name, counted_until);
create table municipality_figure as
select * from (values
    ('131999', 'absence_rate', null, null, 'year', date '2026-04-01', 2026, 94.0, 9400.0, 64),
    ('131999', 'overtime_hours', null, null, 'year', date '2026-04-01', 2026, 400.0, 12.0, 12),
    ('131998', 'mood_rain', null, null, 'year', date '2026-04-01', 2026, 30.0, 300.0, 40)
) as t (municipality_code, indicator, school_kind, grade, period, period_on, fiscal_year, numerator, denominator, people);
insert into staff values (9, 'T000009', '岡田', '亮');
insert into reach values (9, 'prefecture_officer', null, null, null, 'prefecture');
alter table reach add column begins_on date default date '2026-04-01';
alter table reach add column ends_on date default date '2027-03-31';
update reach set ends_on = date '9999-12-31' where role = 'administrator';
