"""いじめの認知・解消 and 暴力行為 as schools count them each month: a school that asks its children finds more."""

from datetime import date

import numpy as np
import polars as pl

from sample_data.calendar_days import TODAY
from sample_data.school_year import SchoolYear
from sample_data.schools import JUNIOR_HIGH
from sample_data.seeds import stream

# April to March: most comes to light in the months of the いじめアンケート (June, November, February).
_MONTHS = [0.5, 0.9, 2.2, 0.8, 0.2, 1.1, 1.2, 2.3, 0.8, 0.7, 1.6, 0.4]
_PER_CHILD_AND_MONTH = 0.0055
_MONTHS_TO_RESOLUTION = 3  # 解消 needs at least three months without harm


def incident_rows(year: SchoolYear) -> pl.DataFrame:
    """One row per school, finished month and kind; a month without any is written as 0."""
    rng, lasting = year.stream("incidents"), stream(year.seed, "incidents")
    asks = lasting.lognormal(0, 0.4, len(year.schools))  # how closely a school looks lasts from year to year
    months = finished_months(year.fiscal_year)
    rows = []
    for s, school in enumerate(year.schools):
        children = int((year.school == s).sum())
        expected = children * _PER_CHILD_AND_MONTH * asks[s] * np.array(_MONTHS[: len(months)])
        recognized = rng.poisson(expected)
        lagged = np.concatenate([np.zeros(_MONTHS_TO_RESOLUTION, int), recognized])[: len(months)]
        resolved = rng.binomial(lagged, 0.85)
        violence = rng.poisson(children * (0.0016 if school.kind == JUNIOR_HIGH else 0.0007), len(months))
        counts = {"いじめ認知": recognized, "いじめ解消": resolved, "いじめ重大事態": np.zeros(len(months), int), "暴力行為": violence}
        rows += [
            {"学校コード": school.code, "年月": f"{month:%Y-%m}", "区分": kind, "件数": int(of_month[m])}
            for m, month in enumerate(months)
            for kind, of_month in counts.items()
        ]
    return pl.DataFrame(rows)


def finished_months(fiscal_year: int) -> list[date]:
    """The months of a 年度 that were over by today."""
    months = [date(fiscal_year + (m > 12), (m - 1) % 12 + 1, 1) for m in range(4, 16)]
    return [month for month in months if (month.year, month.month) < (TODAY.year, TODAY.month)]
