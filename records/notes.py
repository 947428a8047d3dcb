"""アシストログ: notes about a child, written in two taps. Nothing is written over: a change stands in place of the note, which stays.

Who does not see the child by name neither writes nor reads; a restricted note is for its few readers, and others cannot even count it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from access import Refused, children_of, sight_of
from records.current_revision import current_revisions
from records.engine import home, reading, writing
from records.tables import account, note
from records.utc_datetime import now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Row

    from access import Viewer

TAGS = Path(__file__).with_name("note_tags.toml")
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it stands: when it was first written and last changed, by whom, about whom, what."""

    note_id: int
    written_at: datetime
    username: str
    name: str
    role: str
    student_id: int
    tag: str
    body: str
    is_restricted: bool
    revisions: int


class TagError(ValueError):
    """A file of tags says something that is no tag."""


def tags(school: str | None = None) -> dict[str, dict[str, str]]:
    """What a note may be about at a school, by its name: tag → words in both languages, in the order of the buttons.

    Without a school, every tag any school has: old notes are read by them. `note_tags.toml` in the data directory stands in place
    of the list that comes along; a table `[school."見晴小学校"]` in it names the tags that school uses, in its order.
    """
    known, chosen = _tags(_tags_file())
    return {name: known[name] for name in chosen[school]} if school in chosen else known


def _tags_file() -> Path:
    own = home() / TAGS.name
    return own if own.is_file() else TAGS


@lru_cache(maxsize=8)
def _tags(file: Path) -> tuple[dict[str, dict[str, str]], dict[str | None, list[str]]]:
    written: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    schools = written.pop("school", {})
    for name, words in written.items():
        if not isinstance(words, dict) or set(words) != {"ja", "en"} or not all(words.values()):
            raise TagError(f"{file.name}: [{name}] needs words in ja and en")
    for school, line in schools.items():
        strange = [name for name in line.get("tags", []) if name not in written]
        if strange or not line.get("tags"):
            raise TagError(f"{file.name}: [school.\"{school}\"] has tags {strange or 'none'}; write some of {list(written)}")
    return written, {school: line["tags"] for school, line in schools.items()}


def may_write(viewer: Viewer, *, is_restricted: bool = False) -> bool:
    """Whether this person reads and writes such notes at all."""
    return {"note", "restricted_note"} <= sight_of(viewer).named if is_restricted else "note" in sight_of(viewer).named


def write(viewer: Viewer, school_id: int, student_id: int, tag: str, body: str = "", *, is_restricted: bool = False) -> int:
    """Keep a note about a child; its number.

    Raises:
        Refused: the person does not see the child by name, or does not read such notes.
        ValueError: an unknown tag, or a text longer than 2,000 characters.
    """
    if student_id not in children_of(viewer) or not may_write(viewer, is_restricted=is_restricted):
        raise Refused("not_shared")
    return _kept(viewer, school_id, student_id, tag, body, is_restricted=is_restricted)


def change(viewer: Viewer, note_id: int, tag: str, body: str) -> int:
    """Let another text stand in place of one's own note; the number of the new one.

    Raises Refused for a note that is not one's own, no longer stands, or is of a child one does not see any more.
    """
    row = _own(viewer, note_id)
    return _kept(viewer, row.school_id, row.student_id, tag, body, is_restricted=row.is_restricted, replaces_id=note_id)


def withdraw(viewer: Viewer, note_id: int) -> None:
    """Let one's own note stand no longer; it is kept, and shown to nobody on a page. Raises what `change` raises."""
    row = _own(viewer, note_id)
    _kept(
        viewer, row.school_id, row.student_id, row.tag, "", is_restricted=row.is_restricted, replaces_id=note_id, is_withdrawn=True
    )


def of_children(viewer: Viewer, school_id: int, student_ids: Iterable[int]) -> list[Note]:
    """The notes about these children that stand, newest first, as far as this person may read them."""
    wanted = sorted(set(student_ids) & children_of(viewer))
    if not wanted or not may_write(viewer):
        return []
    question = (
        select(note, account.c.family_name, account.c.given_name)
        .outerjoin(account, account.c.username == note.c.username)
        .where(note.c.school_id == school_id, note.c.student_id.in_(wanted))
        .order_by(note.c.note_id)
    )
    if not may_write(viewer, is_restricted=True):
        question = question.where(note.c.is_restricted.is_(False))
    with reading() as connection:
        current = current_revisions(connection.execute(question), "note_id")
    return [
        Note(
            row.note_id,
            row.written_at,
            row.username,
            f"{row.family_name or row.username} {row.given_name or ''}".strip(),
            row.role,
            row.student_id,
            row.tag,
            row.body,
            row.is_restricted,
            revisions,
        )
        for row, revisions, _first in current
    ]


def _own(viewer: Viewer, note_id: int) -> Row[Any]:
    replaced = select(note.c.replaces_id).where(note.c.replaces_id == note_id)
    with reading() as connection:
        row = connection.execute(
            select(note).where(note.c.note_id == note_id, note.c.username == viewer.username, ~replaced.exists())
        ).first()
    if row is None or row.is_withdrawn or row.student_id not in children_of(viewer):
        raise Refused("not_shared")
    if not may_write(viewer, is_restricted=row.is_restricted):
        raise Refused("not_shared")
    return row


def _kept(
    viewer: Viewer,
    school_id: int,
    student_id: int,
    tag: str,
    body: str,
    *,
    is_restricted: bool,
    replaces_id: int | None = None,
    is_withdrawn: bool = False,
) -> int:
    if tag not in tags() and replaces_id is None:
        raise ValueError(f"no such tag: {tag}")
    if len(body) > LONGEST:
        raise ValueError(f"a note holds {LONGEST} characters")
    with writing() as connection:
        made = connection.execute(
            insert(note).values(
                written_at=now(),
                username=viewer.username,
                staff_id=viewer.staff_id,
                role=str(viewer.role),
                school_id=school_id,
                student_id=student_id,
                tag=tag,
                body=body,
                is_restricted=is_restricted,
                is_withdrawn=is_withdrawn,
                replaces_id=replaces_id,
            )
        ).inserted_primary_key
    if made is None:
        raise RuntimeError("the store gave the note no number")
    return int(made[0])
