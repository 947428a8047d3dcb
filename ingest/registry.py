"""Every source the house can read, in an order in which each finds what it is checked against. A new source is one more line."""

from __future__ import annotations

from ingest.files.reasons import known_reasons
from ingest.flow import Flow
from ingest.intake.reading import Source
from ingest.roster import source as roster
from ingest.sources import (
    assessment,
    attendance,
    attendance_month,
    attendance_totals,
    calendar,
    dx_checklist,
    evaluation,
    handover,
    health_room,
    incidents,
    mood,
    municipality_figures,
    narrative,
    school_facts,
    school_list,
    staff_hours,
    staff_pulse,
)
from ingest.study_log import source as study_log
from marts.declared import Declared

SOURCES: tuple[Source, ...] = (
    school_list.SOURCE,
    roster.SOURCE,
    calendar.SOURCE,
    attendance.SOURCE,
    attendance_month.SOURCE,
    attendance_totals.SOURCE,
    mood.SOURCE,
    health_room.SOURCE,
    study_log.SOURCE,
    assessment.SOURCE,
    evaluation.SOURCE,
    narrative.SOURCE,
    incidents.SOURCE,
    staff_hours.SOURCE,
    staff_pulse.SOURCE,
    school_facts.SOURCE,
    dx_checklist.SOURCE,
    municipality_figures.SOURCE,
    handover.SOURCE,
)


def flows() -> list[Flow]:
    """What every source declares about itself."""
    return [source.flow for source in SOURCES]


def declarations() -> Declared:
    """What the build writes down of all this: every flow in reading order, and every reason to reject a row."""
    return Declared(tuple(flows()), tuple(known_reasons().values()))
