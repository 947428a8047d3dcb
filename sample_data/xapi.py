"""xAPI statements of two schools that gave up the drill's summary this week: each sitting, question by question."""

import json
from pathlib import Path

import numpy as np
import polars as pl

from sample_data.calendar_days import THIS_YEAR, TODAY
from sample_data.dirty_rows import DirtyRow
from sample_data.school_year import SchoolYear
from sample_data.schools import School
from sample_data.seeds import uuids

_VERBS = "http://adlnet.gov/expapi/verbs/"
_TYPES = "http://adlnet.gov/expapi/activities/"
_EXTENSIONS = "https://w3id.org/japan-xapi/extensions/"
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
SINCE = np.datetime64(TODAY) - 4  # the Monday of today's week

Statement = dict[str, object]


def by_statements(year: SchoolYear, drills: pl.DataFrame) -> pl.DataFrame:
    """The drill days the schools with statements send that way, with the school's place in the list; the summary leaves them out."""
    sends = np.array([school.has_xapi for school in year.schools])[year.school]
    ids = np.array(year.children.sourced_id)[year.child[sends]]
    places = pl.DataFrame({"学習者ID": ids, "school": year.school[sends]}).unique("学習者ID", maintain_order=True)
    recent = drills.filter(pl.col("日付") >= str(SINCE))
    return recent.join(places, on="学習者ID", how="inner", maintain_order="left")


def write_statements(folder: Path, year: SchoolYear, told: pl.DataFrame) -> None:
    """Write xapi-<学校コード>.jsonl for each school that sends statements."""
    for place, school in enumerate(year.schools):
        if not school.has_xapi:
            continue
        lines = _lines(year, school, told.filter(pl.col("school") == place))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _file(school)).write_bytes(("\n".join(lines) + "\n").encode())


def wrong_statements(year: SchoolYear) -> list[DirtyRow]:
    """The lines of these files that are to be set aside."""
    schools = [school for school in year.schools if school.has_xapi and year.fiscal_year == THIS_YEAR]
    return [DirtyRow("study_log", _file(school), kind, (line,)) for school in schools for kind, line in _odd(year, school) if kind]


def _file(school: School) -> str:
    return f"xapi-{school.code}.jsonl"


def _lines(year: SchoolYear, school: School, told: pl.DataFrame) -> list[str]:
    """Every sitting; one statement comes twice, as happens, and the odd ones stand among the others."""
    rng = year.stream("xapi", school.code)
    found: list[str] = []
    for learner, day, subject, seconds, answers, correct, *_ in told.iter_rows():
        found += [_text(statement) for statement in _sitting(rng, learner, day, subject, seconds, answers, correct)]
    if found:
        found.insert(len(found) // 3, found[len(found) // 4])
        for nth, (_, line) in enumerate(_odd(year, school), start=1):
            found.insert(len(found) * nth // 8, line)
    return found


def _sitting(rng: np.random.Generator, learner: str, day: str, subject: str, seconds: int, answers: int,
             correct: int) -> list[Statement]:  # fmt: skip
    """It begins, every question is answered once, it ends; the first question has two blanks, each with a statement of its own."""
    sitting, *ids = uuids(rng, answers + 5)
    moment = 8 * 3600 + 1200 + int(rng.integers(0, 600))
    took = 1 + rng.multinomial(seconds - answers, np.full(answers, 1 / answers)) if answers else np.zeros(0, int)
    right = rng.permutation(answers) < correct

    def statement(second: int, verb: str, thing: str, kind: str, result: Statement | None, parent: str = "") -> Statement:
        about = f"https://drill.miharashi.example/{subject}/"
        activities = {"grouping": [{"id": f"{about}{sitting}"}]}
        if parent:
            activities["parent"] = [{"id": f"{about}{parent}"}]
        clock = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
        return {
            "id": ids.pop(), "timestamp": f"{day}T{clock}+09:00", "version": "1.0.3", "actor": _actor(learner),
            "verb": {"id": _VERBS + verb, "display": {"en": verb}},
            "object": {"id": about + thing, "definition": {"type": _TYPES + kind, "extensions": {f"{_EXTENSIONS}subject": [subject]}}},
            **({"result": result} if result else {}),
            "context": {"registration": sitting, "platform": "見晴ドリル", "language": "ja-JP", "contextActivities": activities},
        }  # fmt: skip

    found = [statement(moment, "attempted", "drill", "assessment", None)]
    for question, (length, good) in enumerate(zip(took.tolist(), right.tolist(), strict=True), start=1):
        moment += length
        thing = f"question-{question}"
        if question == 1:
            found += [statement(moment, "answered", f"{thing}-{blank}", "cmi.interaction", {"response": "12"}, thing) for blank in "ab"]
        score = {"scaled": int(good), "raw": int(good), "min": 0, "max": 1}
        found.append(statement(moment, "answered", thing, "question", {"score": score, "success": good, "duration": f"PT{length}S"}))
    total = {"score": {"scaled": round(correct / answers, 7), "raw": correct, "min": 0, "max": answers}} if answers else {}
    found.append(statement(moment + 2, "completed", "drill", "assessment", {**total, "completion": True, "duration": f"PT{seconds}S"}))
    return found


def _odd(year: SchoolYear, school: School) -> list[tuple[str, str]]:
    """What is wrong with a line ("" if nothing), and the line.

    A teacher tries the drill; a line is cut off; a child's answer is changed under the same id, and in the end taken back.
    """
    rng = year.stream("xapi", school.code, "odd")
    attends = (year.school == year.schools.index(school)) & (year.children.story[year.child] < 0)
    attends &= year.enrolled.end >= year.calendar.dates[-1]
    learner = year.children.sourced_id[int(year.child[rng.choice(np.flatnonzero(attends))])]
    teacher, voiding = uuids(rng, 2)
    tried, said, cut = (_sitting(rng, who, str(SINCE), "国語", 60, 1, 1)[3] for who in (teacher, learner, learner))
    changed = {**said, "result": {**said["result"], "success": False}}
    taken_back = {
        "id": voiding, "timestamp": f"{SINCE}T15:00:00+09:00", "version": "1.0.3", "actor": _actor(teacher),
        "verb": {"id": f"{_VERBS}voided", "display": {"en": "voided"}}, "object": {"objectType": "StatementRef", "id": said["id"]},
    }  # fmt: skip
    return [
        ("", _text(said)), ("unknown_child", _text(tried)), ("cut_off", _text(cut)[:120]), ("changed_statement", _text(changed)),
        ("", _text(taken_back)),
    ]  # fmt: skip


def _actor(learner: str) -> Statement:
    return {"objectType": "Agent", "account": {"homePage": "https://portal.miharashi.example", "name": learner}}


def _text(statement: Statement) -> str:
    return _WRITER.encode(statement)
