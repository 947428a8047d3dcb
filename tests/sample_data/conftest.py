"""The small district written once, and the whole district's attendance lived once."""

from __future__ import annotations

from pathlib import Path

import pytest

import sample_data
from sample_data.attendance import Attendance, attendance
from sample_data.calendar_days import year_calendar
from sample_data.district import district
from sample_data.school_year import SchoolYear, school_year
from sample_data.seeds import SEED
from sample_data.traits import traits


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drop folder of the small district."""
    place = tmp_path_factory.mktemp("sample")
    sample_data.write(place, scale="small")
    return place / "inbox"


@pytest.fixture(scope="session")
def planted() -> sample_data.Planted:
    """What was planted in the small district."""
    return sample_data.planted(scale="small")


@pytest.fixture(scope="session")
def lived_years() -> dict[int, tuple[SchoolYear, Attendance]]:
    """The attendance of the whole district: year → (frame, what happened)."""
    schools, children, classes, _ = district(SEED, "full")
    character = traits(children, schools, SEED)
    lived = {}
    for year_classes in classes:
        calendar = year_calendar(schools, year_classes.fiscal_year, SEED)
        year = school_year(schools, children, year_classes, calendar, SEED)
        lived[year_classes.fiscal_year] = (year, attendance(year, character))
    return lived
