"""Asking: the only way from a page to rows."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from access import Viewer
from access.gate import answer
from access.sql_allowlist import Question, allowed_questions
from records import viewings

QUESTIONS_FOLDER = Path(__file__).with_name("questions")


class UnknownQuestion(LookupError):
    """No such question, or not with these parameters: a mistake in the code, never the person's."""


@lru_cache(maxsize=1)
def questions() -> dict[str, Question]:
    """Every question the app can ask, read and found allowed once, at start-up."""
    return allowed_questions(QUESTIONS_FOLDER)


def ask(viewer: Viewer, question: str, **parameters: Any) -> pl.DataFrame:
    """The answer to one question, as far as this viewer may see it.

    Whenever children are in the answer, it is recorded who saw whom.

    Shapes: the columns named in the question's file, one polars row per grain stated there.
    Raises access.Refused if the viewer may not ask this at all, UnknownQuestion for a name or parameter that does
    not exist.
    """
    asked = questions().get(question)
    if asked is None:
        raise UnknownQuestion(question)
    if set(parameters) != asked.parameters:
        raise UnknownQuestion(f"{question}: takes {sorted(asked.parameters)}, was given {sorted(parameters)}")
    rows = answer(viewer, asked, parameters)
    if "student_id" in rows.columns and rows.height:
        students = rows.get_column("student_id").unique().to_list()
        viewings.record(viewer, viewer.username, question, students, rows.height)
    return rows
