"""xAPI statements as drill systems, MEXCBT and a learning record store write them."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import ingest
from tests.ingest.tiny import HANA, child_ids, drop, rows_in

VERBS = "http://adlnet.gov/expapi/verbs/"
TYPES = "http://adlnet.gov/expapi/activities/"
SUBJECT = "https://w3id.org/japan-xapi/extensions/subject"
PORTAL = "https://portal.example"
QUESTION = {"id": "https://drill.example/q1", "definition": {"type": f"{TYPES}question", "extensions": {SUBJECT: ["算数"]}}}

Statement = dict[str, Any]


def named(number: int) -> str:
    """An id that is always the same for the same number."""
    return str(uuid.UUID(int=number))


def answered(number: int, who: str = HANA, at: str = "2026-04-13T08:30:00+09:00", **more: Any) -> Statement:
    """An answer, right and in ten seconds unless said otherwise; a part given as None is left out."""
    whole = {
        "id": named(number), "timestamp": at, "version": "1.0.3",
        "actor": {"objectType": "Agent", "account": {"homePage": PORTAL, "name": who}},
        "verb": {"id": f"{VERBS}answered", "display": {"en": "answered"}}, "object": QUESTION,
        "result": {"score": {"scaled": 1, "raw": 1, "min": 0, "max": 1}, "success": True, "duration": "PT10S"},
        "context": {"registration": named(9_999), "platform": "drill"},
    } | more
    return {part: value for part, value in whole.items() if value is not None}


def voiding(number: int, target: int) -> Statement:
    """A statement that takes another back."""
    thing = {"objectType": "StatementRef", "id": named(target)}
    return answered(number, verb={"id": f"{VERBS}voided"}, object=thing, result=None, context=None)


def lines(*statements: Any) -> bytes:
    """JSON Lines."""
    return b"".join(json.dumps(statement, ensure_ascii=False).encode() + b"\n" for statement in statements)


def loaded(home: Path, content: bytes, name: str = "xapi-2026.jsonl") -> ingest.FileReport:
    """The report on one file of statements."""
    drop(home, f"study_log/{name}", content)
    return next(file for file in ingest.load(home).files if file.file == name and file.source == "study_log")


def figures(home: Path, who: str = HANA) -> list[tuple[str, str, int, int, int]]:
    """What the study log knows of a child: day, subject, seconds, answers, right answers."""
    rows = rows_in(home, "study_log")
    rows = rows.filter(rows["student_id"] == child_ids(home)[who]).sort("day", "subject", "tool")
    return [(str(day), *rest) for day, *rest in rows.select("day", "subject", "seconds", "answers", "correct").iter_rows()]
