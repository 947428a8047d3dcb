-- incomplete_place: of which school or class so many rows of a source and month are missing that its figures are too low.
-- grain: one row per source, school, class (none: the school with all its classes) and month.
-- key: source, school_id, class_id?, month
-- order: fiscal_year, school_id, source, month, class_id
-- From which share and how many rows on is said in queries/recording.toml. code and column are those most rows are missing for.
with missing as (
    select
        rejected_place.source,
        rejected_place.fiscal_year,
        rejected_place.school_id,
        rejected_place.class_id,
        rejected_place.month,
        rejected_place.code,
        rejected_place.column,
        rejected_place.rows_missing,
        rejected_place.first_on,
        rejected_place.last_on
    from rejected_place
    where rejected_place.rows_missing > 0
        and rejected_place.school_id is not null
        and rejected_place.month is not null
),

cause as (
    select
        missing.source,
        missing.fiscal_year,
        missing.school_id,
        case when grouping(missing.class_id) = 0 then missing.class_id end as class_id,
        grouping(missing.class_id) = 1 as is_school,
        missing.month,
        missing.code,
        missing.column,
        cast(sum(missing.rows_missing) as bigint) as rows_missing,
        min(missing.first_on) as first_on,
        max(missing.last_on) as last_on
    from missing
    group by
        grouping sets (
            (missing.source, missing.fiscal_year, missing.school_id, missing.class_id, missing.month, missing.code, missing.column),
            (missing.source, missing.fiscal_year, missing.school_id, missing.month, missing.code, missing.column)
        )
),

lost as (
    select
        cause.source,
        cause.fiscal_year,
        cause.school_id,
        cause.class_id,
        cause.month,
        cast(sum(cause.rows_missing) as bigint) as rows_missing,
        min(cause.first_on) as first_on,
        max(cause.last_on) as last_on
    from cause
    where cause.is_school or cause.class_id is not null
    group by cause.source, cause.fiscal_year, cause.school_id, cause.class_id, cause.month
),

main_cause as (
    select
        cause.source,
        cause.school_id,
        cause.class_id,
        cause.month,
        cause.code,
        cause.column,
        row_number() over (
            partition by cause.source, cause.school_id, cause.class_id, cause.month
            order by cause.rows_missing desc, cause.code, cause.column
        ) as turn
    from cause
    where cause.is_school or cause.class_id is not null
),

concerned as (
    select distinct
        lost.source,
        lost.fiscal_year,
        lost.school_id
    from lost
),

loaded as (
    select
        source_row.source,
        source_row.school_id,
        source_row.student_id,
        source_row.day,
        cast(date_trunc('month', source_row.day) as date) as month
    from lake.source_row as source_row
    inner join concerned
        on
            concerned.source = source_row.source
            and concerned.school_id = source_row.school_id
            and concerned.fiscal_year = source_row.fiscal_year
    where source_row.day is not null
),

held as (
    select
        loaded.source,
        loaded.school_id,
        cast(null as integer) as class_id,
        loaded.month,
        cast(count(*) as bigint) as rows
    from loaded
    group by loaded.source, loaded.school_id, loaded.month
    union all
    select
        loaded.source,
        loaded.school_id,
        enrollment.class_id,
        loaded.month,
        cast(count(*) as bigint) as rows
    from loaded
    inner join enrollment
        on
            enrollment.student_id = loaded.student_id
            and enrollment.school_id = loaded.school_id
            and loaded.day between enrollment.begins_on and enrollment.ends_on
    group by loaded.source, loaded.school_id, enrollment.class_id, loaded.month
)

select
    lost.source,
    lost.fiscal_year,
    lost.school_id,
    lost.class_id,
    lost.month,
    lost.first_on,
    lost.last_on,
    main_cause.code,
    main_cause.column,
    lost.rows_missing,
    lost.rows_missing + coalesce(held.rows, 0) as rows_told,
    cast(100.0 * lost.rows_missing / (lost.rows_missing + coalesce(held.rows, 0)) as double) as share
from lost
cross join lake.incomplete_rule as incomplete_rule
inner join main_cause
    on
        main_cause.source = lost.source
        and main_cause.school_id = lost.school_id
        and main_cause.class_id is not distinct from lost.class_id
        and main_cause.month = lost.month
        and main_cause.turn = 1
left join held
    on
        held.source = lost.source
        and held.school_id = lost.school_id
        and held.class_id is not distinct from lost.class_id
        and held.month = lost.month
where lost.rows_missing >= incomplete_rule.rows
    and 100.0 * lost.rows_missing >= incomplete_rule.share * (lost.rows_missing + coalesce(held.rows, 0))
