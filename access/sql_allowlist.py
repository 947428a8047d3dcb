"""The list of SQL a question may be made of: at start-up every question is read, and one that reaches past the gate is refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlglot
from sqlglot import expressions as exp

from access.views import visible_views

# Every kind of node a question may be made of. What is not on the list is refused: files, settings, the catalogue and the
# viewer's own variable are reached through functions and forms that are absent, also those nobody has thought of yet.
ALLOWED_NODES: tuple[type[exp.Expression], ...] = (
    # the statement and its parts
    exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.Order, exp.Ordered, exp.Limit, exp.Distinct,
    exp.With, exp.CTE, exp.TableAlias, exp.Table, exp.Subquery, exp.Union, exp.Alias, exp.Identifier, exp.Column,
    # values, conditions and arithmetic
    exp.Literal, exp.Null, exp.Boolean, exp.Placeholder, exp.Var, exp.Paren, exp.Tuple, exp.And, exp.Or, exp.Not,
    exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Is, exp.In, exp.Between, exp.NullSafeEQ, exp.NullSafeNEQ,
    exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Neg, exp.Case, exp.If, exp.Exists,
    # functions
    exp.Cast, exp.DataType, exp.Count, exp.Sum, exp.Min, exp.Max, exp.Filter, exp.Coalesce, exp.DateTrunc,
    exp.TimestampTrunc, exp.Extract, exp.Window, exp.WindowSpec,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """An allowed question: its text, the views it names, its parameters and its columns."""

    name: str
    text: str
    views: frozenset[str]
    parameters: frozenset[str]
    columns: tuple[str, ...]

    @property
    def sights(self) -> frozenset[str]:
        """Who can be given an answer: the sights of all views the question names."""
        return frozenset(visible_views()[view].sight for view in self.views)


class QuestionNotAllowed(ValueError):
    """A question file that would reach past the gate; the app does not start with it."""


def allowed_questions(folder: Path) -> dict[str, Question]:
    """Every question of a folder, by name; raises QuestionNotAllowed naming the first file that may not be asked."""
    return {path.stem: allowed(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql"))}


def allowed(name: str, text: str) -> Question:
    """One question, read and found to name nothing but visible views.

    Raises QuestionNotAllowed if it is more than one statement or no select, names a table of a file, a schema or
    the catalogue, calls a function outside plain SQL, or shows a child's row without its student_id (for then
    nobody could say later who was seen).
    """
    try:
        statement = _only_select(text)
        _refuse_strange_nodes(statement)
        names = _views_named(statement)
        children = frozenset(view for view in names if visible_views()[view].sight == "named")
        if children:
            _refuse_unrecorded_children(statement, children)
    except QuestionNotAllowed as fault:
        raise QuestionNotAllowed(f"{name}.sql: {fault}") from fault
    parameters = frozenset(str(node.this) if node.this else node.name for node in statement.find_all(exp.Placeholder))
    return Question(name, text, names, parameters, tuple(statement.named_selects))


def _only_select(text: str) -> exp.Query:
    try:
        statements = sqlglot.parse(text, dialect="duckdb")
    except sqlglot.errors.SqlglotError as error:
        raise QuestionNotAllowed(f"cannot be read: {error}") from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Select | exp.SetOperation):
        raise QuestionNotAllowed("must be exactly one select")
    return statements[0]


def _refuse_strange_nodes(statement: exp.Query) -> None:
    for node in statement.walk():
        # the count of all rows is the one star that shows nothing
        is_count_of_rows = isinstance(node, exp.Star) and isinstance(node.parent, exp.Count)
        if type(node) not in ALLOWED_NODES and not is_count_of_rows:
            what = f"{node.name}()" if isinstance(node, exp.Anonymous) else type(node).__name__
            raise QuestionNotAllowed(f"uses {what}, which is not on the list of plain SQL")
        if isinstance(node, exp.With) and (node.parent is not statement or node.args.get("recursive")):
            raise QuestionNotAllowed("has a step inside a step; write the steps one after another, at the top")


def _views_named(statement: exp.Query) -> frozenset[str]:
    """The visible views a statement names; DuckDB does not tell capitals apart, so neither is told apart here."""
    steps = {cte.alias_or_name.lower() for cte in statement.find_all(exp.CTE)}
    views = visible_views()
    if steps & set(views):
        raise QuestionNotAllowed(f"gives the name of a view to a step of its own: {sorted(steps & set(views))}")
    names: set[str] = set()
    for table in statement.find_all(exp.Table):
        written, name = table.sql(dialect="duckdb"), table.name.lower()
        if table.db or table.catalog:
            raise QuestionNotAllowed(f"names {written}, a guarded table")
        if not isinstance(table.this, exp.Identifier):
            raise QuestionNotAllowed(f"reads from {written}, which is not a table")
        if name in steps:
            continue
        if name not in views or views[name].sight == "rule":
            raise QuestionNotAllowed(f"names {written}, which is no visible view")
        names.add(name)
    return frozenset(names)


def _refuse_unrecorded_children(statement: exp.Query, children: frozenset[str]) -> None:
    """Every row about a child bears that child's own student_id, or nobody could say later who was seen."""
    branches = [
        branch
        for branch in statement.find_all(exp.Select)
        if branch is statement or isinstance(branch.parent, exp.SetOperation)
    ]
    for branch in branches:
        if not any(
            isinstance(column, exp.Column) and column.name == "student_id" and column.table in children
            for column in branch.expressions
        ):
            raise QuestionNotAllowed("is about children but does not show the student_id of a view, unchanged")
