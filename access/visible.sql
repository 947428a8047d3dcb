-- Every rule of who sees which rows, as views. A question names these views and nothing else.
-- The gate creates, for each question, the views it needs, on a cursor of its own that knows the viewer as one variable:
--   staff_id, role, masked   who asks, and whether a wall looks with them
--   named                    kinds of data this viewer sees by name (none on a projector)
--   counts                   kinds of data this viewer sees as numbers (includes named)
--   schools                  schools whose numbers this viewer may see               } out of reach.sql:
--   whole_schools            schools this viewer reaches as a whole                  } the rights the roster
--   classes                  classes this viewer reaches                             } gives this person today
--   naming_roles             roles that see children by name at all
--   today, fiscal_year       the day it is and its 年度: rights begin and end by the calendar alone
--   earlier_schools          whether the board lets the school of today see what earlier schools recorded about its children
-- `sight` says who gets the view at all:
--   rule      only other views may use it
--   counts    numbers, places and the calendar: every viewer
--   named     rows of children or of single staff: only viewers who see something by name
--   load      what came in: viewers with the kind `load`
--   account   staff by name, to give accounts: viewers with the kind `account` by name

-- view: viewer_student · sight: rule
-- Children this viewer may see by name: those who are in a reached class today.
create temp view viewer_student as
select
    student.student_id,
    student.school_id
from district.student as student
where list_contains(getvariable('viewer').classes, student.class_id)
    and getvariable('viewer').today between student.begins_on and student.ends_on
    and list_contains(getvariable('viewer').named, 'roster');

-- view: school · sight: counts
create temp view school as
select
    school.school_id,
    school.key,
    school.name,
    school.kind,
    school.list_order
from district.school as school
where list_contains(getvariable('viewer').schools, school.school_id);

-- view: class · sight: counts
-- Classes of the current 年度 in reach; whoever sees only whole schools sees no class.
create temp view class as
select
    class.class_id,
    class.key,
    class.school_id,
    class.fiscal_year,
    class.grade,
    class.name,
    class.is_special_needs
from district.class as class
where list_contains(getvariable('viewer').classes, class.class_id);

-- view: as_of · sight: counts
create temp view as_of as
select
    as_of.day,
    as_of.fiscal_year
from district.as_of as as_of;

-- view: academic_session · sight: counts
create temp view academic_session as
select
    academic_session.fiscal_year,
    academic_session.title,
    academic_session.starts_on,
    academic_session.ends_on
from district.academic_session as academic_session;

-- view: school_day · sight: counts
create temp view school_day as
select
    school_day.school_id,
    school_day.grade,
    school_day.fiscal_year,
    school_day.day,
    school_day.ordinal,
    school_day.is_to_date
from district.school_day as school_day
where school_day.school_id in (select unnest(getvariable('viewer').schools));

-- view: calendar_day · sight: counts
create temp view calendar_day as
select
    calendar_day.school_id,
    calendar_day.grade,
    calendar_day.fiscal_year,
    calendar_day.day,
    calendar_day.kind,
    calendar_day.event
from district.calendar_day as calendar_day
where list_contains(getvariable('viewer').schools, calendar_day.school_id);

-- view: coverage · sight: counts
-- From when to when each source speaks for each school, and why it is believed so far.
create temp view coverage as
select
    coverage.school_id,
    coverage.source,
    coverage.starts_on,
    coverage.ends_on,
    coverage.recorded_through,
    coverage.evidence,
    coverage.silent_days,
    coverage.usual_silent_days
from district.coverage as coverage
where list_contains(getvariable('viewer').schools, coverage.school_id);

-- view: class_recorded · sight: counts
-- Through which day the register of a class is in: by its class for whoever reaches it, and for everybody else as one of so many classes.
create temp view class_recorded as
select
    class_recorded.school_id,
    class_recorded.fiscal_year,
    case when list_contains(getvariable('viewer').classes, class_recorded.class_id) then class_recorded.class_id end as class_id,
    class_recorded.recorded_through
from district.class_recorded as class_recorded
where list_contains(getvariable('viewer').schools, class_recorded.school_id);

-- view: incomplete_place · sight: counts
-- Of which school, or class in reach, a month's records of a source are incomplete, and why; how many rows, only for the head.
create temp view incomplete_place as
select
    incomplete_place.school_id,
    incomplete_place.class_id,
    incomplete_place.source,
    incomplete_place.fiscal_year,
    incomplete_place.month,
    incomplete_place.first_on,
    incomplete_place.last_on,
    incomplete_place.code,
    incomplete_place.rows_missing = incomplete_place.rows_told as is_nothing_loaded,
    case
        when list_contains(getvariable('viewer').named, incomplete_place.source)
            and list_contains(getvariable('viewer').whole_schools, incomplete_place.school_id) then incomplete_place.rows_missing
    end as rows_missing,
    case
        when list_contains(getvariable('viewer').named, incomplete_place.source)
            and list_contains(getvariable('viewer').whole_schools, incomplete_place.school_id) then incomplete_place.rows_told
    end as rows_told
from district.incomplete_place as incomplete_place
where list_contains(getvariable('viewer').schools, incomplete_place.school_id)
    and (incomplete_place.class_id is null or list_contains(getvariable('viewer').classes, incomplete_place.class_id))
    and (
        list_contains(getvariable('viewer').counts, incomplete_place.source)
        or (getvariable('viewer').role = 'administrator' and list_contains(getvariable('viewer').counts, 'load'))
    );

-- view: cell · sight: counts
-- Counted figures of the places in reach. Whoever does not see the place by name gets no figure the load has
-- marked as withheld; the row stays, so that a page can say why there is none.
create temp view cell as
with place_cell as (
    select
        cell.*,
        list_contains(getvariable('viewer').named, indicator.kind) and case
            when cell.place = 'class'
                then list_contains(getvariable('viewer').classes, cell.class_id)
            when cell.place in ('grade', 'school')
                then list_contains(getvariable('viewer').whole_schools, cell.school_id)
            else false
        end as is_in_named_reach,
        -- a grade, less its own classes, leaves the few children it has in a class of several grades: who sees classes sees no such grade
        cell.place = 'grade' and cell.school_id in (
            select class.school_id
            from district.class as class
            where class.grade is null and list_contains(getvariable('viewer').classes, class.class_id)
        ) as is_beside_classes
    from district.cell as cell
    inner join district.indicator as indicator on cell.indicator = indicator.name
    where list_contains(getvariable('viewer').counts, indicator.kind)
        and case
            when cell.place in ('district', 'kind', 'kind_grade') then true
            when cell.place in ('school', 'grade')
                then list_contains(getvariable('viewer').schools, cell.school_id)
            else list_contains(getvariable('viewer').classes, cell.class_id)
        end
),

guarded_cell as (
    select
        place_cell.*,
        not place_cell.is_in_named_reach and (place_cell.is_withheld or place_cell.is_beside_classes) as is_hidden
    from place_cell
)

select
    guarded_cell.indicator,
    guarded_cell.place,
    guarded_cell.school_id,
    guarded_cell.grade,
    guarded_cell.class_id,
    guarded_cell.school_kind,
    guarded_cell.period,
    guarded_cell.period_on,
    guarded_cell.fiscal_year,
    case when not guarded_cell.is_hidden then guarded_cell.numerator end as numerator,
    case when not guarded_cell.is_hidden then guarded_cell.denominator end as denominator,
    case when not guarded_cell.is_hidden then guarded_cell.people end as people,
    guarded_cell.is_hidden,
    guarded_cell.is_incomplete
from guarded_cell;

-- view: student · sight: named
-- Children in reach, without their names.
create temp view student as
select
    student.student_id,
    student.key,
    student.school_id,
    student.class_id,
    student.grade,
    student.number
from district.student as student
-- the rule of viewer_student once more: looked up child by child it would be asked of every child of the city
where list_contains(getvariable('viewer').classes, student.class_id)
    and getvariable('viewer').today between student.begins_on and student.ends_on
    and list_contains(getvariable('viewer').named, 'roster');

-- view: student_name · sight: named
-- The only view that knows a child's name.
create temp view student_name as
select
    student_name.student_id,
    student_name.family_name,
    student_name.given_name,
    student_name.family_name_kana,
    student_name.given_name_kana
from district.student_name as student_name
where student_name.student_id in (select viewer_student.student_id from viewer_student as viewer_student);

-- view: student_day · sight: named
-- One school day of one child in reach, at the viewer's own school and, where the board lets it, at earlier ones; each kind
-- of data only where it is shared by name.
create temp view student_day as
select
    student_day.school_id,
    student_day.class_id,
    student_day.grade,
    student_day.student_id,
    student_day.fiscal_year,
    student_day.day,
    student_day.ordinal,
    student_day.is_to_date,
    case when list_contains(getvariable('viewer').named, 'attendance') then student_day.attendance end as attendance,
    case when list_contains(getvariable('viewer').named, 'attendance') then student_day.is_absent end as is_absent,
    case when list_contains(getvariable('viewer').named, 'attendance') then student_day.is_excused end as is_excused,
    case when list_contains(getvariable('viewer').named, 'attendance') then student_day.is_required end as is_required,
    case when list_contains(getvariable('viewer').named, 'attendance') then student_day.is_late end as is_late,
    case
        when list_contains(getvariable('viewer').named, 'attendance') then student_day.is_early_leave
    end as is_early_leave,
    student_day.is_mood_asked and list_contains(getvariable('viewer').named, 'mood') as is_mood_asked,
    case when list_contains(getvariable('viewer').named, 'mood') then student_day.mood_level end as mood_level,
    student_day.is_health_room_covered
    and list_contains(getvariable('viewer').named, 'health_room') as is_health_room_covered,
    case
        when list_contains(getvariable('viewer').named, 'health_room') then student_day.health_room_visits
    end as health_room_visits,
    student_day.is_study_covered and list_contains(getvariable('viewer').named, 'study_log') as is_study_covered,
    case when list_contains(getvariable('viewer').named, 'study_log') then student_day.study_minutes end as study_minutes,
    case when list_contains(getvariable('viewer').named, 'study_log') then student_day.study_answers end as study_answers,
    case when list_contains(getvariable('viewer').named, 'study_log') then student_day.study_correct end as study_correct
from district.student_day as student_day
inner join viewer_student as viewer_student
    on student_day.student_id = viewer_student.student_id
    and (student_day.school_id = viewer_student.school_id or getvariable('viewer').earlier_schools);

-- view: signal · sight: counts
-- The rules by which flags are raised, with the thresholds they ran with. They tell of no child.
create temp view signal as
select
    signal.name,
    signal.list_order,
    signal.kinds,
    signal.decimals,
    signal.label_ja,
    signal.label_en,
    signal.rule_ja,
    signal.rule_en,
    signal.said_ja,
    signal.said_en,
    signal.said_usual_ja,
    signal.said_usual_en,
    signal.said_elsewhere_ja,
    signal.said_elsewhere_en,
    signal.said_here_ja,
    signal.said_here_en,
    signal.shown_days,
    signal.again_days,
    signal.thresholds_version,
    signal.decided_on
from district.signal as signal;

-- view: flag · sight: named
-- Flags of this 年度 of children in reach, at the viewer's own school; only where every kind of record the rule rests on is shared by
-- name. Those of a year that is over are nobody's work any more. One that counts days of an earlier school is seen while the board lets it.
create temp view flag as
select
    flag.school_id,
    flag.student_id,
    flag.signal,
    flag.fiscal_year,
    flag.begins_on,
    flag.last_on,
    flag.since,
    flag.found,
    flag.usual,
    flag.out_of,
    flag.missing,
    flag.elsewhere
from district.flag as flag
inner join signal as signal
    on flag.signal = signal.name
inner join viewer_student as viewer_student
    on flag.student_id = viewer_student.student_id
    and flag.school_id = viewer_student.school_id
where list_has_all(getvariable('viewer').named, signal.kinds)
    and flag.fiscal_year = getvariable('viewer').fiscal_year
    and (coalesce(flag.elsewhere, 0) = 0 or getvariable('viewer').earlier_schools);

-- view: flag_day · sight: named
-- The days a flag rests on, of the flags this viewer sees.
create temp view flag_day as
select
    flag_day.school_id,
    flag_day.student_id,
    flag_day.signal,
    flag_day.begins_on,
    flag_day.day
from district.flag_day as flag_day
inner join flag as flag
    on flag_day.school_id = flag.school_id
    and flag_day.student_id = flag.student_id
    and flag_day.signal = flag.signal
    and flag_day.begins_on = flag.begins_on;

-- view: health_room_visit · sight: named
-- Visits of children in reach; what was written about them only for those who may read it.
create temp view health_room_visit as
select
    health_room_visit.school_id,
    health_room_visit.student_id,
    health_room_visit.fiscal_year,
    health_room_visit.day,
    health_room_visit.entered_at,
    health_room_visit.left_at,
    health_room_visit.reason,
    case
        when list_contains(getvariable('viewer').named, 'health_room_text') then health_room_visit.symptom
    end as symptom,
    case
        when list_contains(getvariable('viewer').named, 'health_room_text') then health_room_visit.temperature
    end as temperature,
    case
        when list_contains(getvariable('viewer').named, 'health_room_text') then health_room_visit.action
    end as action
from district.health_room_visit as health_room_visit
inner join viewer_student as viewer_student
    on health_room_visit.student_id = viewer_student.student_id
    and (health_room_visit.school_id = viewer_student.school_id or getvariable('viewer').earlier_schools)
where list_contains(getvariable('viewer').named, 'health_room');

-- view: study_day · sight: named
create temp view study_day as
select
    study_day.school_id,
    study_day.class_id,
    study_day.student_id,
    study_day.fiscal_year,
    study_day.day,
    study_day.subject,
    study_day.minutes,
    study_day.answers,
    study_day.correct
from district.study_day as study_day
inner join viewer_student as viewer_student
    on study_day.student_id = viewer_student.student_id
    and (study_day.school_id = viewer_student.school_id or getvariable('viewer').earlier_schools)
where list_contains(getvariable('viewer').named, 'study_log');

-- view: staff_hours · sight: counts
-- A person's hours: that person, and the head of the school.
create temp view staff_hours as
select
    staff_hours.school_id,
    staff_hours.staff_id,
    staff_hours.fiscal_year,
    staff_hours.month,
    staff_hours.hours,
    staff_hours.overtime_hours,
    staff_hours.staff_id = getvariable('viewer').staff_id as is_viewer
from district.staff_hours as staff_hours
where not getvariable('viewer').masked
    and (
        staff_hours.staff_id = getvariable('viewer').staff_id
        or (
            list_contains(getvariable('viewer').named, 'staff_hours')
            and list_contains(getvariable('viewer').whole_schools, staff_hours.school_id)
        )
    );

-- view: incident · sight: counts
-- How often a school recognized what; at a desk only, for a case or two are about children everybody in the room knows.
create temp view incident as
select
    incident.school_id,
    incident.fiscal_year,
    incident.month,
    incident.kind,
    incident.incidents
from district.incident as incident
where not getvariable('viewer').masked
    and list_contains(getvariable('viewer').schools, incident.school_id)
    and list_contains(getvariable('viewer').counts, 'incidents');

-- view: staff_name · sight: counts
-- Who a member of staff is, for the head of the school whose hours stand beside it.
create temp view staff_name as
select
    staff.staff_id,
    staff.staff_number,
    staff.family_name as staff_family_name,
    staff.given_name as staff_given_name
from district.staff as staff
where not getvariable('viewer').masked
    and list_contains(getvariable('viewer').named, 'staff_hours')
    and staff.staff_id in (
        select staff_role.staff_id
        from district.staff_role as staff_role
        where list_contains(getvariable('viewer').whole_schools, staff_role.school_id)
    );

-- view: staff_group_month · sight: counts
-- Hours of groups of staff; the load has seen to it that none is of fewer than ten people, nor can be got by subtraction.
create temp view staff_group_month as
select
    staff_group_month.school_id,
    staff_group_month.fiscal_year,
    staff_group_month.month,
    staff_group_month.staff_group,
    staff_group_month.is_to_date,
    staff_group_month.people,
    staff_group_month.overtime_hours
from district.staff_group_month as staff_group_month
where list_contains(getvariable('viewer').schools, staff_group_month.school_id)
    and list_contains(getvariable('viewer').counts, 'staff_hours');

-- view: staff_pulse · sight: counts
-- Answers of a school's staff, where ten or more have answered; of fewer only that there were fewer.
-- heavy_answers are those of the question that chose 4 or 5.
create temp view staff_pulse as
with asked as (
    select
        staff_pulse.school_id,
        staff_pulse.fiscal_year,
        staff_pulse.month,
        staff_pulse.question,
        staff_pulse.level,
        staff_pulse.people,
        cast(
            sum(staff_pulse.people)
                over (partition by staff_pulse.school_id, staff_pulse.month, staff_pulse.question) as integer
        ) as answered,
        cast(
            sum(staff_pulse.people) filter (where staff_pulse.level >= 4)
                over (partition by staff_pulse.school_id, staff_pulse.month, staff_pulse.question) as integer
        ) as heavy_answers
    from district.staff_pulse as staff_pulse
    where list_contains(getvariable('viewer').schools, staff_pulse.school_id)
        and list_contains(getvariable('viewer').counts, 'staff_pulse')
)

select
    asked.school_id,
    asked.fiscal_year,
    asked.month,
    asked.question,
    asked.level,
    case when asked.answered >= 10 then asked.people end as answers,
    case when asked.answered >= 10 then asked.answered end as answered,
    case when asked.answered >= 10 then asked.heavy_answers end as heavy_answers,
    asked.answered < 10 as is_hidden
from asked;

-- view: attendance · sight: named
-- The register with the reason of each absence: what a head hands over when a child leaves, at the own school, for nobody else.
create temp view attendance as
select
    attendance.school_id,
    attendance.student_id,
    attendance.fiscal_year,
    attendance.day,
    attendance.status,
    attendance.is_late,
    attendance.is_early_leave,
    attendance.reason
from district.attendance as attendance
inner join viewer_student as viewer_student
    on attendance.student_id = viewer_student.student_id
    and attendance.school_id = viewer_student.school_id
where list_contains(getvariable('viewer').named, 'attendance')
    and getvariable('viewer').role = 'principal';

-- view: attendance_month · sight: named
-- Counts of a child's months, of children in reach, at the viewer's own school and, where the board lets it, at earlier ones.
create temp view attendance_month as
select
    attendance_month.school_id,
    attendance_month.student_id,
    attendance_month.fiscal_year,
    attendance_month.month,
    attendance_month.required_days,
    attendance_month.suspended_days,
    attendance_month.absent_days,
    attendance_month.late_days,
    attendance_month.early_leave_days
from district.attendance_month as attendance_month
inner join viewer_student as viewer_student
    on attendance_month.student_id = viewer_student.student_id
    and (attendance_month.school_id = viewer_student.school_id or getvariable('viewer').earlier_schools)
where list_contains(getvariable('viewer').named, 'attendance');

-- view: planned_attendance · sight: named
-- What has been said ahead of the register (届出) of children in reach, at the viewer's own school; without a reason.
create temp view planned_attendance as
select
    planned_attendance.school_id,
    planned_attendance.student_id,
    planned_attendance.day,
    planned_attendance.status,
    planned_attendance.is_absent,
    planned_attendance.is_excused,
    planned_attendance.is_late,
    planned_attendance.is_early_leave
from district.planned_attendance as planned_attendance
inner join viewer_student as viewer_student
    on planned_attendance.student_id = viewer_student.student_id
    and planned_attendance.school_id = viewer_student.school_id
where list_contains(getvariable('viewer').named, 'attendance');

-- view: assessment_result · sight: named
create temp view assessment_result as
select
    assessment_result.school_id,
    assessment_result.student_id,
    assessment_result.fiscal_year,
    assessment_result.day,
    assessment_result.subject,
    assessment_result.title,
    assessment_result.score,
    assessment_result.full_score
from district.assessment_result as assessment_result
inner join viewer_student as viewer_student
    on assessment_result.student_id = viewer_student.student_id
    and (assessment_result.school_id = viewer_student.school_id or getvariable('viewer').earlier_schools)
where list_contains(getvariable('viewer').named, 'assessment');

-- view: evaluation · sight: named
create temp view evaluation as
select
    evaluation.school_id,
    evaluation.student_id,
    evaluation.fiscal_year,
    evaluation.grade,
    evaluation.term,
    evaluation.subject,
    evaluation.knowledge,
    evaluation.thinking,
    evaluation.attitude,
    evaluation.overall_mark
from district.evaluation as evaluation
inner join viewer_student as viewer_student
    on evaluation.student_id = viewer_student.student_id
    and (evaluation.school_id = viewer_student.school_id or getvariable('viewer').earlier_schools)
where list_contains(getvariable('viewer').named, 'evaluation');

-- view: narrative · sight: named
create temp view narrative as
select
    narrative.school_id,
    narrative.student_id,
    narrative.fiscal_year,
    narrative.grade,
    narrative.term,
    narrative.day,
    narrative.kind,
    narrative.text
from district.narrative as narrative
inner join viewer_student as viewer_student
    on narrative.student_id = viewer_student.student_id
    and (narrative.school_id = viewer_student.school_id or getvariable('viewer').earlier_schools)
where list_contains(getvariable('viewer').named, 'narrative');

-- view: enrollment · sight: named
-- The classes a child has been in, with the school's name: an earlier school is not in the viewer's own list of schools.
create temp view enrollment as
select
    enrollment.school_id,
    enrollment.student_id,
    enrollment.fiscal_year,
    school.name as school_name,
    school.kind as school_kind,
    class.key as class_key,
    class.name as class_name,
    enrollment.grade,
    enrollment.number,
    enrollment.begins_on,
    enrollment.ends_on
from district.enrollment as enrollment
inner join district.class as class on enrollment.class_id = class.class_id
inner join district.school as school on enrollment.school_id = school.school_id
inner join viewer_student as viewer_student
    on enrollment.student_id = viewer_student.student_id
    and (enrollment.school_id = viewer_student.school_id or getvariable('viewer').earlier_schools)
where list_contains(getvariable('viewer').named, 'roster');

-- view: student_identifier · sight: named
create temp view student_identifier as
select
    student_identifier.student_id,
    student_identifier.student_number,
    student_identifier.master_id
from district.student_identifier as student_identifier
inner join viewer_student as viewer_student on student_identifier.student_id = viewer_student.student_id
where getvariable('viewer').role = 'principal';

-- view: former_record · sight: named
-- What came with a child from a school elsewhere; each kind of record for whoever sees that kind here by name.
create temp view former_record as
select
    former_record.student_id,
    former_record.source,
    former_record.school_name,
    former_record.record_year,
    former_record.day
from district.former_record as former_record
where former_record.student_id in (select viewer_student.student_id from viewer_student as viewer_student)
    and list_contains(
        getvariable('viewer').named, case when former_record.source = 'enrollment' then 'roster' else former_record.source end
    );

-- view: student_reach · sight: named
-- Who else can see a child that this viewer can see, and why.
create temp view student_reach as
select
    student.student_id,
    reach.role,
    reach.why,
    reach.staff_id = getvariable('viewer').staff_id and reach.role = getvariable('viewer').role as is_viewer,
    staff.family_name as staff_family_name,
    staff.given_name as staff_given_name
from district.student as student
inner join viewer_student as viewer_student on student.student_id = viewer_student.student_id
inner join district.reach as reach
    on student.class_id = reach.class_id and getvariable('viewer').today between reach.begins_on and reach.ends_on
inner join district.staff as staff on reach.staff_id = staff.staff_id
where list_contains(getvariable('viewer').naming_roles, reach.role)
    and getvariable('viewer').today between student.begins_on and student.ends_on;

-- view: staff_directory · sight: account
-- Who works where today, by name, for whoever gives accounts; a person without an office today has a row without a role.
create temp view staff_directory as
select
    staff.staff_number,
    staff.family_name as staff_family_name,
    staff.given_name as staff_given_name,
    office.role,
    office.school_id
from district.staff as staff
left join (
    select distinct
        staff_role.staff_id,
        staff_role.role,
        staff_role.school_id
    from district.staff_role as staff_role
    where getvariable('viewer').today between staff_role.begins_on and staff_role.ends_on
) as office on staff.staff_id = office.staff_id
where list_contains(getvariable('viewer').named, 'account')
    and getvariable('viewer').role = 'administrator';

-- view: lineage · sight: counts
-- Where figures come from. Source, load and days for whoever sees numbers of that source, and for the administrator; a file speaks for
-- a school no further than is believed of it (coverage_year);
-- names of files, which people make up, only for the head and the administrator; numbers of rows only for the head.
create temp view lineage as
select
    lineage.school_id,
    lineage.source,
    lineage.fiscal_year,
    lineage.first_on,
    lineage.last_on,
    least(load_source.last_on, coalesce(coverage_year.counts_to, load_source.last_on)) as file_last_on,
    load_source.file_id,
    load_source.load_id,
    load.loaded_at,
    case
        when list_contains(getvariable('viewer').counts, 'load') and not getvariable('viewer').masked
            and getvariable('viewer').role in ('administrator', 'principal') then load_source.file
    end as file,
    case
        when list_contains(getvariable('viewer').named, lineage.source)
            and list_contains(getvariable('viewer').whole_schools, lineage.school_id) then lineage.rows
    end as rows
from district.lineage as lineage
left join district.load_source as load_source on lineage.file_id = load_source.file_id
left join district.coverage_year as coverage_year
    on lineage.school_id = coverage_year.school_id
    and lineage.source = coverage_year.source
    and lineage.fiscal_year = coverage_year.fiscal_year
left join district.load as load on load_source.load_id = load.load_id
where list_contains(getvariable('viewer').schools, lineage.school_id)
    and (
        lineage.source in ('roster', 'calendar', 'attendance_totals')
        or list_contains(getvariable('viewer').counts, lineage.source)
        or (lineage.source = 'attendance_month' and list_contains(getvariable('viewer').named, 'attendance'))
        or (getvariable('viewer').role = 'administrator' and list_contains(getvariable('viewer').counts, 'load'))
    );

-- view: reconciliation · sight: load
-- Totals of the schools' own systems beside ours. The head of a school sees both; the administrator, who sees no child, and a
-- wall only where they differ, and by how many 授業日: how many absences differ in a class of one child would be about that child.
create temp view reconciliation as
select
    reconciliation.school_id,
    reconciliation.class_id,
    class.name as class_name,
    reconciliation.fiscal_year,
    reconciliation.month,
    reconciliation.measure,
    case
        when list_contains(getvariable('viewer').named, 'attendance')
            and list_contains(getvariable('viewer').whole_schools, reconciliation.school_id) then reconciliation.told
    end as told,
    case
        when list_contains(getvariable('viewer').named, 'attendance')
            and list_contains(getvariable('viewer').whole_schools, reconciliation.school_id) then reconciliation.counted
    end as counted,
    reconciliation.told <> reconciliation.counted as is_different,
    case
        when reconciliation.measure = 'school_days'
            or (
                list_contains(getvariable('viewer').named, 'attendance')
                and list_contains(getvariable('viewer').whole_schools, reconciliation.school_id)
            ) then reconciliation.told - reconciliation.counted
    end as more
from district.reconciliation as reconciliation
inner join district.class as class on reconciliation.class_id = class.class_id
where list_contains(getvariable('viewer').counts, 'load')
    and list_contains(getvariable('viewer').schools, reconciliation.school_id)
    and getvariable('viewer').role in ('principal', 'administrator');

-- view: reconciliation_day · sight: load
-- Without the register by name only days of the calendar: a day on which somebody was away is a child's own.
create temp view reconciliation_day as
select
    reconciliation_day.school_id,
    reconciliation_day.class_id,
    reconciliation_day.fiscal_year,
    reconciliation_day.month,
    reconciliation_day.measure,
    reconciliation_day.day,
    reconciliation_day.why,
    reconciliation_day.event,
    case
        when list_contains(getvariable('viewer').named, 'attendance')
            and list_contains(getvariable('viewer').whole_schools, reconciliation_day.school_id) then reconciliation_day.children
    end as children
from district.reconciliation_day as reconciliation_day
where list_contains(getvariable('viewer').counts, 'load')
    and list_contains(getvariable('viewer').schools, reconciliation_day.school_id)
    and getvariable('viewer').role in ('principal', 'administrator')
    and (
        reconciliation_day.why in ('closure', 'closed', 'weekend')
        or (
            list_contains(getvariable('viewer').named, 'attendance')
            and list_contains(getvariable('viewer').whole_schools, reconciliation_day.school_id)
        )
    );

-- view: load · sight: load
create temp view load as
select
    load.load_id,
    load.loaded_at
from district.load as load
where list_contains(getvariable('viewer').counts, 'load');

-- view: load_source · sight: load
-- The files read, and what is to be said about each as a whole.
create temp view load_source as
select
    load_source.file_id,
    load_source.load_id,
    load_source.source,
    load_source.file,
    load_source.outcome,
    load_source.rows_read,
    load_source.rows_loaded,
    load_source.rows_unchanged,
    load_source.rows_rejected,
    load_source.rows_remarked,
    load_source.first_on,
    load_source.last_on,
    load_source.message_ja,
    load_source.message_en,
    load_source.remedy_ja,
    load_source.remedy_en,
    load_source.is_in_force
from district.load_source as load_source
where list_contains(getvariable('viewer').counts, 'load')
    and getvariable('viewer').role = 'administrator';

-- view: rejected_row · sight: load
-- Where a row was set aside and why; never what it said, for that may be about a child.
create temp view rejected_row as
select
    row_issue.load_id,
    row_issue.file_id,
    row_issue.file_row,
    row_issue."column" as column_name,
    row_issue.code,
    row_issue.said_ja,
    row_issue.said_en,
    row_issue.said_remedy_ja,
    row_issue.said_remedy_en
from district.row_issue as row_issue
where row_issue.outcome = 'rejected'
    and list_contains(getvariable('viewer').counts, 'load')
    and getvariable('viewer').role = 'administrator';

-- view: rejected_place · sight: load
-- Of which school rejected rows are, and the word no code table knows, which several children had; never another cell.
create temp view rejected_place as
select
    rejected_place.file_id,
    rejected_place.source,
    rejected_place.fiscal_year,
    rejected_place.school_id,
    rejected_place.month,
    rejected_place.code,
    rejected_place."column" as column_name,
    rejected_place."value" as code_word,
    rejected_place.lines as mapping_lines,
    rejected_place.rows_rejected,
    rejected_place.rows_missing
from district.rejected_place as rejected_place
where list_contains(getvariable('viewer').counts, 'load')
    and getvariable('viewer').role = 'administrator';

-- view: remarked_row · sight: load
create temp view remarked_row as
select
    row_issue.load_id,
    row_issue.file_id,
    row_issue.file_row,
    row_issue."column" as column_name,
    row_issue.code,
    row_issue.said_ja,
    row_issue.said_en,
    row_issue.said_remedy_ja,
    row_issue.said_remedy_en
from district.row_issue as row_issue
where row_issue.outcome = 'remarked'
    and list_contains(getvariable('viewer').counts, 'load')
    and getvariable('viewer').role = 'administrator';

-- view: reason · sight: counts
create temp view reason as
select
    reason.code,
    reason.message_ja,
    reason.message_en,
    reason.remedy_ja,
    reason.remedy_en
from district.reason as reason;

-- view: flow · sight: counts
-- Every source as it is declared: what for, seen by whom, kept how long.
create temp view flow as
select
    flow.source,
    flow.list_order,
    flow.tables,
    flow.beat,
    flow.day_column,
    flow.lists_exceptions,
    flow.label_ja,
    flow.label_en,
    flow.purpose_ja,
    flow.purpose_en,
    flow.seen_by_ja,
    flow.seen_by_en,
    flow.retention_ja,
    flow.retention_en,
    flow.frequency_ja,
    flow.frequency_en
from district.flow as flow;

-- view: dictionary_entry · sight: counts
-- What tables and columns mean; the words, never a row.
create temp view dictionary_entry as
select
    dictionary_entry.table_name,
    dictionary_entry.list_order,
    dictionary_entry.column_order,
    dictionary_entry.column_name,
    dictionary_entry.column_type,
    dictionary_entry.source,
    dictionary_entry.meaning_ja,
    dictionary_entry.meaning_en
from district.dictionary_entry as dictionary_entry;

-- view: indicator_kind · sight: counts
-- Which indicators this viewer gets numbers of.
create temp view indicator_kind as
select
    indicator.name,
    indicator.kind
from district.indicator as indicator
where list_contains(getvariable('viewer').counts, indicator.kind);

-- view: school_fact · sight: counts
-- Sizes of schools; special-needs pupils and the rate of 就学援助 only where neither they nor the rest are a handful, and never on a wall.
create temp view school_fact as
select
    school_fact.school_id,
    school_fact.fiscal_year,
    school_fact.students,
    school_fact.classes,
    school_fact.staff,
    case
        when school_fact.special_needs_students >= 10
            and school_fact.students - school_fact.special_needs_students >= 10 then school_fact.special_needs_students
    end as special_needs_students,
    case
        when school_fact.students * school_fact.school_aid_rate / 100 >= 10
            and school_fact.students * (100 - school_fact.school_aid_rate) / 100 >= 10 then school_fact.school_aid_rate
    end as school_aid_rate
from district.school_fact as school_fact
where not getvariable('viewer').masked
    and list_contains(getvariable('viewer').counts, 'school_fact')
    and list_contains(getvariable('viewer').schools, school_fact.school_id);

-- view: dx_answer · sight: counts
-- What schools answered about their own office work; it tells of no person.
create temp view dx_answer as
select
    dx_answer.school_id,
    dx_answer.fiscal_year,
    dx_answer.item,
    dx_answer.item_name,
    dx_answer.answer
from district.dx_answer as dx_answer
where list_contains(getvariable('viewer').counts, 'school_fact')
    and list_contains(getvariable('viewer').schools, dx_answer.school_id);

-- view: municipality · sight: counts
-- Municipalities that send figures, for whoever may see what they sent.
create temp view municipality as
select
    municipality.municipality_code,
    municipality.name,
    municipality.counted_until
from district.municipality as municipality
where list_contains(getvariable('viewer').counts, 'municipality');

-- view: municipality_figure · sight: counts
-- What municipalities have released: each suppressed what it had to before it left, and here it must be shared once more, kind by kind.
create temp view municipality_figure as
select
    municipality_figure.municipality_code,
    municipality_figure.indicator,
    indicator.kind,
    municipality_figure.school_kind,
    municipality_figure.grade,
    municipality_figure.period,
    municipality_figure.period_on,
    municipality_figure.fiscal_year,
    municipality_figure.numerator,
    municipality_figure.denominator,
    municipality_figure.people
from district.municipality_figure as municipality_figure
inner join district.indicator as indicator on municipality_figure.indicator = indicator.name
where list_contains(getvariable('viewer').counts, 'municipality') and list_contains(getvariable('viewer').counts, indicator.kind);

-- view: absence_by_sex · sight: counts
-- Long absence by sex, for whoever looks at the whole district: who knows one school by name could take it away from the rest.
create temp view absence_by_sex as
select
    absence_by_sex.indicator,
    absence_by_sex.school_kind,
    absence_by_sex.sex,
    absence_by_sex.fiscal_year,
    absence_by_sex.period,
    case when not absence_by_sex.is_withheld then absence_by_sex.cases end as cases,
    case when not absence_by_sex.is_withheld then absence_by_sex.people end as people,
    absence_by_sex.is_withheld as is_hidden
from district.absence_by_sex as absence_by_sex
where list_contains(getvariable('viewer').counts, 'attendance')
    and len(getvariable('viewer').named) = 0
    and not exists (
        select 1
        from district.school as school
        where not list_contains(getvariable('viewer').schools, school.school_id)
    )
    and absence_by_sex.sex in ('female', 'male');
