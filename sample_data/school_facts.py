"""Facts about whole schools, as the board keeps them: sizes, and the rate of 就学援助, which exists only in aggregate."""

import numpy as np
import polars as pl

from sample_data.school_year import SchoolYear
from sample_data.seeds import stream
from sample_data.staff import StaffYear


def school_fact_rows(year: SchoolYear, staff: StaffYear) -> pl.DataFrame:
    """One row per school for 1 May of the 年度."""
    may = np.datetime64(f"{year.fiscal_year}-05-01")
    here = (year.enrolled.begin <= may) & (year.enrolled.end >= may)
    special = np.array([room.is_special_needs for room in year.enrolled.rooms])[year.enrolled.room]
    aid = 6 + 14 * stream(year.seed, "school facts").beta(2, 3, len(year.schools))
    aid = np.round(aid + year.stream("school facts").normal(0, 0.4, len(aid)), 1)
    rows = []
    for s, school in enumerate(year.schools):
        rooms = [room for room in year.enrolled.rooms if room.school == s]
        rows.append({
            "学校コード": school.code,
            "年度": year.fiscal_year,
            "児童生徒数": int((here & (year.school == s)).sum()),
            "学級数": sum(not room.is_special_needs for room in rooms),
            "特別支援学級数": sum(room.is_special_needs for room in rooms),
            "特別支援学級在籍者数": int((here & special & (year.school == s)).sum()),
            "教職員数": len({duty.person.staff_number for duty in staff.duties if duty.school == s}),
            "就学援助率": float(aid[s]),
        })  # fmt: skip
    return pl.DataFrame(rows)
