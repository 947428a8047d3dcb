"""A figure as a series, worked by hand: what is judged, what stands out, and before and after an event."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from components.charts.xmr import xmr as chart
from components.figures.before_after import before_and_after
from components.figures.xmr import limit_texts, series_finding, series_of
from queries.catalogue import indicators

ABSENCE = indicators()["absence_rate"]


def months(counts: list[float], *, days: float = 1000.0, first: date = date(2025, 4, 1)) -> pl.DataFrame:
    """Months of one place: so many days absent of a thousand, month by month."""
    starts = pl.date_range(first, interval="1mo", end=date(2030, 1, 1), eager=True).head(len(counts))
    return pl.DataFrame({"period_on": starts, "numerator": counts, "denominator": [days] * len(counts)})


def test_a_quiet_year_has_no_sign_of_change() -> None:
    series = series_of(months([20, 22, 19, 21, 20, 22, 19, 21, 20, 22, 19, 21]), ABSENCE)
    assert series is not None
    assert not series.limits.is_trial
    assert series_finding(series) == "欠席率：2026年3月は 2.1%。ふだんのゆれの中で、変化のしるしはありません"
    # differences 2,3,2,1,2,3,2,1,2,3,2 → mean 23/11; 20.5 ± 2.66 × 23/11
    assert (round(series.limits.low, 2), round(series.limits.high, 2)) == (1.49, 2.61)


def test_a_leap_is_said_with_the_range_it_left() -> None:
    series = series_of(months([20, 22, 19, 21, 20, 22, 19, 21, 20, 22, 19, 60]), ABSENCE)
    assert series is not None
    assert series_finding(series).startswith("欠席率：2026年3月は 6.0%で、ふだんのゆれの幅（")


def test_few_months_make_trial_limits_and_fewer_make_none() -> None:
    series = series_of(months([20, 22, 19, 21, 20, 22]), ABSENCE)
    assert series is not None
    assert series.limits.is_trial
    assert series_of(months([20, 22, 19, 21, 20]), ABSENCE) is None
    assert series_of(months([]), ABSENCE) is None


def test_a_month_with_few_school_days_is_drawn_and_not_judged() -> None:
    august = months([20, 22, 19, 21, 50, 22, 19, 21]).with_columns(
        denominator=pl.when(pl.col("numerator") == 50).then(300.0).otherwise(pl.col("denominator"))
    )
    series = series_of(august, ABSENCE)
    assert series is not None
    assert series.months.filter(~pl.col("is_judged")).select("month", "signals").rows() == [(date(2025, 8, 1), [])]
    assert series.judged.height == 7
    assert series.limits.high < 5, "August, 16.7 %, has not widened the limits"


def test_a_month_whose_figure_is_hidden_is_no_month_of_nothing() -> None:
    hidden = months([20, 22, 19, 21, 20, 22, 19]).with_columns(
        numerator=pl.when(pl.col("period_on") == date(2025, 6, 1)).then(None).otherwise("numerator"),
        denominator=pl.when(pl.col("period_on") == date(2025, 6, 1)).then(None).otherwise("denominator"),
    )
    series = series_of(hidden, ABSENCE)
    assert series is not None
    assert date(2025, 6, 1) not in series.months["month"].to_list()


def test_limits_are_never_said_below_nothing() -> None:
    series = series_of(months([1, 30, 1, 30, 1, 30, 1, 30]), ABSENCE)
    assert series is not None
    assert limit_texts(series)[0] == "0.0%"


@pytest.mark.parametrize(
    ("happened_on", "found"),
    [
        # 2025-10-01 begins its month: six before (20 each) and six from it on (10 each)
        (date(2025, 10, 1), (6, 2.0, 1.0)),
        # in mid-month October belongs to neither side: five months after, so five before
        (date(2025, 10, 15), (5, 2.0, 1.0)),
        (date(2026, 1, 1), (3, 1.0, 1.0)),
        (date(2026, 2, 1), None),
        (date(2025, 5, 1), None),
    ],
)
def test_before_and_after_are_counted_over_as_many_months(happened_on: date, found: tuple[int, float, float] | None) -> None:
    series = series_of(months([20] * 6 + [10] * 6), ABSENCE)
    assert series is not None
    compared = before_and_after(series, happened_on)
    if found is None:
        assert compared is None
    else:
        assert compared == pytest.approx(found)


def test_the_chart_starts_at_nothing_and_knows_no_school() -> None:
    spec = chart("欠席率 (%)", 10.0, projector=False)
    assert spec is chart("欠席率 (%)", 10.0, projector=False)
    assert '"domain": [0, 10.0]'.replace(" ", "") in str(spec).replace("'", '"').replace(" ", "")
