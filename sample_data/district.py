"""The district before anything happens in it: schools, children, classes and staff."""

from sample_data.enrollment import Enrolled, enrolled
from sample_data.population import Children, children
from sample_data.schools import School, district_schools
from sample_data.staff import StaffYear, staff_years

MOOD_SINCE = 2025
YEARS = {"full": [2024, 2025, 2026], "small": [2025, 2026]}


def district(seed: int, scale: str) -> tuple[list[School], Children, list[Enrolled], list[StaffYear]]:
    """Schools, children of all years, and the classes and staff of each 年度."""
    schools = district_schools(scale)
    everyone = children(schools, YEARS[scale], seed)
    classes = [enrolled(schools, everyone, year, seed) for year in YEARS[scale]]
    return schools, everyone, classes, staff_years(schools, classes, seed)
