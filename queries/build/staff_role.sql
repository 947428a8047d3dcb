-- staff_role: which office a person holds, where, and from which day to which day.
-- grain: one row per person, office, place (school and grade) and stretch of days.
-- key: staff_id, role, school_id?, grade?, fiscal_year, begins_on, ends_on
-- order: school_id, staff_id, fiscal_year
-- school_id is empty for people of the board. An office without days of its own lasts its 年度, and none lasts longer: but for the
-- administrators of the newest roster that names any, who see no child and without whom nobody could load the next one.
with newest as (
    select max(staff_role.fiscal_year) as fiscal_year
    from lake.staff_role as staff_role
    where staff_role.role = 'administrator'
)

select distinct
    staff_role.staff_id,
    staff_role.school_id,
    staff_role.fiscal_year,
    staff_role.role,
    staff_role.grade,
    greatest(
        coalesce(staff_role.begins_on, make_date(cast(staff_role.fiscal_year as integer), 4, 1)),
        make_date(cast(staff_role.fiscal_year as integer), 4, 1)
    ) as begins_on,
    case
        when
            staff_role.role = 'administrator' and staff_role.fiscal_year = newest.fiscal_year
            and coalesce(staff_role.ends_on, make_date(cast(staff_role.fiscal_year as integer) + 1, 3, 31))
            >= make_date(cast(staff_role.fiscal_year as integer) + 1, 3, 31)
            then make_date(9999, 12, 31)
        else
            least(
                coalesce(staff_role.ends_on, make_date(cast(staff_role.fiscal_year as integer) + 1, 3, 31)),
                make_date(cast(staff_role.fiscal_year as integer) + 1, 3, 31)
            )
    end as ends_on
from lake.staff_role as staff_role
cross join newest
