"""How the children of a school are called, to find a name in words that others will read."""

from __future__ import annotations

from access import Viewer
from components.session_answers import ask
from components.wording import _


def names_of(viewer: Viewer, school_id: int) -> frozenset[str]:
    """How the children of a school are called: the full name, its reading, and the given name with さん, くん or ちゃん."""
    rows = ask(viewer, "children_of_school", school_id=school_id)
    called: set[str] = set()
    for row in rows.rows(named=True):
        called.add(f"{row['family_name']}{row['given_name']}")
        called.add(f"{row['family_name_kana'] or ''}{row['given_name_kana'] or ''}")
        called |= {f"{row['given_name']}{title}" for title in _("meeting.titles").split("|")}
    return frozenset(called - {""})


def names_in(words: str, names: frozenset[str]) -> bool:
    """Whether a child is named in these words, with or without a space."""
    plain = "".join(words.split())
    return any(name in plain for name in names)
