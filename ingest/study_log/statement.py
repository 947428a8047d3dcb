"""What one xAPI statement says: who answered what, when, for how long and whether it was right; or why it cannot be taken.

Read are statements of xAPI 1.0.x and 2.0 (IEEE 9274.1.1): an answered question, the end of a session, and a statement that takes
another back. Others (launched, viewed, …) are counted and left; nothing is asked of them.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import polars as pl

from ingest.files.mapping import Mapping, plain
from ingest.files.moments import bounds_of
from ingest.intake.rejected_records import place_of
from ingest.intake.roster_index import RosterIndex, looked_up

# the IRI decides, never the words shown for it
VERBS = "http://adlnet.gov/expapi/verbs/"
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
QUESTION = "http://adlnet.gov/expapi/activities/question"
SUBJECT = "https://w3id.org/japan-xapi/extensions/subject"
ANSWER, END, VOIDING = 1, 2, 3
KINDS = {f"{VERBS}answered": ANSWER, f"{VERBS}voided": VOIDING}
KINDS |= {f"{VERBS}{verb}": END for verb in ("completed", "passed", "failed", "terminated")}
NO_SUBJECT = "教科の記載なし"
DURATION = re.compile(
    r"P(?=[\dT])(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?=\d)(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?"
)
UNITS = (604_800, 86_400, 3_600, 60, 1)
DAY_SECONDS = 86_400
JAPAN = 9 * 3_600  # ahead of UTC all year round
NUMBERS = frozenset((int, float))  # and no truth, which Python takes for one
LARGEST = 1e15  # further than any score, and every whole number below it is exact


class StatementRow(NamedTuple):
    """One statement that counts, ready for the ledger."""

    kind: int
    id: str
    content: int  # a fingerprint: the same id with another one is a contradiction
    student_id: int | None
    school_id: int | None
    day: int | None  # since 1970-01-01, in Japan
    subject: str
    tool: str
    study_session: str
    seconds: float
    is_judged: bool
    is_right: bool
    question: str  # the object's id, where it says that it is a question
    parent: str  # of an interaction: what may be its question
    has_question: bool  # of an interaction: whether its parent says that it is one


class UnsoundError(Exception):
    """A statement that cannot be taken: the reason's code, where, the value and further words."""

    def __init__(self, code: str, place: str, value: object = "", **words: object) -> None:
        super().__init__(code)
        self.code, self.place, self.value, self.words = code, place, value, words


class StatementReader:
    """What statements are held against: the children of a 年度, their schools, and words for subjects."""

    def __init__(self, roster: RosterIndex, mapping: Mapping) -> None:
        self.year = roster.fiscal_year
        self.first, self.last = ((day - date(1970, 1, 1)).days for day in bounds_of(self.year))
        self.learners = roster.learners
        self.rejected_people = roster.rejected_people
        self.rejected_periods: dict[int, list[tuple[int, int, str, int]]] = {}
        lost = roster.rejected_enrollments.select("student_id", pl.col("from_on", "to_on").cast(pl.Int32), "at_file", "at_row")
        for student, *period in lost.iter_rows():
            self.rejected_periods.setdefault(student, []).append(tuple(period))
        self.numbers: dict[str, int | None] = {}
        self.subjects = {plain(word): means for word, means in mapping.codes["subject"].items()}
        self.known_subjects = mapping.known_codes("subject")
        self.portals = frozenset(mapping.settings.get("home_pages", ()))
        self.periods: dict[int, list[tuple[int, int, int]]] = {}
        rows = roster.enrollment.sort("begins_on", descending=True).select("student_id", "begins_on", "ends_on", "home_id")
        for student, *dates, school in rows.with_columns(pl.col("begins_on", "ends_on").cast(pl.Int32)).iter_rows():
            self.periods.setdefault(student, []).append((*dates, school))

    def read(self, statement: dict[str, Any]) -> StatementRow | None:
        """What a statement says; None where it is of a kind that is not counted.

        Raises:
            UnsoundError: with the first reason met.
        """
        kind = KINDS.get(text(part(statement, "verb"), "id", "verb."))
        if kind is None:
            return None
        thing = part(statement, "object")
        object_id = text(thing, "id", "object.")
        if kind == VOIDING:
            return StatementRow(VOIDING, object_id.lower(), 0, None, None, None, "", "", "", 0, False, False, "", "", False)
        portal, student = self.child(part(statement, "actor"))
        moment, day = self.moment(statement)
        school = self.school(student, day, statement)
        definition, context, result = part(thing, "definition", "object."), part(statement, "context"), part(statement, "result")
        share, scores = scaled(part(result, "score", "result."))
        success = result.get("success")
        if success is not None and type(success) is not bool:
            raise UnsoundError("wrong_type", "result.success", success)
        seconds = seconds_of(length) if (length := text(result, "duration", "result.", may_lack=True)) else 0.0
        type_of_object = definition.get("type") if kind == ANSWER else None
        activities = part(context, "contextActivities", "context.")
        parent, has_question = question_of(activities) if type_of_object == INTERACTION else ("", False)
        registration = text(context, "registration", "context.", may_lack=True)
        content = hash((kind, portal, student, moment, object_id, scores, success, seconds, registration))
        return StatementRow(
            kind, text(statement, "id", may_lack=True).lower() or f"{content}", content, student, school, day,
            self.subject(definition, context), text(context, "platform", "context.", may_lack=True),
            registration or first_id(activities, "grouping"), seconds, success is not None or share is not None,
            success if success is not None else share is not None and share >= 1,
            object_id if type_of_object == QUESTION else "", parent, has_question,
        )

    def child(self, actor: dict[str, Any]) -> tuple[str, int]:
        """The portal that vouches for the child, and who it is."""
        account = part(actor, "account", "actor.")
        if not account or actor.get("objectType") == "Group":
            raise UnsoundError("no_account", "actor", next((key for key in actor if key != "objectType"), ""))
        name = text(account, "name", "actor.account.")
        portal = text(account, "homePage", "actor.account.", may_lack=True)
        if self.portals and portal not in self.portals:
            raise UnsoundError("unknown_portal", "actor.account.homePage", portal)
        if name not in self.numbers:
            self.numbers[name] = looked_up(self.learners, name)
        student = self.numbers[name]
        if student is None:
            if at := place_of(self.rejected_people, name):
                raise UnsoundError("rejected_person", "actor.account.name", name, file=at[0], row=at[1])
            raise UnsoundError("unknown_child", "actor.account.name", name, year=self.year)
        return portal, student

    def moment(self, statement: dict[str, Any]) -> tuple[float, int]:
        """When it happened (seconds since 1970) and which day that was in Japan."""
        place = "timestamp" if statement.get("timestamp") or not statement.get("stored") else "stored"
        written = text(statement, place)
        try:
            found = datetime.fromisoformat(written.upper())
            if found.tzinfo is None:
                raise UnsoundError("no_offset", place, written)
            moment = found.timestamp()
        except (ValueError, OverflowError):
            raise UnsoundError("bad_moment", place, written) from None
        day = int((moment + JAPAN) // DAY_SECONDS)
        if not self.first <= day <= self.last:
            raise UnsoundError("date_outside_year", place, written, year=self.year)
        return moment, day

    def school(self, student: int, day: int, statement: dict[str, Any]) -> int:
        """The school the child was enrolled at that day, the latest where there are two."""
        for begins, ends, school in self.periods.get(student, ()):
            if begins <= day <= ends:
                return school
        at = statement.get("timestamp") or statement.get("stored")
        for begins, ends, file, row in self.rejected_periods.get(student, ()):
            if begins <= day <= ends:
                raise UnsoundError("rejected_enrollment", "timestamp", at, file=file, row=row)
        raise UnsoundError("not_enrolled", "timestamp", at)

    def subject(self, definition: dict[str, Any], context: dict[str, Any]) -> str:
        """What the question is for; else what the lesson was."""
        place = "object.definition.extensions"
        named = part(definition, "extensions", "object.definition.").get(SUBJECT)
        if not named:
            place = "context.extensions"
            named = part(context, "extensions", "context.").get(SUBJECT)
        word = named[0] if type(named) is list and named else named
        if not word:
            return NO_SUBJECT
        known = self.subjects.get(word) or self.subjects.get(plain(word)) if type(word) is str else None
        if known is None:
            raise UnsoundError("unknown_code", f"{place} subject", word, **self.known_subjects)
        return known


def part(holder: dict[str, Any], key: str, place: str = "") -> dict[str, Any]:
    """An object within a statement; {} where there is none, which some systems write as []."""
    found = holder.get(key)
    if type(found) is dict:
        return found
    if found is None or found == []:
        return {}
    raise UnsoundError("wrong_type", f"{place}{key}", found)


def text(holder: dict[str, Any], key: str, place: str = "", *, may_lack: bool = False) -> str:
    """A text within a statement, without blanks around it; "" where it may be missing and is."""
    found = holder.get(key)
    if type(found) is str and (found := found.strip()):
        return found
    if found is None or found == "":
        if may_lack:
            return ""
        raise UnsoundError("missing_value", f"{place}{key}")
    raise UnsoundError("wrong_type", f"{place}{key}", found)


def number(score: dict[str, Any], key: str) -> float | None:
    """A score's number."""
    found = score.get(key)
    if found is None or (type(found) in NUMBERS and abs(found) < LARGEST):
        return found
    raise UnsoundError("bad_number", f"result.score.{key}", found)


def scaled(score: dict[str, Any]) -> tuple[float | None, tuple[float | None, ...]]:
    """The share of the full score (null where none was given), and the score as it was written."""
    if not score:
        return None, ()
    share, raw, low, high = written = number(score, "scaled"), number(score, "raw"), number(score, "min"), number(score, "max")
    if share is not None and not -1 <= share <= 1:
        raise UnsoundError("out_of_range", "result.score.scaled", share, low=-1, high=1)
    low = low or 0
    if raw is not None and high is not None:
        if not low <= raw <= high:
            raise UnsoundError("out_of_range", "result.score.raw", raw, low=low, high=high)
        if share is None and low < high:
            share = (raw - low) / (high - low)
    return share, written


@lru_cache(maxsize=8_192)
def seconds_of(written: str) -> float:
    """How long an ISO 8601 duration is; a longer one than a day was a window left open."""
    found = DURATION.fullmatch(written.strip().upper())
    if not found:
        raise UnsoundError("bad_duration", "result.duration", written)
    seconds = sum(float(part.replace(",", ".")) * unit for part, unit in zip(found.groups(), UNITS, strict=True) if part)
    if seconds > DAY_SECONDS:
        raise UnsoundError("out_of_range", "result.duration", written, low="PT0S", high="PT24H")
    return seconds


def listed(activities: dict[str, Any], role: str) -> list[dict[str, Any]]:
    """The activities in a role: an array, in old data a single one."""
    found = activities.get(role)
    several = found if isinstance(found, list) else [found]
    return [one for one in several if isinstance(one, dict)]


def first_id(activities: dict[str, Any], role: str) -> str:
    """The id of the first activity in a role."""
    return next((one["id"] for one in listed(activities, role) if isinstance(one.get("id"), str)), "")


def question_of(activities: dict[str, Any]) -> tuple[str, bool]:
    """The parent of a blank, and whether it says itself that it is a question."""
    for one in listed(activities, "parent"):
        definition = one.get("definition")
        if isinstance(definition, dict) and definition.get("type") == QUESTION:
            return "", True
    return first_id(activities, "parent"), False
