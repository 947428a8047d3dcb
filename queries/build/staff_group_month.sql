-- staff_group_month: hours beyond regular hours of groups of staff at a school, month by month; no group of fewer than ten people.
-- grain: one row per school, month and group of staff.
-- key: school_id, month, staff_group
-- order: school_id, month, staff_group
-- A person is in the group of the office that reaches furthest: leader, homeroom (grade leaders too), subject, other.
-- The same groups hold for a whole 年度, so that no two months can be subtracted: a group that has fewer than ten people in any
-- month goes into the other; where the other is still smaller, the smallest of the rest joins it; where that is not enough, all are one.
-- So the school's own total minus the groups shown is never a group of fewer than ten.
with held as (
    select
        staff_role.staff_id,
        staff_role.school_id,
        staff_role.fiscal_year,
        min(case
            when staff_role.role = 'principal' then 1
            when staff_role.role in ('grade_leader', 'teacher') then 2
            when staff_role.role = 'subject_teacher' then 3
            else 4
        end) as office
    from staff_role
    where staff_role.school_id is not null
    group by staff_role.staff_id, staff_role.school_id, staff_role.fiscal_year
),

worked as (
    select
        staff_hours.school_id,
        staff_hours.fiscal_year,
        staff_hours.month,
        staff_hours.is_to_date,
        staff_hours.overtime_hours,
        coalesce(held.office, 4) as office
    from staff_hours
    left join held
        on staff_hours.staff_id = held.staff_id
        and staff_hours.school_id = held.school_id
        and staff_hours.fiscal_year = held.fiscal_year
    where staff_hours.overtime_hours is not null
),

monthly as (
    select
        worked.school_id,
        worked.fiscal_year,
        worked.month,
        worked.office,
        cast(count(*) as integer) as people
    from worked
    group by worked.school_id, worked.fiscal_year, worked.month, worked.office
),

fewest as (
    select
        monthly.school_id,
        monthly.fiscal_year,
        monthly.office,
        min(monthly.people) as people
    from monthly
    group by monthly.school_id, monthly.fiscal_year, monthly.office
),

rest as (
    select
        monthly.school_id,
        monthly.fiscal_year,
        monthly.month,
        cast(sum(monthly.people) as integer) as people
    from monthly
    inner join fewest
        on monthly.school_id = fewest.school_id
        and monthly.fiscal_year = fewest.fiscal_year
        and monthly.office = fewest.office
    where fewest.people < 10 or monthly.office = 4
    group by monthly.school_id, monthly.fiscal_year, monthly.month
),

small_rest as (
    select
        rest.school_id,
        rest.fiscal_year
    from rest
    group by rest.school_id, rest.fiscal_year
    having min(rest.people) < 10
),

joining as (
    select
        fewest.school_id,
        fewest.fiscal_year,
        min(fewest.people * 10 + fewest.office) % 10 as office
    from fewest
    inner join small_rest
        on fewest.school_id = small_rest.school_id
        and fewest.fiscal_year = small_rest.fiscal_year
    where fewest.people >= 10 and fewest.office <> 4
    group by fewest.school_id, fewest.fiscal_year
),

merged as (
    select
        fewest.school_id,
        fewest.fiscal_year,
        fewest.office,
        case when fewest.people < 10 or fewest.office = joining.office then 4 else fewest.office end as shown_office
    from fewest
    left join joining
        on fewest.school_id = joining.school_id
        and fewest.fiscal_year = joining.fiscal_year
),

one_for_all as (
    select distinct
        shown.school_id,
        shown.fiscal_year
    from (
        select
            monthly.school_id,
            monthly.fiscal_year,
            monthly.month,
            merged.shown_office,
            cast(sum(monthly.people) as integer) as people
        from monthly
        inner join merged
            on monthly.school_id = merged.school_id
            and monthly.fiscal_year = merged.fiscal_year
            and monthly.office = merged.office
        group by monthly.school_id, monthly.fiscal_year, monthly.month, merged.shown_office
    ) as shown
    where shown.people < 10
    union
    select
        merged.school_id,
        merged.fiscal_year
    from merged
    group by merged.school_id, merged.fiscal_year
    having min(merged.shown_office) = max(merged.shown_office)
)

select
    worked.school_id,
    worked.fiscal_year,
    worked.month,
    case
        when one_for_all.school_id is not null then 'all'
        when merged.shown_office = 1 then 'leader'
        when merged.shown_office = 2 then 'homeroom'
        when merged.shown_office = 3 then 'subject'
        else 'other'
    end as staff_group,
    bool_and(worked.is_to_date) as is_to_date,
    cast(count(*) as integer) as people,
    cast(sum(worked.overtime_hours) as double) as overtime_hours
from worked
inner join merged
    on worked.school_id = merged.school_id
    and worked.fiscal_year = merged.fiscal_year
    and worked.office = merged.office
left join one_for_all
    on worked.school_id = one_for_all.school_id
    and worked.fiscal_year = one_for_all.fiscal_year
group by
    worked.school_id,
    worked.fiscal_year,
    worked.month,
    case
        when one_for_all.school_id is not null then 'all'
        when merged.shown_office = 1 then 'leader'
        when merged.shown_office = 2 then 'homeroom'
        when merged.shown_office = 3 then 'subject'
        else 'other'
    end
having count(*) >= 10
