-- reach: which classes a member of staff reaches, in which office, why, and from which day to which day.
-- grain: one row per person, office, place, reason and stretch of days that has not ended; a whole school and the whole district are
--   rows without a class.
-- key: staff_id, role, school_id?, grade?, class_id?, why, begins_on, ends_on
-- order: staff_id, role, school_id, class_id
-- why is one of homeroom, subject, grade, schoolwide, district, prefecture (which reaches no school). It names the reason; what may be
-- seen there is the gate's business, and so is the day: whoever asks is let through by the calendar of that day, not of a load.
with office as (
    select distinct
        staff_role.staff_id,
        staff_role.role,
        staff_role.school_id,
        staff_role.grade,
        staff_role.begins_on,
        staff_role.ends_on
    from staff_role
    cross join clock
    where staff_role.ends_on >= clock.day
),

taught as (
    select distinct
        teaching.staff_id,
        teaching.school_id,
        teaching.class_id,
        class.grade,
        teaching.is_homeroom,
        teaching.begins_on,
        teaching.ends_on
    from teaching
    inner join class on class.class_id = teaching.class_id
    cross join clock
    where teaching.ends_on >= clock.day
),

lasting as (
    select
        class.class_id,
        class.school_id,
        class.grade,
        make_date(cast(class.fiscal_year as integer), 4, 1) as begins_on,
        make_date(cast(class.fiscal_year as integer) + 1, 3, 31) as ends_on
    from class
),

reached as (
    select
        office.staff_id,
        office.role,
        office.school_id,
        taught.grade,
        taught.class_id,
        'homeroom' as why,
        greatest(office.begins_on, taught.begins_on) as begins_on,
        least(office.ends_on, taught.ends_on) as ends_on
    from office
    inner join taught
        on taught.staff_id = office.staff_id and taught.school_id = office.school_id
    where office.role in ('teacher', 'grade_leader') and taught.is_homeroom
    union
    select
        office.staff_id,
        -- whoever teaches other classes than their own holds a second role there, with its own scope and its own kinds
        'subject_teacher' as role,
        office.school_id,
        taught.grade,
        taught.class_id,
        'subject' as why,
        greatest(office.begins_on, taught.begins_on) as begins_on,
        least(office.ends_on, taught.ends_on) as ends_on
    from office
    inner join taught
        on taught.staff_id = office.staff_id and taught.school_id = office.school_id
    where office.role in ('teacher', 'subject_teacher', 'grade_leader') and not taught.is_homeroom
    union
    select
        office.staff_id,
        office.role,
        office.school_id,
        lasting.grade,
        lasting.class_id,
        'grade' as why,
        greatest(office.begins_on, lasting.begins_on) as begins_on,
        least(office.ends_on, lasting.ends_on) as ends_on
    from office
    inner join lasting
        on lasting.school_id = office.school_id and lasting.grade = office.grade
    where office.role = 'grade_leader'
    union
    select
        office.staff_id,
        office.role,
        office.school_id,
        lasting.grade,
        lasting.class_id,
        'schoolwide' as why,
        greatest(office.begins_on, lasting.begins_on) as begins_on,
        least(office.ends_on, lasting.ends_on) as ends_on
    from office
    inner join lasting
        on lasting.school_id = office.school_id
    where office.role in ('principal', 'school_nurse', 'counselor', 'special_needs_coordinator', 'clerk', 'aide')
    union
    select
        office.staff_id,
        office.role,
        office.school_id,
        cast(null as smallint) as grade,
        cast(null as integer) as class_id,
        'schoolwide' as why,
        office.begins_on,
        office.ends_on
    from office
    where
        office.role in ('principal', 'school_nurse', 'counselor', 'special_needs_coordinator', 'clerk', 'aide')
        and office.school_id is not null
    union
    select
        office.staff_id,
        office.role,
        cast(null as integer) as school_id,
        cast(null as smallint) as grade,
        cast(null as integer) as class_id,
        case when office.role = 'prefecture_officer' then 'prefecture' else 'district' end as why,
        office.begins_on,
        office.ends_on
    from office
    where office.role in ('board_officer', 'administrator', 'prefecture_officer')
)

select
    reached.staff_id,
    reached.role,
    reached.school_id,
    reached.grade,
    reached.class_id,
    reached.why,
    reached.begins_on,
    reached.ends_on
from reached
where reached.begins_on <= reached.ends_on
