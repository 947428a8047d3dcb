"""Drafts: a note somebody has begun. It outlasts the session it was typed in, and only who typed it reads it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from access import refuse_elsewhere
from records.engine import reading, writing
from records.tables import draft
from records.utc_datetime import now

if TYPE_CHECKING:
    from access import Viewer

DAYS_KEPT = 7


def save(viewer: Viewer, school_id: int, student_id: int, body: str) -> None:
    """Keep what has been typed so far; an emptied field keeps nothing, and drafts older than a week go.

    `student_id` is the child, or below zero a class whose child has not been chosen yet (by its first child).
    """
    refuse_elsewhere(viewer)
    with writing() as connection:
        connection.execute(delete(draft).where(draft.c.saved_at < now() - timedelta(days=DAYS_KEPT)))
        connection.execute(
            delete(draft).where(
                draft.c.username == viewer.username, draft.c.school_id == school_id, draft.c.student_id == student_id
            )
        )
        if body.strip() and viewer.username:
            connection.execute(
                insert(draft).values(
                    username=viewer.username, school_id=school_id, student_id=student_id, saved_at=now(), body=body
                )
            )


def of(viewer: Viewer, school_id: int, student_id: int) -> str:
    """What this person has begun to write about a child; empty where nothing was begun, or a week ago."""
    refuse_elsewhere(viewer)
    question = select(draft.c.body).where(
        draft.c.username == viewer.username,
        draft.c.school_id == school_id,
        draft.c.student_id == student_id,
        draft.c.saved_at >= now() - timedelta(days=DAYS_KEPT),
    )
    with reading() as connection:
        return connection.execute(question).scalar() or ""
