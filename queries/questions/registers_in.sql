-- registers_in: through which day the register of each school in reach is in, and of how many of its classes it is in on $today.
-- grain: one row per school that sends one. Of a list of exceptions, which cannot tell class by class, the classes are null.
select
    school.school_id,
    school.key as school_key,
    school.name as school_name,
    school.list_order,
    coverage.recorded_through,
    case
        when count(class_recorded.recorded_through) > 0 then cast(count(class_recorded.recorded_through) as integer)
    end as classes,
    case
        when count(class_recorded.recorded_through) > 0
            then cast(count(*) filter (where class_recorded.recorded_through >= cast($today as date)) as integer)
    end as classes_in
from school
inner join coverage on school.school_id = coverage.school_id
left join class_recorded
    on school.school_id = class_recorded.school_id
    and class_recorded.fiscal_year = cast($fiscal_year as integer)
where coverage.source = 'attendance'
    and (cast($school_id as integer) is null or school.school_id = cast($school_id as integer))
group by
    school.school_id,
    school.key,
    school.name,
    school.list_order,
    coverage.recorded_through
order by school.list_order
