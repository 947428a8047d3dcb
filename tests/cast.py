"""The people of the sample district whom the tests know by name, and what each of them is."""

from __future__ import annotations

from sample_data.cast import CAST as PEOPLE
from sample_data.cast import PASSWORD

NO_ROLE = "mori"
CAST: dict[str, str] = {person.username: person.role for person in PEOPLE if person.role}

__all__ = ["CAST", "NO_ROLE", "PASSWORD"]
