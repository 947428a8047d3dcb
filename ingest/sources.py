"""Every source the house can read, in an order in which each finds what it is checked against. A new source is one more line."""

from __future__ import annotations

from ingest import attendance, calendar, health_room, mood, roster, staff_hours, study_log
from ingest.flow import Flow
from ingest.reading import Source

SOURCES: tuple[Source, ...] = (
    roster.SOURCE,
    calendar.SOURCE,
    attendance.SOURCE,
    mood.SOURCE,
    health_room.SOURCE,
    study_log.SOURCE,
    staff_hours.SOURCE,
)


def flows() -> list[Flow]:
    """What every source declares about itself."""
    return [source.flow for source in SOURCES]
