"""What a meeting has decided: what, who, until when, and what became of it by the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from access import Refused
from records import meetings
from records.engine import reading, writing
from records.meeting_tables import meeting, meeting_decision, meeting_item
from records.utc_datetime import now

if TYPE_CHECKING:
    from access import Viewer

STATES = ("open", "done", "dropped")
LONGEST = {"what": 300, "people": 100}


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it stands; `code` where it belongs to a case."""

    decision_id: int
    meeting_id: int
    item_id: int | None
    what: str
    people: str
    until: date | None
    state: str
    settled_on: date | None
    code: str | None
    student_id: int | None


def write(viewer: Viewer, meeting_id: int, item_id: int | None, what: str, people: str, until: date | None) -> int:
    """Write down a decision; its number. Raises Refused for another's meeting, ValueError for nothing or too much."""
    items = {item.item_id for item in meetings.agenda(viewer, meeting_id)}
    if item_id is not None and item_id not in items:
        raise Refused("not_shared")
    if not what.strip() or len(what) > LONGEST["what"] or len(people) > LONGEST["people"]:
        raise ValueError("what")
    with writing() as connection:
        made = connection.execute(
            insert(meeting_decision).values(
                written_at=now(),
                username=viewer.username,
                meeting_id=meeting_id,
                item_id=item_id,
                what=what.strip(),
                people=people.strip(),
                until=until,
                state="open",
            )
        ).inserted_primary_key
    return int(made[0])  # type: ignore[index]


def settle(viewer: Viewer, decision_id: int, state: str, on: date) -> None:
    """Say what became of a decision. Raises Refused for another school's, ValueError for a state there is not."""
    if state not in STATES:
        raise ValueError(state)
    with reading() as connection:
        row = connection.execute(
            select(meeting_decision.c.meeting_id).where(meeting_decision.c.decision_id == decision_id)
        ).first()
    if row is None:
        raise Refused("not_shared")
    meetings.find(viewer, row.meeting_id)
    with writing() as connection:
        connection.execute(
            update(meeting_decision)
            .where(meeting_decision.c.decision_id == decision_id)
            .values(state=state, settled_on=None if state == "open" else on)
        )


def of_meeting(viewer: Viewer, meeting_id: int) -> list[Decision]:
    """What a meeting decided, in the order it was written down."""
    meetings.find(viewer, meeting_id)
    return _found(meeting_decision.c.meeting_id == meeting_id)


def before(viewer: Viewer, held: meetings.Meeting) -> list[Decision]:
    """What earlier meetings of the school decided and was still open when this one was set up, or has been settled since."""
    meetings.find(viewer, held.meeting_id)
    earlier = (
        select(meeting.c.meeting_id)
        .where(meeting.c.school_id == held.school_id, meeting.c.meeting_id < held.meeting_id, meeting.c.started_at.is_not(None))
        .order_by(meeting.c.meeting_id.desc())
        .limit(1)
    )
    with reading() as connection:
        last = connection.execute(earlier).scalar_one_or_none()
    older = meeting_decision.c.meeting_id.in_(
        select(meeting.c.meeting_id).where(meeting.c.school_id == held.school_id, meeting.c.meeting_id < held.meeting_id)
    )
    return [each for each in _found(older) if each.state == "open" or each.meeting_id == last]


def _found(condition: object) -> list[Decision]:
    question = (
        select(meeting_decision, meeting_item.c.code, meeting_item.c.student_id)
        .outerjoin(meeting_item, meeting_item.c.item_id == meeting_decision.c.item_id)
        .where(condition)  # type: ignore[arg-type]
        .order_by(meeting_decision.c.decision_id)
    )
    with reading() as connection:
        return [Decision(*(getattr(row, name) for name in Decision.__slots__)) for row in connection.execute(question)]
