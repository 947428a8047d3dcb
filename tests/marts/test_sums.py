"""A school's figures are the sum of its classes', to the day; a class page and the school page cannot contradict each other."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

# Counted by child and day, and a child is in one class on a day. (30日以上 is not: a child of two classes may reach it in neither.)
BY_DAY = ("absence_rate", "late_rate", "mood_answered", "mood_rain", "health_room_visits", "study_minutes", "study_accuracy")
APART = """
    select school.indicator, school.school_id, school.period, school.period_on
    from cell as school
    inner join (
        select indicator, school_id, period, period_on, fiscal_year, sum(numerator) as numerator, sum(denominator) as denominator
        from cell where place = 'class' group by all
    ) as classes using (indicator, school_id, period, period_on, fiscal_year)
    where school.place = 'school' and school.indicator = ?
        and (abs(school.numerator - classes.numerator) > 1e-6 or abs(school.denominator - classes.denominator) > 1e-6)
"""


@pytest.mark.parametrize("indicator", BY_DAY)
def test_classes_sum_to_their_school_exactly(indicator: str, sample_district: Path) -> None:
    folder = sample_district / "district"
    with duckdb.connect(str(folder / (folder / "CURRENT").read_text(encoding="utf-8").strip()), read_only=True) as connection:
        compared = connection.execute(
            "select count(*) from cell where place = 'school' and indicator = ?", [indicator]
        ).fetchall()[0][0]
        assert compared > 100
        assert connection.execute(APART, [indicator]).fetchall() == []
