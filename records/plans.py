"""支援計画: what is done for a child, by whom, until when, and when it is looked at again.

A plan belongs to the school, not to one person: whoever sees the child by name and may read plans may change it. Nothing is
written over; of two who change a plan at once the second is told, and what they wrote is not taken in place of the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from access import Refused, children_of, sight_of
from records.current_revision import current_revisions
from records.engine import reading, writing
from records.tables import account, support_plan
from records.utc_datetime import now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Row

    from access import Viewer

LONGEST = {"aim": 200, "measures": 2000, "people": 200, "outcome": 2000}


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to write down as a plan."""

    aim: str
    measures: str
    people: str
    starts_on: date
    ends_on: date | None
    review_on: date
    outcome: str = ""

    def flaw(self) -> str | None:
        """The first thing wrong with it, as a code for words; None where it can be kept."""
        if not self.aim.strip():
            return "no_aim"
        if any(len(getattr(self, name)) > most for name, most in LONGEST.items()):
            return "too_long"
        if self.ends_on is not None and self.ends_on < self.starts_on:
            return "ends_before_start"
        if self.review_on < self.starts_on:
            return "review_before_start"
        return None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it stands: by whom it was last written and when, for whom, and what it says."""

    plan_id: int
    written_at: datetime
    username: str
    name: str
    role: str
    student_id: int
    said: Draft
    revisions: int
    first_id: int  # the number it had when it was first written

    def runs_on(self, day: date) -> bool:
        """Whether the support goes on on this day."""
        return self.said.starts_on <= day and (self.said.ends_on is None or day <= self.said.ends_on)

    def is_due(self, day: date) -> bool:
        """Whether the plan is to be looked at again: its day has come, and it has not ended before."""
        ended = self.said.ends_on is not None and self.said.ends_on < self.said.review_on
        return self.said.review_on <= day and not ended


def may_write(viewer: Viewer) -> bool:
    """Whether this person reads and writes plans at all."""
    return "support_plan" in sight_of(viewer).named


def write(viewer: Viewer, school_id: int, student_id: int, draft: Draft) -> int:
    """Keep a new plan for a child; its number.

    Raises:
        Refused: the person does not see the child by name, or does not read plans.
        ValueError: the plan has a flaw (`Draft.flaw`).
    """
    if student_id not in children_of(viewer) or not may_write(viewer):
        raise Refused("not_shared")
    return _kept(viewer, school_id, student_id, draft)


def change(viewer: Viewer, school_id: int, plan_id: int, draft: Draft) -> int:
    """Let another text stand in place of a plan of this school; the number of the new one.

    Raises what `write` raises, and Refused('overtaken') where somebody else has changed it in the meantime.
    """
    row = _found(viewer, school_id, plan_id)
    return _kept(viewer, school_id, row.student_id, draft, replaces_id=plan_id)


def withdraw(viewer: Viewer, school_id: int, plan_id: int) -> None:
    """Let a plan written by oneself stand no longer; a plan that has run its course ends instead. Raises what `change` raises."""
    row = _found(viewer, school_id, plan_id)
    if row.username != viewer.username:
        raise Refused("not_shared")
    _kept(viewer, school_id, row.student_id, _draft(row), replaces_id=plan_id, is_withdrawn=True)


def of_children(viewer: Viewer, school_id: int, student_ids: Iterable[int]) -> list[Plan]:
    """The plans for these children that stand, the last written first, as far as this person may read them."""
    wanted = sorted(set(student_ids) & children_of(viewer))
    if not wanted or not may_write(viewer):
        return []
    question = (
        select(support_plan, account.c.family_name, account.c.given_name)
        .outerjoin(account, account.c.username == support_plan.c.username)
        .where(support_plan.c.school_id == school_id, support_plan.c.student_id.in_(wanted))
        .order_by(support_plan.c.plan_id)
    )
    with reading() as connection:
        current = current_revisions(connection.execute(question), "plan_id")
    return [
        Plan(
            row.plan_id,
            row.written_at,
            row.username,
            f"{row.family_name or row.username} {row.given_name or ''}".strip(),
            row.role,
            row.student_id,
            _draft(row),
            revisions,
            first_id,
        )
        for row, revisions, first_id in current
    ]


def _draft(row: Row[Any]) -> Draft:
    return Draft(row.aim, row.measures, row.people, row.starts_on, row.ends_on, row.review_on, row.outcome)


def _found(viewer: Viewer, school_id: int, plan_id: int) -> Row[Any]:
    question = select(support_plan).where(support_plan.c.plan_id == plan_id, support_plan.c.school_id == school_id)
    with reading() as connection:
        row = connection.execute(question).first()
    if row is None or row.is_withdrawn or row.student_id not in children_of(viewer) or not may_write(viewer):
        raise Refused("not_shared")
    return row


def _kept(
    viewer: Viewer, school_id: int, student_id: int, draft: Draft, *, replaces_id: int | None = None, is_withdrawn: bool = False
) -> int:
    if flaw := draft.flaw():
        raise ValueError(flaw)
    try:
        with writing() as connection:
            made = connection.execute(
                insert(support_plan).values(
                    written_at=now(),
                    username=viewer.username,
                    staff_id=viewer.staff_id,
                    role=str(viewer.role),
                    school_id=school_id,
                    student_id=student_id,
                    aim=draft.aim.strip(),
                    measures=draft.measures.strip(),
                    people=draft.people.strip(),
                    starts_on=draft.starts_on,
                    ends_on=draft.ends_on,
                    review_on=draft.review_on,
                    outcome=draft.outcome.strip(),
                    is_withdrawn=is_withdrawn,
                    replaces_id=replaces_id,
                )
            ).inserted_primary_key
    except IntegrityError:
        raise Refused("overtaken") from None
    if made is None:
        raise RuntimeError("the store gave the plan no number")
    return int(made[0])
