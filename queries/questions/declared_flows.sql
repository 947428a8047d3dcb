-- declared_flows: every source the house reads, as declared: what for, seen by whom, kept how long, and how often it comes.
-- grain: one row per source, in the order they are read.
select
    flow.source,
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
from flow
order by flow.list_order
