"""Intervals and limits against published check values."""

from __future__ import annotations

import pytest

from queries.statistics import (
    Z_95,
    Z_998,
    between_places_variance,
    drawn_in,
    funnel_limits,
    wilson_interval,
    xmr_limits,
)


@pytest.mark.parametrize(
    ("total", "low_95", "high_95", "low_998", "high_998"),
    [(30, 0.05, 13.78, 0.0, 21.61), (100, 1.06, 8.70, 0.22, 12.14), (300, 2.08, 6.51, 1.25, 8.21), (600, 2.58, 5.71, 1.90, 6.83)],
)
def test_a_funnel_around_four_percent(total, low_95, high_95, low_998, high_998):
    inner, outer = funnel_limits(0.04, total, Z_95), funnel_limits(0.04, total, Z_998)
    assert [round(100 * value, 2) for value in (inner.low, inner.high, outer.low, outer.high)] == [low_95, high_95, low_998, high_998]


def test_places_that_differ_more_widen_the_funnel():
    narrow, wide = funnel_limits(0.04, 300), funnel_limits(0.04, 300, tau_squared=0.001)
    assert wide.low < narrow.low < 0.04 < narrow.high < wide.high


def test_chance_alone_gives_no_variance_between_places():
    assert between_places_variance([4, 5, 3, 4, 5, 3, 4, 5, 3, 4], [100] * 10) == 0.0
    assert between_places_variance([4, 15, 3, 12, 5, 1, 14, 5, 2, 16], [100] * 10) > 0.001
    assert between_places_variance([4], [100]) == 0.0


def test_the_outermost_tenth_is_drawn_in():
    assert drawn_in([-9, 1, 2, 3, 4, 5, 6, 7, 8, 99], 0.1) == [1, 1, 2, 3, 4, 5, 6, 7, 8, 8]


@pytest.mark.parametrize(("count", "total", "low", "high"), [(0, 20, 0.0, 16.1), (1, 20, 0.9, 23.6), (12, 300, 2.3, 6.9)])
def test_the_interval_of_a_share(count, total, low, high):
    interval = wilson_interval(count, total)
    assert (round(100 * interval.low, 1), round(100 * interval.high, 1)) == (low, high)


def test_nothing_has_no_interval_and_more_than_all_is_no_share():
    assert wilson_interval(0, 0) is None
    with pytest.raises(ValueError, match="no share"):
        wilson_interval(21, 20)


LEAP = [1, 2, 1, 2, 10, *([1, 2] * 7)][:18]


def test_one_leap_does_not_widen_screened_limits():
    limits = xmr_limits(LEAP)
    assert (round(limits.centre, 2), round(limits.low, 2), round(limits.high, 2)) == (1.94, -0.72, 4.60)
    unscreened = xmr_limits(LEAP, is_screened=False)
    assert (round(unscreened.low, 2), round(unscreened.high, 2)) == (-3.06, 6.95)


def test_few_points_make_trial_limits_and_one_makes_none():
    assert xmr_limits([1.0, 2.0]).is_trial
    assert not xmr_limits([1.0, 2.0] * 6).is_trial
    assert xmr_limits([1.0]) is None
