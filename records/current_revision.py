"""What stands of things that are never written over: each row may stand in place of an earlier one, or say that it stands no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Row


def current_revisions(rows: Iterable[Row[Any]], number: str) -> list[tuple[Row[Any], int, int]]:
    """The rows that stand, newest first, each with how often it has been changed and the number it had at first.

    Args:
        rows: in the order they were written, with columns `replaces_id` and `is_withdrawn`.
        number: the column that numbers them.
    """
    stands: dict[int, tuple[Row[Any], int, int]] = {}
    for row in rows:
        own = getattr(row, number)
        before = stands.pop(row.replaces_id, None) if row.replaces_id else None
        if not row.is_withdrawn:
            stands[own] = (row, before[1] + 1, before[2]) if before else (row, 0, own)
    return list(reversed(stands.values()))
