"""Indicators that read the same rows are counted in one pass: ten figures of a child's day cost little more than one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlglot
from sqlglot import exp

from marts.steps import BuildError, tables_read
from queries.catalogue import Indicator

COUNTED = ("numerator", "denominator")
FIGURES = (*COUNTED, "people", "cases")
# what every indicator's SELECT hands over, one row per person and day
COLUMNS = ("school_id", "class_id", "grade", "person_id", "day", "fiscal_year", "is_to_date", *COUNTED)


@dataclass(frozen=True)
class SharedScan:
    """Indicators whose SELECTs differ in numerator and denominator only.

    sql gives the same rows once, with numerator_<name> and denominator_<name> of each indicator side by side.
    """

    names: tuple[str, ...]
    sql: str
    reads: frozenset[str]
    is_by_school: bool


def shared_scans(indicators: Iterable[Indicator]) -> list[SharedScan]:
    """The indicators in groups that can be counted together.

    Raises BuildError when one does not hand over the columns every indicator has.
    """
    return list(
        _shared_scans(tuple((each.name, each.sql_file.read_text(encoding="utf-8"), tuple(each.parameters.items())) for each in indicators))
    )


@lru_cache
def _shared_scans(selects: tuple[tuple[str, str, tuple[tuple[str, int | float | str], ...]], ...]) -> tuple[SharedScan, ...]:
    """The same of each indicator's name, SELECT and parameters; taken apart once, the same for every load of a process."""
    members: dict[str, list[tuple[str, exp.Select | exp.Query]]] = {}
    by_school: dict[str, bool] = {}
    for name, text, parameters in selects:
        tree = with_parameters(parsed(text), dict(parameters))
        columns = tree.named_selects
        if set(columns) != set(COLUMNS):
            raise BuildError(f"indicators/{name}.sql hands over {', '.join(columns)}; it needs {', '.join(COLUMNS)}")
        is_by_school = bool(re.search(r"^-- chunk: school$", text, re.MULTILINE))
        rows = f"{is_by_school} {_without_figures(tree)}"
        members.setdefault(rows, []).append((name, tree))
        by_school[rows] = is_by_school
    return tuple(_shared_scan(group, by_school[rows]) for rows, group in members.items())


@lru_cache
def widened(sql: str, names: tuple[str, ...]) -> str:
    """A roll-up SELECT over one numerator and denominator, counting those of every name side by side."""
    tree = parsed(sql).copy()
    for select in tree.find_all(exp.Select):
        wide: list[exp.Expression] = []
        for projection in select.expressions:
            figures = [column for column in projection.find_all(exp.Column) if column.name in COUNTED]
            wide += [_renamed(projection, name) for name in names] if figures else [projection]
        select.set("expressions", wide)
    return tree.sql(dialect="duckdb", comments=False)


@lru_cache
def narrowed(sql: str, name: str) -> str:
    """A SELECT over one indicator's figures, taking them from where they stand side by side with those of others."""
    tree = with_parameters(parsed(sql), {"indicator": name})
    for column in tree.find_all(exp.Column):
        if column.name in FIGURES:
            if isinstance(column.parent, exp.Select):
                column.replace(exp.alias_(exp.column(f"{column.name}_{name}", column.table), column.name))
            else:
                column.set("this", exp.to_identifier(f"{column.name}_{name}"))
    return tree.sql(dialect="duckdb", comments=False)


@lru_cache
def parsed(sql: str) -> exp.Expression:
    """A SELECT as a tree; read once, so never to be changed in place."""
    return sqlglot.parse_one(sql, dialect="duckdb")


def with_parameters(tree: exp.Expression, parameters: Mapping[str, int | float | str]) -> exp.Expression:
    """A SELECT with its $names replaced by the values of the glossary.

    Raises BuildError for a name without a value.
    """
    def value(node: exp.Expression) -> exp.Expression:
        if not isinstance(node, exp.Placeholder | exp.Parameter):
            return node
        name = node.name or str(node.this)
        if name not in parameters:
            raise BuildError(f"${name} has no value in the glossary")
        return exp.convert(parameters[name])

    return tree.transform(value)


def _shared_scan(group: list[tuple[str, exp.Expression]], is_by_school: bool) -> SharedScan:
    names = tuple(name for name, _ in group)
    first = group[0][1].copy()
    if isinstance(first, exp.Select):
        kept = [projection for projection in first.expressions if projection.alias_or_name not in COUNTED]
        figures = [
            _aliased(projection, f"{projection.alias_or_name}_{name}")
            for name, tree in group
            for projection in tree.selects
            if projection.alias_or_name in COUNTED
        ]
        first.set("expressions", kept + figures)
    else:  # several SELECTs put together: it stands alone, its two figures get its name
        kept = [exp.column(column, quoted=False) for column in COLUMNS if column not in COUNTED]
        figures = [exp.column(figure).as_(f"{figure}_{names[0]}") for figure in COUNTED]
        first = exp.select(*kept, *figures).from_(first.subquery("indicator_row"))
    sql = first.sql(dialect="duckdb", comments=False)
    return SharedScan(names, sql, tables_read(sql, names[0])[0], is_by_school)


def _without_figures(tree: exp.Expression) -> str:
    if not isinstance(tree, exp.Select) or tree.ctes:
        return tree.sql(dialect="duckdb", comments=False)  # like itself only
    bare = tree.copy()
    bare.set("expressions", [column for column in bare.expressions if column.alias_or_name not in COUNTED])
    return bare.sql(dialect="duckdb", comments=False, normalize=True)


def _renamed(projection: exp.Expression, name: str) -> exp.Expression:
    copied = projection.copy()
    for column in copied.find_all(exp.Column):
        if column.name in COUNTED:
            column.set("this", exp.to_identifier(f"{column.name}_{name}"))
    return _aliased(copied, f"{projection.alias_or_name}_{name}")


def _aliased(projection: exp.Expression, alias: str) -> exp.Expression:
    return exp.alias_(projection.unalias(), alias, copy=True)
