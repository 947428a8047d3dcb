"""xAPI statements of two schools for the last four weeks: each sitting of a drill, question by question."""

import json
from pathlib import Path

import numpy as np
import polars as pl

from sample_data.calendar_days import TODAY
from sample_data.school_year import SchoolYear
from sample_data.schools import School
from sample_data.seeds import uuids

_VERBS = "http://adlnet.gov/expapi/verbs/"
_TYPES = "http://adlnet.gov/expapi/activities/"
_EXTENSIONS = "https://w3id.org/japan-xapi/extensions/"
_SINCE = np.datetime64(TODAY) - 27


def write_statements(folder: Path, year: SchoolYear, drills: pl.DataFrame) -> None:
    """Write xapi-<学校コード>.jsonl for the schools that send statements, from the sittings the drill summary also counts."""
    for s, school in enumerate(year.schools):
        if not school.has_xapi:
            continue
        learners = {year.children.sourced_id[child] for child in year.child[year.school == s].tolist()}
        recent = drills.filter(
            pl.col("日付") >= str(_SINCE), pl.col("学習者ID").is_in(sorted(learners)), pl.col("解答数") > 0
        )
        lines = _statements(year, school, recent)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"xapi-{school.code}.jsonl").write_bytes(("\n".join(lines) + "\n").encode())


def _statements(year: SchoolYear, school: School, drills: pl.DataFrame) -> list[str]:
    """A few answers and one completion per sitting; one statement comes twice and one line is cut off, as happens."""
    rng = year.stream("xapi", school.code)
    kept = drills.filter(pl.Series(rng.random(drills.height) < 0.4))
    asked = rng.integers(2, 5, kept.height)
    ids = iter(uuids(rng, int(asked.sum()) + 2 * kept.height))
    right = iter((rng.random(int(asked.sum())) < 0.74).tolist())
    pace = iter(rng.integers(12, 75, int(asked.sum())).tolist())
    starts = rng.integers(8 * 3600 + 1200, 8 * 3600 + 1800, kept.height).tolist()
    lines = []
    for (learner, day, subject, *_), count, start in zip(kept.iter_rows(), asked.tolist(), starts, strict=True):
        sitting, second, points = next(ids), start, 0
        for question in range(count):
            took, good = next(pace), next(right)
            second, points = second + took, points + good
            result = {
                "score": {"scaled": int(good), "raw": int(good), "min": 0, "max": 1},
                "success": good,
                "duration": f"PT{took}S",
            }
            lines.append(
                _statement(next(ids), learner, day, second, "answered", subject, question + 1, result, sitting)
            )
        share = round(points / count, 7)
        total = {"score": {"scaled": share, "raw": points, "min": 0, "max": count}, "completion": True}
        lines.append(_statement(next(ids), learner, day, second + 2, "completed", subject, 0, total, sitting))
    if lines:
        lines.insert(len(lines) // 3, lines[len(lines) // 4])
        lines.insert(len(lines) // 2, lines[len(lines) // 2][:120])
    return lines


def _statement(identifier: str, learner: str, day: str, second: int, verb: str, subject: str, question: int,
               result: dict[str, object], sitting: str) -> str:  # fmt: skip
    clock = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
    thing = f"question-{question}" if question else "assessment"
    return json.dumps({
        "id": identifier,
        "timestamp": f"{day}T{clock}+09:00",
        "version": "1.0.3",
        "actor": {"objectType": "Agent", "account": {"homePage": "https://portal.miharashi.example", "name": learner}},
        "verb": {"id": _VERBS + verb, "display": {"en": verb}},
        "object": {"id": f"https://drill.miharashi.example/{subject}/{thing}", "definition": {
            "type": _TYPES + ("question" if question else "assessment"), "extensions": {_EXTENSIONS + "subject": [subject]}}},
        "result": result,
        "context": {"registration": sitting, "platform": "見晴ドリル", "language": "ja-JP"},
    }, ensure_ascii=False, separators=(",", ":"))  # fmt: skip
