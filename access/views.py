"""The rules of visible.sql, taken apart: which view needs which, and who gets it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import sqlglot
from sqlglot import expressions as exp

VISIBLE_FILE = Path(__file__).with_name("visible.sql")
SIGHTS = ("rule", "counts", "named", "load", "account")
_HEADER = re.compile(r"^-- view: (?P<name>\w+) · sight: (?P<sight>\w+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class View:
    """One rule: the statement that makes the view, the rules it rests on, and who gets it."""

    name: str
    sight: str
    statement: str
    rests_on: tuple[str, ...]


class VisibleError(ValueError):
    """visible.sql does not keep its own form."""


@lru_cache(maxsize=1)
def visible_views() -> dict[str, View]:
    """Every view by name, in the order of the file, which is also an order they can be made in."""
    return views_in(VISIBLE_FILE.read_text(encoding="utf-8"))


def views_in(text: str) -> dict[str, View]:
    """The views a rules file declares; raises VisibleError where header and statement differ."""
    headers = list(_HEADER.finditer(text))
    views: dict[str, View] = {}
    for header, following in zip(headers, [*headers[1:], None], strict=True):
        name, sight = header["name"], header["sight"]
        body = text[header.end() : following.start() if following else len(text)]
        statement = sqlglot.parse_one(body, dialect="duckdb")
        if not isinstance(statement, exp.Create) or statement.this.name != name or sight not in SIGHTS:
            raise VisibleError(f"visible.sql: the statement under '-- view: {name}' does not create it")
        named = {table.name for table in statement.find_all(exp.Table) if not table.db}
        rests_on = tuple(view for view in views if view in named)
        views[name] = View(name, sight, body.strip().rstrip(";"), rests_on)
    return views


def needed_views(names: frozenset[str]) -> tuple[View, ...]:
    """The views a question names and all they rest on, in an order they can be made in."""
    views = visible_views()
    wanted = set(names)
    for view in reversed(views.values()):
        if view.name in wanted:
            wanted.update(view.rests_on)
    return tuple(view for view in views.values() if view.name in wanted)
