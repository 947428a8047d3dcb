"""The house as text: which files it has and what they say. Only the tests of the house ask."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("access", "bench", "components", "ingest", "marts", "pages", "queries", "records", "sample_data", "web")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# a path of one machine; written so that the expression does not find itself
MACHINE_PATH = re.compile(r"(?<![\w./])/(?:home|root|Users|work|tmp|opt)/\w|\b[A-Z]:\\\w")


def files(*suffixes: str, rooms: tuple[str, ...] = (*ROOMS, "tests")) -> list[Path]:
    """The written files of these rooms, in a steady order; with .py, those at the front door too."""
    found = [path for room in rooms for path in (ROOT / room).rglob("*") if path.suffix in suffixes]
    if ".py" in suffixes:
        found += ROOT.glob("*.py")
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    """A file as a reader would name it: its path from the front door."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports_of(path: Path) -> set[str]:
    """The packages a file imports, by first name."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found


def names_bound_in(path: Path) -> Iterator[tuple[str, int]]:
    """Every name the file gives to something of its own, and the line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname, getattr(node, "lineno", 0)


def functions_of(path: Path) -> Iterator[tuple[str, int, int, str]]:
    """Every function of the file: its name, where it begins, how many lines it has, and why it is long, if that is said above it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            reason = re.fullmatch(r"\s*# long: (.*\w.*)", lines[first - 2]) if first > 1 else None
            yield node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1, reason[1] if reason else ""


def sentences_in(path: Path) -> Iterator[tuple[str, int]]:
    """Every string the program uses, docstrings aside."""
    docstrings = set()
    for node in ast.walk(tree_of(path)):
        is_block = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if is_block and node.body and isinstance(node.body[0], ast.Expr):
            docstrings.add(id(node.body[0].value))
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value, node.lineno


def calls_in(path: Path, name: str) -> Iterator[ast.Call]:
    """Every call of a function or method of this name."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            called = node.func
            if getattr(called, "attr", None) == name or getattr(called, "id", None) == name:
                yield node


def header_of(sql: Path) -> list[str]:
    """The comment lines a query begins with, without their dashes."""
    header = []
    for line in sql.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        header.append(line.removeprefix("--").strip())
    return header


@cache
def words() -> dict[str, dict[str, str]]:
    """Every key of the screen's catalogue (file name, dot, key in the file) with its words per language."""
    return {
        f"{path.stem}.{key}": line
        for path in sorted((ROOT / "locales").glob("*.toml"))
        for key, line in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }
