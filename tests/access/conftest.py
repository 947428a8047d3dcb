"""A district of two schools, written by hand, small enough to know every row of it by heart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import Any

import duckdb
import pytest

from access import Role, Viewer, gate, jurisdictions, use_district

TINY_DISTRICT = Path(__file__).with_name("tiny_district.sql")


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of the tiny district."""
    folder = tmp_path_factory.mktemp("district")
    connection = duckdb.connect(str(folder / "district-1.duckdb"))
    for statement in duckdb.extract_statements(TINY_DISTRICT.read_text(encoding="utf-8")):
        connection.execute(statement).fetchall()
    connection.close()
    (folder / "CURRENT").write_text("district-1.duckdb", encoding="utf-8")
    return folder


@pytest.fixture
def tiny_district(tiny_folder: Path) -> Iterator[Path]:
    """The tiny district, published; afterwards the gate points where it pointed before."""
    before = jurisdictions.known()
    use_district(tiny_folder)
    yield tiny_folder
    jurisdictions.use_jurisdictions(before)


@pytest.fixture
def shown_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The gate shows the same viewer the same views on the same cursor: making them anew takes longer than most answers.

    That each question has a cursor of its own, and what that is good for, is test_gate's.
    """
    standing: dict[Any, Any] = {}
    with ExitStack() as open_cursors:
        def shown(*what: Any) -> Any:
            if what not in standing:
                standing[what] = open_cursors.enter_context(made_anew(*what))
            return nullcontext(standing[what])

        made_anew = gate._shown
        monkeypatch.setattr(gate, "_shown", shown)
        yield


# The cast as the tiny district's roster has it.
SUZUKI = Viewer(1, Role.PRINCIPAL, 1)
TANAKA = Viewer(2, Role.TEACHER, 1)
SATO = Viewer(3, Role.BOARD_OFFICER, None)
OKADA = Viewer(9, Role.PREFECTURE_OFFICER, None)
TAKAHASHI = Viewer(4, Role.ADMINISTRATOR, None)
WATANABE = Viewer(5, Role.SCHOOL_NURSE, 1)
YAMAMOTO = Viewer(6, Role.SUBJECT_TEACHER, 1)
YAMADA = Viewer(7, Role.AIDE, 1)
SASAKI = Viewer(8, Role.TEACHER, 2)
SASAKI_IN_ENGLISH = Viewer(8, Role.SUBJECT_TEACHER, 2)
STRANGER = Viewer(99, Role.TEACHER, 1)
