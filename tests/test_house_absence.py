"""A rule of the house by itself: what an absence is stands in one place, and everything else asks for it by name."""

from __future__ import annotations

import re

import polars as pl

from queries.attendance import STATUSES
from tests.house import ROOMS, files, name_of
from tests.test_house import code_of

# where a status of the register is written out, and why
NAMES_STATUSES: dict[str, str] = {
    "queries/build/attendance_status.sql": "the one definition",
    "queries/build/student_day.sql": "the status of a day that has no row",
    "ingest/mappings/attendance.toml": "what the words of an export mean",
    "components/tables/register_marks.py": "a mark of the paper register for each",
}


def test_an_absence_is_told_from_an_excuse_in_one_place() -> None:
    """Everything else asks is_present, is_absent, is_excused and is_required; what a status means may be changed in that one place."""
    statuses = set(pl.sql(STATUSES.read_text(encoding="utf-8"), eager=True)["status"])
    assert len(statuses) > 4
    # that a child was there is also said of other things than the register; in SQL, and asked of a column of the register, it is not
    named = re.compile(rf"""["']({"|".join(sorted(statuses - {"present"}))})["']""")
    asked = re.compile(r"""["'](attendance|status)["']\)(\s*(==|!=)\s*["']|\.is_in\([\[({]|\.str\.)""")
    strays = [
        name_of(path)
        for path in files(".py", ".sql", ".toml", ".typ", rooms=(*ROOMS, "locales"))
        if named.search(code := code_of(path)) or asked.search(code) or (path.suffix == ".sql" and "'present'" in code)
    ]
    assert sorted(set(strays)) == sorted(NAMES_STATUSES)
