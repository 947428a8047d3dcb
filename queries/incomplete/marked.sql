-- marked: every figure that rests on a month of a source of which too many rows are missing bears the mark: of the class, its grade, the
-- school, and of every larger whole that holds the school.
update cell set is_incomplete = true
from (
    with lost as (
        select
            incomplete_place.source,
            incomplete_place.fiscal_year,
            incomplete_place.school_id,
            incomplete_place.class_id,
            class.grade,
            school.kind as school_kind,
            incomplete_place.month,
            incomplete_place.first_on,
            incomplete_place.last_on,
            coalesce(incomplete_place.first_on <= compared.day, false) as is_to_date
        from incomplete_place
        inner join school on school.school_id = incomplete_place.school_id
        left join class on class.class_id = incomplete_place.class_id
        left join (
            select
                school_day.school_id,
                school_day.fiscal_year,
                max(school_day.day) as day
            from school_day
            where school_day.is_to_date
            group by school_day.school_id, school_day.fiscal_year
        ) as compared
            on compared.school_id = incomplete_place.school_id and compared.fiscal_year = incomplete_place.fiscal_year
    )

    select
        lost.source,
        lost.fiscal_year,
        part.place,
        case when part.is_own then lost.school_id end as school_id,
        case when part.place = 'class' then lost.class_id end as class_id,
        case when part.place = 'grade' then lost.grade end as grade,
        case when part.place in ('kind', 'kind_grade') then lost.school_kind end as school_kind,
        lost.month,
        min(lost.first_on) as first_on,
        max(lost.last_on) as last_on,
        bool_or(lost.is_to_date) as is_to_date
    from lost
    inner join (
        values
        ('class', true, true),
        ('grade', true, true),
        ('school', true, false),
        ('kind_grade', false, false),
        ('kind', false, false),
        ('district', false, false)
    ) as part (place, is_own, is_of_class)
        on lost.class_id is null or (part.is_of_class and (part.place = 'class' or lost.grade is not null))
    group by
        lost.source,
        lost.fiscal_year,
        part.place,
        case when part.is_own then lost.school_id end,
        case when part.place = 'class' then lost.class_id end,
        case when part.place = 'grade' then lost.grade end,
        case when part.place in ('kind', 'kind_grade') then lost.school_kind end,
        lost.month
) as concerned
inner join indicator on indicator.source = concerned.source
where cell.indicator = indicator.name
    and cell.fiscal_year = concerned.fiscal_year
    and cell.place = concerned.place
    and cell.school_id is not distinct from concerned.school_id
    and cell.school_kind is not distinct from concerned.school_kind
    and (concerned.class_id is null or cell.class_id = concerned.class_id)
    and (concerned.grade is null or cell.grade = concerned.grade)
    and case cell.period
        when 'year' then true
        when 'month' then cell.period_on = concerned.month
        when 'week' then cell.period_on between concerned.first_on - interval '6' day and concerned.last_on
        else concerned.is_to_date
    end
