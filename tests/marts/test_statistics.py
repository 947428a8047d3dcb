"""Intervals and limits against published check values."""

from __future__ import annotations

import pytest

from queries.statistics import (
    Z_95,
    Z_998,
    ControlLimits,
    Interval,
    between_places_variance,
    drawn_in,
    funnel_limits,
    is_reliable,
    wilson_interval,
    xmr_limits,
    xmr_signals,
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


# centre 10, limits 4 and 16: the outer third begins at 14 and at 6
ORDINARY = ControlLimits(10.0, 4.0, 16.0, is_trial=False)


def told(values: list[float], rule: str) -> list[int]:
    """The places of the points a rule names."""
    return [place for place, rules in enumerate(xmr_signals(values, ORDINARY)) if rule in rules]


def test_a_point_outside_the_limits_is_beyond_and_one_on_them_is_not():
    assert told([10, 16, 16.01, 4, 3.99, 10], "beyond") == [2, 4]


def test_seven_on_one_side_are_a_shift_and_six_are_not():
    assert told([9, *[11, 12, 11, 12, 11, 12], 9], "shift") == []
    assert told([9, *[11, 12, 11, 12, 11, 12, 11], 9], "shift") == [1, 2, 3, 4, 5, 6, 7]
    assert told([9, 9, 9, 10, 9, 9, 9, 9], "shift") == [], "a point on the centre is on no side"


def test_seven_that_rise_are_a_trend_and_six_are_not():
    assert told([9, 7, 8, 9, 10, 11, 12, 11], "trend") == []
    assert told([9, 7, 8, 9, 10, 11, 12, 13, 12], "trend") == [1, 2, 3, 4, 5, 6, 7]
    assert told([13, 12, 11, 10, 9, 8, 7], "trend") == [0, 1, 2, 3, 4, 5, 6]
    assert told([7, 8, 9, 9, 10, 11, 12, 13], "trend") == [], "two alike break it"


def test_two_of_three_near_a_limit_on_one_side():
    assert told([10, 14, 11, 14, 10], "near") == [1, 3]
    assert told([10, 13.9, 11, 14, 10], "near") == []
    assert told([10, 14, 9, 14, 10], "near") == [], "the one between lies on the other side"
    assert told([11, 15, 5, 11], "near") == []


def test_ordinary_points_say_nothing():
    assert xmr_signals([10, 11, 9, 12, 8, 10], ORDINARY) == [frozenset()] * 6
    assert xmr_signals([], ORDINARY) == []
    assert xmr_signals([5.0, 5.0, 5.0], ControlLimits(5.0, 5.0, 5.0, is_trial=True)) == [frozenset()] * 3, "no variation, no sign"


@pytest.mark.parametrize(
    ("share", "low", "high", "observations", "is_so"),
    [
        (0.50, 0.40, 0.60, 30, True),
        (0.50, 0.40, 0.60, 29, False),  # too few, whatever the interval
        (0.50, 0.36, 0.65, 100, True),
        (0.50, 0.35, 0.65, 100, False),  # 30 points wide
        (0.01, 0.001, 0.051, 100, True),  # up to 5 points wide, though five times the share
        (0.04, 0.010, 0.062, 100, True),  # 1.3 times the share
        (0.04, 0.010, 0.063, 100, False),
    ],
)
def test_a_share_that_may_stand_by_itself(share, low, high, observations, is_so):
    assert is_reliable(share, Interval(low, high), observations) is is_so


def test_of_a_class_a_share_is_rarely_known_well():
    assert is_reliable(12 / 300, wilson_interval(12, 300), 300), "2.3 to 6.9 %"
    assert not is_reliable(3 / 40, wilson_interval(3, 40), 40), "2.6 to 19.9 % is more than 1.3 times 7.5 %"
