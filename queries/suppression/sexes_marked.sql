-- sexes_marked: the counts of one indicator and kind of school by sex bear the mark over the whole 年度.
update absence_by_sex set is_withheld = true
where fiscal_year = $year
    and indicator = $name
    and school_kind is not distinct from $kind
