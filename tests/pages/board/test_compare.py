"""Schools side by side, fairly: the planted ones are found, chance is told beside, and nothing is ranked."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

import queries
from access import jurisdictions, viewers_of
from components.figures.bright import spots_of
from components.figures.funnel import FEWEST_PLACES, OUTSIDE_95, OUTSIDE_998, funnel_of, interval_of, overlaps
from queries.catalogue import indicators
from queries.similar import nearest, parts_of, recipe
from queries.statistics import Z_95, Z_998, between_places_variance, funnel_limits, overdispersion
from records import engine
from sample_data import planted
from sample_data.cast import member
from tests.accounts import opened_store

ABSENCE = indicators()["absence_rate"]


def rows_of(figures: list[tuple[float, float, int]], year: int = 2026, kind: str = "elementary") -> pl.DataFrame:
    return pl.DataFrame(
        [
            (f"k{number}", number, f"学校{number}", kind, number, year, count, total, people, False)
            for number, (count, total, people) in enumerate(figures)
        ],
        schema=["school_key", "school_id", "school_name", "school_kind", "list_order", "fiscal_year", "numerator", "denominator", "people",
                "is_hidden"],
        orient="row",
    )  # fmt: skip


@pytest.fixture
def city(sample_district: Path) -> Iterator[None]:
    before = jurisdictions.known()
    jurisdictions.use_district(sample_district / "district")
    yield
    jurisdictions.use_jurisdictions(before)


@pytest.mark.usefixtures("city")
def test_the_two_schools_that_became_better_are_found_and_hardly_another(record_property: Callable[[str, object], None]) -> None:
    sato = viewers_of(member("sato").staff_number)[0]
    found, expected = [], 0.0
    for indicator in indicators().values():
        if indicator.is_share and indicator.better != "neither" and indicator.is_compared_across_years:
            looked = spots_of(queries.ask(sato, "figures_of_schools", indicator=indicator.name), indicator, 2026)
            found += [(spot.name, spot.indicator.name) for spot in looked.better]
            expected += looked.expected
    truth = {(improvement.school, improvement.indicator) for improvement in planted().improvements}
    assert truth <= set(found)
    assert len(set(found) - truth) <= expected
    others = len(set(found) - truth)
    record_property("walk", f"bright spots: {len(truth)} of {len(truth)} planted, {others} others ({expected:.1f} expected)")


def compared() -> None:
    """The page, as the frame calls it."""
    import streamlit as st  # noqa: PLC0415

    from pages.board import compare  # noqa: PLC0415

    st.session_state["is_masked"] = False
    compare.page(st.session_state["viewer"])


@pytest.mark.usefixtures("city")
def test_schools_stand_side_by_side_in_the_order_of_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIHARASHI_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    opened_store(tmp_path)
    sato = replace(viewers_of(member("sato").staff_number)[0], username="sato")
    rows = queries.ask(sato, "figures_of_schools", indicator="absence_rate").filter(pl.col("school_kind") == "elementary")
    names = dict(rows.select("school_key", "school_name").unique(maintain_order=True).iter_rows())
    chosen = list(names)[3:1:-1]
    page = AppTest.from_function(compared, default_timeout=60)
    page.session_state["viewer"], page.session_state["pages"] = sato, {}
    page.query_params["schools"] = ",".join(chosen)
    page.run()
    assert not page.exception
    assert "2校の欠席率を、区間をつけて並べる" in [each.value for each in page.subheader]
    series = [each.value for each in page.subheader if each.value.startswith(tuple(names.values())) and "の欠席率" in each.value]
    assert [words.split("の欠席率")[0] for words in series] == [names[key] for key in reversed(chosen)]
    told = " ".join(each.value for each in page.text)
    assert f"{names[chosen[1]]} と {names[chosen[0]]} は、区間が重なっている" in told
    engine.forget()


def test_a_change_beyond_those_of_others_is_a_spot_and_the_same_the_other_way_is_its_mirror() -> None:
    last = rows_of([(200, 10_000, 60)] * 10, 2025)
    others = [(days, 10_000, 60) for days in (220, 185, 210, 190, 215, 180, 205, 195, 200)]
    for days, better, worse in ((90, [0], []), (310, [], [0]), (202, [], [])):
        this = rows_of([(days, 10_000, 60), *others])
        looked = spots_of(pl.concat([last, this]), ABSENCE, 2026)
        assert [spot.school_id for spot in looked.better if spot.is_change] == better
        assert [spot.school_id for spot in looked.worse if spot.is_change] == worse
        assert looked.changes == 10
        assert looked.expected == pytest.approx(10 * 0.00135 + 10 * 0.001)


def test_what_is_neither_good_nor_bad_has_no_bright_spot() -> None:
    rows = pl.concat([rows_of([(9, 10, 60)] * 10, 2025), rows_of([(1, 10, 60), *[(9, 10, 60)] * 9])])
    assert spots_of(rows, indicators()["mood_answered"], 2026).better == ()


def test_a_thousand_districts_without_differences_ring_as_often_as_they_say(record_property: Callable[[str, object], None]) -> None:
    """Shares of many schools that are all alike: how many lie outside, beside what the caption says."""
    chance = random.Random(20261126)
    outside_95 = outside_998 = schools = 0
    for _district in range(1000):
        totals = [chance.randint(150, 3000) for _school in range(16)]
        # a normal stands for the binomial: some million single throws would take a minute
        counts = [min(max(round(chance.gauss(0.2 * total, (0.16 * total) ** 0.5)), 0), total) for total in totals]
        share, tau_squared = sum(counts) / sum(totals), between_places_variance(counts, totals)
        for count, total in zip(counts, totals, strict=True):
            outside_95 += not funnel_limits(share, total, Z_95, tau_squared).holds(count / total)
            outside_998 += not funnel_limits(share, total, Z_998, tau_squared).holds(count / total)
            schools += 1
    rates = outside_95 / schools, outside_998 / schools
    record_property("walk", f"1,000 districts without differences: {rates[0]:.1%} outside 95 % lines, {rates[1]:.2%} outside 99.8 %")
    assert OUTSIDE_95 * 0.5 < rates[0] < OUTSIDE_95 * 1.2
    assert rates[1] < OUTSIDE_998 * 1.5


def test_phi_is_about_one_for_chance_and_four_for_places_twice_as_far_apart() -> None:
    assert overdispersion([10, 20, 30], [100, 200, 300]) == pytest.approx(0.0)
    # scores of ±1 by hand: asin(sqrt(p)) = asin(sqrt(0.2)) ± 1 / (2 sqrt(n))
    from math import asin, sin, sqrt  # noqa: PLC0415

    def counts(score: float) -> list[float]:
        return [400 * sin(asin(sqrt(0.2)) + side * score / (2 * sqrt(400))) ** 2 for side in (1, -1) * 10]

    assert overdispersion(counts(1), [400] * 20) == pytest.approx(1.0, abs=0.01)
    assert overdispersion(counts(2), [400] * 20) == pytest.approx(4.0, abs=0.05)


def test_a_funnel_needs_places_and_leaves_out_what_is_hidden() -> None:
    assert funnel_of(rows_of([(2, 100, 60)] * (FEWEST_PLACES - 1)), ABSENCE) is None
    rows = rows_of([(2, 100, 60)] * FEWEST_PLACES + [(0, 0, 0)]).with_columns(
        is_hidden=pl.col("denominator") == 0, numerator=pl.when(pl.col("denominator") > 0).then("numerator"),
        denominator=pl.when(pl.col("denominator") > 0).then("denominator"),
    )  # fmt: skip
    found = funnel_of(rows, ABSENCE)
    assert found is not None
    assert [place.standing for place in found.places] == ["inside"] * FEWEST_PLACES + ["unknown"]
    assert [place.name for place in found.places] == [f"学校{number}" for number in range(6)], "in the order of the list"
    assert found.shown == found.places[:-1]


def test_intervals_widen_with_phi_and_overlap_is_said() -> None:
    found = funnel_of(rows_of([(20, 1000, 60), (60, 1000, 60), (24, 1000, 60), (30, 1000, 60), (30, 1000, 60)]), ABSENCE)
    assert found is not None
    one, other, third = found.places[:3]
    narrow, wide = interval_of(one.figure, 1.0), interval_of(one.figure, 4.0)
    assert narrow is not None
    assert wide is not None
    assert wide.low < narrow.low < 2.0 < narrow.high < wide.high
    told = [("overlap" if "重なっている" in line else "apart") for line in overlaps([one, other, third], 1.0)]
    assert told == ["apart", "overlap", "apart"]
    assert ["apart" for line in overlaps([one, other], 9.0) if "重なりません" in line] == []


def test_similar_schools_are_the_nearest_by_the_recipe() -> None:
    schools = {
        1: parts_of(100, 10.0, 5), 2: parts_of(110, 10.0, 5), 3: parts_of(100, 30.0, 5), 4: parts_of(800, 10.0, 40),
        5: parts_of(120, None, 6),
    }  # fmt: skip
    only = {"size": 0, "school_aid": 0, "special_needs": 0}
    assert nearest(1, schools, only | {"size": 1}, 2) == [3, 2]
    assert nearest(1, schools, only | {"school_aid": 1}, 3) == [2, 4, 5], "the same, the same, not told"
    assert nearest(1, schools, dict(recipe().weights), 9)[-1] in (3, 4), "the large one or the poor one, not its like"
    assert 1 not in nearest(1, schools, dict(recipe().weights), 9)
