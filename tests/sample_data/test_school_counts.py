"""What schools report as counts: incidents, the staff pulse, the DX checklist. Nobody's own answer is in them."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tests.sample_data.exports import rows_of


def test_no_more_is_resolved_than_was_recognized_three_months_before(inbox: Path) -> None:
    rows = rows_of(inbox, "incidents/incidents-{}.csv").with_columns(pl.col("件数").cast(int))
    counts = rows.pivot("区分", index=["学校コード", "年月"], values="件数").sort("学校コード", "年月")
    before = pl.col("いじめ認知").shift(3).over("学校コード").fill_null(0)
    assert counts.filter(pl.col("いじめ解消") > before).is_empty()
    assert counts["いじめ認知"].sum() > 10


def test_every_question_is_answered_by_the_same_people_and_by_no_more_than_work_there(inbox: Path) -> None:
    rows = rows_of(inbox, "staff_pulse/staff_pulse-{}.csv").with_columns(pl.col("人数").cast(int))
    answering = rows.group_by("学校コード", "年月", "設問").agg(pl.col("人数").sum())
    assert (answering.group_by("学校コード", "年月").agg(pl.col("人数").n_unique())["人数"] == 1).all()
    staff = rows_of(inbox, "school_facts/school_facts-{}.csv").select("学校コード", pl.col("教職員数").cast(int))
    assert answering.join(staff, on="学校コード").filter(pl.col("人数") > pl.col("教職員数")).is_empty()


def test_schools_leave_paper_behind_from_year_to_year(inbox: Path) -> None:
    years = [rows_of(inbox, "dx_checklist/dx_checklist-{}.csv", year) for year in (2025, 2026)]
    both = years[0].join(years[1], on=["学校コード", "項目番号"], suffix="_now")
    steps = {"いいえ": 0, "一部": 1, "はい": 2}
    moved = both.select(pl.col("回答_now").replace_strict(steps) - pl.col("回答").replace_strict(steps)).to_series()
    assert moved.min() >= 0
    assert moved.sum() > 0
