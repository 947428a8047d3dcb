"""The vouching at start-up: every question is read, and one that reaches past the gate is refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlglot
from sqlglot import expressions as exp

from access.views import visible_views

# Functions a question may call beyond those sqlglot knows as plain SQL. Anything that reads files, settings,
# the catalogue or the viewer's variables is absent, and so refused.
ALLOWED_FUNCTIONS = frozenset({"list", "isodow", "bool_or", "bool_and"})

# Functions sqlglot knows by name, but which look outside the rows.
FORBIDDEN_NODES = (exp.ReadCSV, exp.Command, exp.Into, exp.Parameter)

CHILD_COLUMNS = frozenset({"family_name", "given_name", "family_name_kana", "given_name_kana", "number", "student_key"})


@dataclass(frozen=True, slots=True)
class Question:
    """A vouched question: its text, the views it names, its parameters and its columns."""

    name: str
    text: str
    views: frozenset[str]
    parameters: frozenset[str]
    columns: tuple[str, ...]

    @property
    def sights(self) -> frozenset[str]:
        """Who can be given an answer: the sights of all views the question names."""
        return frozenset(visible_views()[view].sight for view in self.views)


class UnvouchedQuestion(ValueError):
    """A question file that would reach past the gate; the app does not start with it."""


def vouched_questions(folder: Path) -> dict[str, Question]:
    """Every question of a folder, by name; raises UnvouchedQuestion naming the first file that may not be asked."""
    return {path.stem: vouched(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql"))}


def vouched(name: str, text: str) -> Question:
    """One question, read and found to name nothing but visible views.

    Raises UnvouchedQuestion if it is more than one statement or no select, names a table of a file, a schema or
    the catalogue, calls a function outside plain SQL, or shows a child's row without its student_id (for then
    nobody could say later who was seen).
    """
    try:
        statement = _only_select(text)
        _refuse_outside_functions(statement)
        names = _views_named(statement)
        columns = tuple(statement.named_selects)
        shows_children = any(visible_views()[view].sight == "named" for view in names)
        if shows_children and "student_id" not in columns and CHILD_COLUMNS & set(columns):
            raise UnvouchedQuestion("shows children without their student_id, so it could not be recorded who was seen")
    except UnvouchedQuestion as fault:
        raise UnvouchedQuestion(f"{name}.sql: {fault}") from fault
    parameters = frozenset(str(node.this) if node.this else node.name for node in statement.find_all(exp.Placeholder))
    return Question(name, text, names, parameters, columns)


def _only_select(text: str) -> exp.Query:
    try:
        statements = sqlglot.parse(text, dialect="duckdb")
    except sqlglot.errors.SqlglotError as error:
        raise UnvouchedQuestion(f"cannot be read: {error}") from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Select | exp.SetOperation):
        raise UnvouchedQuestion("must be exactly one select")
    return statements[0]


def _refuse_outside_functions(statement: exp.Query) -> None:
    for node in statement.walk():
        if isinstance(node, FORBIDDEN_NODES):
            raise UnvouchedQuestion(f"uses {type(node).__name__}")
        if isinstance(node, exp.Anonymous) and node.name.lower() not in ALLOWED_FUNCTIONS:
            raise UnvouchedQuestion(f"calls {node.name}(), which is not on the list of plain functions")


def _views_named(statement: exp.Query) -> frozenset[str]:
    steps = {cte.alias_or_name for cte in statement.find_all(exp.CTE)}
    names: set[str] = set()
    for table in statement.find_all(exp.Table):
        written = table.sql(dialect="duckdb")
        if table.db or table.catalog:
            raise UnvouchedQuestion(f"names {written}, a guarded table")
        if not isinstance(table.this, exp.Identifier):
            raise UnvouchedQuestion(f"reads from {written}, which is not a table")
        if table.name not in steps:
            names.add(table.name)
    views = visible_views()
    for table_name in sorted(names):
        if table_name not in views or views[table_name].sight == "rule":
            raise UnvouchedQuestion(f"names {table_name}, which is no visible view")
    if steps & set(views):
        raise UnvouchedQuestion(f"gives the name of a view to its own: {sorted(steps & set(views))}")
    return frozenset(names)
