-- reach: which classes a member of staff reaches today, in which office, and why.
-- grain: one row per person, office, place and reason; a whole school and the whole district are rows without a class.
-- key: staff_id, role, school_id?, grade?, class_id?, why
-- order: staff_id, role, school_id, class_id
-- why is one of homeroom, subject, grade, schoolwide, district, prefecture (which reaches no school). It names the reason; what may be
-- seen there is the gate's business.
with office as (
    select distinct
        staff_role.staff_id,
        staff_role.role,
        staff_role.school_id,
        staff_role.grade
    from staff_role
    inner join as_of
        on as_of.fiscal_year = staff_role.fiscal_year
    where
        coalesce(staff_role.begins_on, as_of.day) <= as_of.day
        and coalesce(staff_role.ends_on, as_of.day) >= as_of.day
),

taught as (
    select distinct
        teaching.staff_id,
        teaching.school_id,
        teaching.class_id,
        class.grade,
        teaching.is_homeroom
    from teaching
    inner join as_of
        on as_of.fiscal_year = teaching.fiscal_year
    inner join class
        on class.class_id = teaching.class_id
    where
        coalesce(teaching.begins_on, as_of.day) <= as_of.day
        and coalesce(teaching.ends_on, as_of.day) >= as_of.day
),

today as (
    select
        class.class_id,
        class.school_id,
        class.grade
    from class
    inner join as_of
        on as_of.fiscal_year = class.fiscal_year
)

select
    office.staff_id,
    office.role,
    office.school_id,
    taught.grade,
    taught.class_id,
    'homeroom' as why
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
    'subject' as why
from office
inner join taught
    on taught.staff_id = office.staff_id and taught.school_id = office.school_id
where office.role in ('teacher', 'subject_teacher', 'grade_leader') and not taught.is_homeroom
union
select
    office.staff_id,
    office.role,
    office.school_id,
    today.grade,
    today.class_id,
    'grade' as why
from office
inner join today
    on today.school_id = office.school_id and today.grade = office.grade
where office.role = 'grade_leader'
union
select
    office.staff_id,
    office.role,
    office.school_id,
    today.grade,
    today.class_id,
    'schoolwide' as why
from office
inner join today
    on today.school_id = office.school_id
where office.role in ('principal', 'school_nurse', 'counselor', 'special_needs_coordinator', 'clerk', 'aide')
union
select
    office.staff_id,
    office.role,
    office.school_id,
    cast(null as smallint) as grade,
    cast(null as integer) as class_id,
    'schoolwide' as why
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
    'district' as why
from office
where office.role in ('board_officer', 'administrator')
union
select
    office.staff_id,
    office.role,
    cast(null as integer) as school_id,
    cast(null as smallint) as grade,
    cast(null as integer) as class_id,
    'prefecture' as why
from office
where office.role = 'prefecture_officer'
