"""The gate: the one place where a district file is open, and where a question becomes rows.

The file is attached read-only to an empty in-memory database. A question names views; the views exist only on the
cursor made for that question and viewer, so there is nothing a question could reach without them.
"""

from __future__ import annotations

import threading
import warnings
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from duckdb.sqltypes import DuckDBPyType

from access.clock import fiscal_year_of, today
from access.jurisdictions import current, known, refuse_elsewhere
from access.sharing import naming_roles, sees_earlier_schools, sight_of
from access.sql_allowlist import Question
from access.viewer import ROLES_BY_REACH, Refused, Role, Viewer
from access.views import needed_views

VIEWER_FILE = Path(__file__).with_name("viewer.sql")
REACH_FILE = Path(__file__).with_name("reach.sql")
# The viewer as visible.sql knows it.
TOLD = DuckDBPyType(
    "struct(staff_id integer, role varchar, masked boolean, named varchar[], counts varchar[], schools integer[], "
    "whole_schools integer[], classes integer[], naming_roles varchar[], today date, fiscal_year smallint, earlier_schools boolean)"
)
# Of each board one version serves, one may still be answering a question asked before the switch.
KEPT_VERSIONS = 2

# The copy of an answer that is warned of here takes less time than what `_rows` leaves out.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result", category=UserWarning)

_lock = threading.Lock()
_open: OrderedDict[Path, duckdb.DuckDBPyConnection] = OrderedDict()
_parsed: dict[str, duckdb.Statement] = {}


def district_path() -> Path:
    """The file that is published now by the board this is about; a load switches it between two questions.

    Raises Refused('no_district') while nothing has been published, Refused('no_jurisdiction') while no board is chosen.
    """
    folder = current().district
    try:
        return folder / (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise Refused("no_district") from None


def answer(viewer: Viewer, question: Question, parameters: dict[str, Any]) -> pl.DataFrame:
    """The rows of an allowed question that this viewer may see.

    Raises Refused('not_shared') when the question is about children and the viewer sees none by name, about loads
    and the viewer has no part in them, or about who has an account and that is not this viewer's to give;
    Refused('elsewhere') for a viewer of another board.
    """
    refuse_elsewhere(viewer)
    sight = sight_of(viewer)
    if "named" in question.sights and "roster" not in sight.named:
        raise Refused("not_shared", question.name)
    if "load" in question.sights and "load" not in sight.counts:
        raise Refused("not_shared", question.name)
    if "account" in question.sights and "account" not in sight.named:
        raise Refused("not_shared", question.name)
    with _shown(district_path(), viewer, question.views, today()) as cursor:
        return _rows(cursor, question.text, parameters)


def viewer_of(staff_number: str) -> Viewer | None:
    """The viewer the roster makes of a member of staff, or None if it gives them no role today."""
    held = viewers_of(staff_number)
    return held[0] if held else None


def viewers_of(staff_number: str) -> tuple[Viewer, ...]:
    """The viewers a member of staff can be, one for each role held today, the one that reaches furthest first.

    A homeroom teacher of a 中学校 also teaches a subject in other classes: two roles, two scopes, never their sum.
    """
    return _viewers(district_path(), staff_number, today())


@lru_cache(maxsize=1024)
def _viewers(path: Path, staff_number: str, day: date) -> tuple[Viewer, ...]:
    with _cursor(path) as cursor:
        rows = cursor.sql(VIEWER_FILE.read_text(encoding="utf-8"), params={"staff_number": staff_number, "today": day}).fetchall()
    board = current().key
    held = {Role(role): Viewer(staff_id, Role(role), school_id, jurisdiction=board) for staff_id, role, school_id in rows}
    return tuple(held[role] for role in ROLES_BY_REACH if role in held)


def children_of(viewer: Viewer) -> frozenset[int]:
    """The children this viewer may see by name, by their numbers; nobody on a projector."""
    refuse_elsewhere(viewer)
    return _children(district_path(), viewer, today())


@lru_cache(maxsize=1024)
def _children(path: Path, viewer: Viewer, day: date) -> frozenset[int]:
    with _shown(path, viewer, frozenset({"viewer_student"}), day) as cursor:
        return frozenset(row[0] for row in cursor.sql("select student_id from viewer_student").fetchall())


def schools_of(viewer: Viewer) -> frozenset[int]:
    """The schools whose numbers this viewer may see."""
    refuse_elsewhere(viewer)
    return frozenset(_reach(district_path(), viewer.staff_id, viewer.role, today())[0])


@contextmanager
def _shown(path: Path, viewer: Viewer, views: frozenset[str], day: date) -> Iterator[duckdb.DuckDBPyConnection]:
    """A fresh cursor on which these views, and all they rest on, show what this viewer may see on a day."""
    with _cursor(path) as cursor:
        _introduce(cursor, viewer, path, day)
        for view in needed_views(views):
            cursor.execute(_statement(cursor, view.statement)).fetchall()
        yield cursor


def _statement(cursor: duckdb.DuckDBPyConnection, text: str) -> duckdb.Statement:
    """The one statement of a text, which no question or viewer changes: reading a view takes as long as making it, so each is read once."""
    found = _parsed.get(text)
    if found is None:
        (found,) = cursor.extract_statements(text)
        _parsed[text] = found
    return found


def _rows(cursor: duckdb.DuckDBPyConnection, text: str, parameters: dict[str, Any]) -> pl.DataFrame:
    """The answer to a question; `cursor.sql(…).pl()` would say the same, but find out twice over what each name in it means."""
    cursor.execute(_statement(cursor, text), parameters or None)
    rows = pl.from_arrow(cursor.to_arrow_table(), rechunk=False)
    if not isinstance(rows, pl.DataFrame):
        raise TypeError("an answer has columns")
    return rows


def _introduce(cursor: duckdb.DuckDBPyConnection, viewer: Viewer, path: Path, day: date) -> None:
    """Tell a fresh cursor who asks, and on which day; its views read nothing else about the viewer."""
    sight = sight_of(viewer)
    schools, whole_schools, classes = _reach(path, viewer.staff_id, viewer.role, day)
    told = {
        "staff_id": viewer.staff_id,
        "role": viewer.role.value,
        "masked": viewer.masked,
        "named": sorted(sight.named),
        "counts": sorted(sight.counts),
        "schools": list(schools),
        "whole_schools": list(whole_schools),
        "classes": list(classes),
        "naming_roles": naming_roles(),
        "today": day,
        "fiscal_year": fiscal_year_of(day),
        "earlier_schools": sees_earlier_schools(day),
    }
    cursor.execute(_statement(cursor, "set variable viewer = $viewer"), {"viewer": duckdb.Value(told, TOLD)}).fetchall()


@lru_cache(maxsize=4096)
def _reach(path: Path, staff_id: int, role: Role, day: date) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Schools, whole schools and classes of one person and role on a day; of one version they never change: asked once a day."""
    with _cursor(path) as cursor:
        found = cursor.sql(
            REACH_FILE.read_text(encoding="utf-8"), params={"staff_id": staff_id, "role": role.value, "today": day}
        ).fetchall()
    schools, whole_schools, classes = (tuple(numbers) for numbers in found[0])
    return schools, whole_schools, classes


def _cursor(path: Path) -> duckdb.DuckDBPyConnection:
    """A fresh cursor on a version of the district; a connection itself is never shared (duckdb 2)."""
    with _lock:
        connection = _open.get(path)
        if connection is None:
            connection = _open[path] = _attached(path)
            while len(_open) > KEPT_VERSIONS * max(1, len(known())):
                _open.popitem(last=False)[1].close()
        return connection.cursor()


def _attached(path: Path) -> duckdb.DuckDBPyConnection:
    """An empty database with the district file beside it, read-only; no other file, no setting, nothing spilt to disk.

    The attached file itself stays readable by name: that no question names it is what the list of allowed SQL is for.
    """
    connection = duckdb.connect(":memory:", config={"threads": "1", "memory_limit": "1GB"})
    quoted = str(path).replace("'", "''")
    for statement in (
        f"attach '{quoted}' as district (read_only)",
        "set temp_directory = ''",
        "set enable_external_access = false",
        "set autoinstall_known_extensions = false",
        "set autoload_known_extensions = false",
        "set python_enable_replacements = false",
        "set lock_configuration = true",
    ):
        connection.execute(statement).fetchall()
    return connection
