"""Hours of the staff: month by month, time at school and time beyond the regular hours."""

from datetime import date

import numpy as np
import polars as pl

from sample_data.calendar_days import NATIONAL_HOLIDAYS, TODAY
from sample_data.school_year import SchoolYear
from sample_data.schools import ELEMENTARY, JUNIOR_HIGH
from sample_data.seeds import stream
from sample_data.staff import BOARD, StaffYear

_OVERTIME_BY_KIND = {ELEMENTARY: 36.0, JUNIOR_HIGH: 46.0}
_OVERTIME_BY_POST = {
    "vice_principal": 20.0, "principal": 2.0, "homeroom": 3.0, "subject": -2.0, "nurse": -10.0, "coordinator": -1.0, "clerk": -20.0,
}  # fmt: skip
# April to March: peaks at the start of the year and before the first reports, little in August.
_MONTHS = [1.27, 1.06, 1.2, 0.98, 0.3, 1.08, 1.14, 1.06, 0.92, 0.93, 0.98, 1.08]
_YEARS = {2024: 1.07, 2025: 1.0, 2026: 0.93}
REGULAR_HOURS = 7.75


def staff_hours_rows(year: SchoolYear, staff: StaffYear) -> pl.DataFrame:
    """One row per person and finished month; volunteers, counselors and the board are not in the schools' time clock."""
    rng = year.stream("staff hours")
    people: dict[str, tuple[int, str]] = {}
    for duty in staff.duties:
        if duty.school != BOARD and duty.post in _OVERTIME_BY_POST:
            people.setdefault(duty.person.staff_number, (duty.school, duty.post))
    months = [date(year.fiscal_year + (m > 12), (m - 1) % 12 + 1, 1) for m in range(4, 16)]
    months = [month for month in months if (month.year, month.month) < (TODAY.year, TODAY.month)]
    number = sorted(people)
    school = np.array([people[n][0] for n in number])
    level = np.array([_OVERTIME_BY_KIND.get(year.schools[s].kind, 33.0) + _OVERTIME_BY_POST[people[n][1]]
                      for n, s in zip(number, school.tolist(), strict=True)])  # fmt: skip
    # A person's and a school's own way of working lasts from year to year.
    lasting = stream(year.seed, "staff hours")
    of_school, of_person = lasting.normal(0, 3, len(year.schools)), lasting.normal(0, 10, 10_000)
    level = np.maximum(level + of_school[school] + of_person[[int(n[-4:]) for n in number]], 4)
    factor = np.array(_MONTHS[: len(months)]) * _YEARS[year.fiscal_year]
    overtime = np.clip(level[:, None] * factor * rng.lognormal(0, 0.14, (len(number), len(months))), 0, 118)
    regular = np.array([_working_days(month) for month in months]) * REGULAR_HOURS
    taken = rng.integers(0, 3, overtime.shape) * REGULAR_HOURS * 0.5
    codes = np.array([school.code for school in year.schools], object)
    return pl.DataFrame({
        "職員番号": [n for n in number for _ in months],
        "学校コード": codes[np.repeat(school, len(months))],
        "年月": [f"{month.year}年{month.month}月" for _ in number for month in months],
        "在校等時間": np.round(regular - taken + overtime, 1).ravel(),
        "時間外在校等時間": np.round(overtime, 1).ravel(),
    })  # fmt: skip


def _working_days(month: date) -> int:
    first = np.datetime64(month, "M")
    holidays = np.array(list(NATIONAL_HOLIDAYS), "datetime64[D]")
    return int(np.busday_count(first.astype("datetime64[D]"), (first + 1).astype("datetime64[D]"), holidays=holidays))
