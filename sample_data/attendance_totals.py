"""出席統計: what the schools' own system adds up for each class and month, with two slips to be found."""

import numpy as np
import polars as pl

from sample_data.attendance import OTHER, SICK, SUSPENDED, Attendance
from sample_data.calendar_days import CLOSURE, THIS_YEAR, TODAY
from sample_data.school_year import SchoolYear

# The last schools of the list do not send these totals.
_SILENT_SCHOOLS = 2
_SLIP_MONTH = np.datetime64(f"{THIS_YEAR}-09")


def attendance_total_rows(year: SchoolYear, happened: Attendance) -> pl.DataFrame:
    """One row per class and finished month in which it had school.

    This 年度 two of them are wrong, as a tired hand makes them: in September a class of the first school struck by the storm
    counts the day it stayed closed, and another of the first school books 出席停止 as 欠席.
    """
    month = year.days.astype("datetime64[M]")
    rows = []
    for r, room in enumerate(year.enrolled.rooms):
        if room.school >= len(year.schools) - _SILENT_SCHOOLS:
            continue
        seats = np.flatnonzero(year.enrolled.room == r)
        is_open, status = year.open[seats], happened.status[seats]
        absent = ((status == SICK) | (status == OTHER)) & is_open
        excused = (status >= SUSPENDED) & is_open
        for held in np.unique(month[is_open.any(0)]):
            if held >= np.datetime64(TODAY, "M"):
                continue
            within = month == held
            days = int(is_open[:, within].any(0).sum())
            rows.append([room, held, days, int(absent[:, within].sum()), int(excused[:, within].sum())])
    if year.fiscal_year == THIS_YEAR:
        _slip(year, rows)
    return pl.DataFrame(
        [
            (year.schools[room.school].code, room.title, str(held).replace("-", "/"), days, absent, excused)
            for room, held, days, absent, excused in rows
        ],
        schema=["学校コード", "学級名", "年月", "授業日数", "欠席延べ日数", "出席停止・忌引等延べ日数"],
        orient="row",
    )


def _slip(year: SchoolYear, rows: list[list]) -> None:
    """The two slips of this 年度, in place."""
    september = [row for row in rows if row[1] == _SLIP_MONTH]
    struck = (year.calendar.kind == CLOSURE).any((1, 2))
    for row in september:
        if struck[row[0].school]:
            row[2] += 1
            break
    for row in reversed(september):
        if row[0].school == 0 and row[4] >= 1:
            row[3], row[4] = row[3] + 1, row[4] - 1
            break
