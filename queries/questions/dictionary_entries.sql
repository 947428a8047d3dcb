-- dictionary_entries: what every table and column of the district file means.
-- grain: one row per table (without a column name) and one per column.
select
    dictionary_entry.table_name,
    dictionary_entry.column_name,
    dictionary_entry.column_type,
    dictionary_entry.source,
    dictionary_entry.meaning_ja,
    dictionary_entry.meaning_en
from dictionary_entry
order by dictionary_entry.list_order, dictionary_entry.column_order
