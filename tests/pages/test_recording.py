"""Until when records speak, in words: on the tiles of a school and of the district, and of today's registers."""

from __future__ import annotations

from datetime import date

import polars as pl

from components.cards.tiles import indicator_tile
from components.figures.figures import figure_in
from pages.recording import Registers, recorded_schools_texts, recorded_texts, registers_finding

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 24)


def recording(**unrecorded: tuple[date, int]) -> pl.DataFrame:
    rows = [{"source": source, "recorded_through": through, "unrecorded_days": days} for source, (through, days) in unrecorded.items()]
    return pl.DataFrame(rows)


def test_a_source_that_ends_before_the_figures_of_its_school_says_so() -> None:
    assert recorded_texts(recording(attendance=(FRIDAY, 0), mood=(date(2026, 11, 6), 9)), FRIDAY) == {"mood": "11/6まで記録"}
    assert recorded_texts(recording(attendance=(date(2026, 11, 6), 9)), date(2026, 11, 6)) == {"attendance": "11/6まで記録"}


def test_of_the_district_it_is_said_at_how_many_schools() -> None:
    both = [("attendance", FRIDAY), ("attendance", FRIDAY), ("mood", FRIDAY)]
    known = [*both, ("mood", date(2026, 11, 6)), ("staff_hours", date(2026, 10, 1))]
    coverage = pl.DataFrame(known, schema={"source": pl.String, "recorded_through": pl.Date}, orient="row")
    assert recorded_schools_texts(coverage, FRIDAY) == {"mood": "1/2校"}


def test_the_word_stands_on_the_tiles_of_its_source_alone() -> None:
    late = figure_in({"numerator": 12.0, "denominator": 300.0, "people": 60}, "absence_rate")
    assert indicator_tile(late, None, "", {"attendance": "11/6まで記録"}).notes == ("11/6まで記録",)
    assert indicator_tile(late, None, "", {"mood": "11/6まで記録"}).notes == ()


def registers_of(*through: date) -> Registers:
    rows = [
        {"school_id": at, "school_name": f"{at}番の学校", "recorded_through": day, "classes": None, "classes_in": None}
        for at, day in enumerate(through, 1)
    ]
    numbers = {"classes": pl.Int32, "classes_in": pl.Int32}
    return Registers(MONDAY, pl.DataFrame(rows, schema_overrides=numbers), pl.DataFrame())


def test_while_no_register_of_today_is_in_only_schools_that_are_behind_are_named() -> None:
    assert registers_finding(registers_of(*[FRIDAY] * 9), FRIDAY) == "11月24日（火）の出席簿は、まだどの学校からも届いていません。"
    said = registers_finding(registers_of(FRIDAY, date(2026, 11, 6), FRIDAY), FRIDAY)
    assert said.endswith("11月20日（金）まで届いていない学校：2番の学校（11月6日（金）まで）")
    assert "1番の学校" not in said
    assert "1番の学校" in registers_finding(registers_of(FRIDAY, MONDAY), MONDAY), "where one is in, those that are not are named"
