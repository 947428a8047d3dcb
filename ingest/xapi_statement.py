"""What one xAPI statement says: who answered what, when, for how long and whether it was right; or why it cannot be taken.

Read are statements of xAPI 1.0.x and 2.0 (IEEE 9274.1.1): an answered question, the end of a sitting, and a statement that takes
another back. Others (launched, viewed, …) are counted and left; nothing is asked of them.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, NamedTuple

import polars as pl

from ingest.mapping import Mapping, plain
from ingest.moments import bounds_of
from ingest.register import Register, looked_up

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
LARGEST = 1e15  # further than any score, and every whole number below it is exact


class Said(NamedTuple):
    """One statement that counts, ready for the ledger."""

    kind: int
    id: str
    content: int  # a fingerprint: the same id with another one is a contradiction
    student_id: int | None
    school_id: int | None
    day: int | None  # since 1970-01-01, in Japan
    subject: str
    tool: str
    sitting: str
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


class Hearing:
    """What statements are held against: the children of a 年度, their schools, and words for subjects."""

    def __init__(self, register: Register, mapping: Mapping) -> None:
        self.year = register.fiscal_year
        self.first, self.last = ((day - date(1970, 1, 1)).days for day in bounds_of(self.year))
        self.learners = register.learners
        self.numbers: dict[str, int | None] = {}
        self.subjects = {plain(word): means for word, means in mapping.codes["subject"].items()}
        self.expected = "、".join(list(mapping.codes["subject"])[:12])
        self.portals = frozenset(mapping.settings.get("home_pages", ()))
        self.periods: dict[int, list[tuple[int, int, int]]] = {}
        rows = register.enrollment.sort("begins_on", descending=True).select("student_id", "begins_on", "ends_on", "home_id")
        for student, *dates, school in rows.with_columns(pl.col("begins_on", "ends_on").cast(pl.Int32)).iter_rows():
            self.periods.setdefault(student, []).append((*dates, school))

    def said(self, statement: Any) -> Said | None:
        """What a statement says; None where it is of a kind that is not counted.

        Raises:
            UnsoundError: with the first reason met.
        """
        if not isinstance(statement, dict):
            raise UnsoundError("not_a_statement", "", statement)
        verb = required(required(statement, "verb", dict, ""), "id", str, "verb.")
        kind = KINDS.get(verb)
        if kind is None:
            return None
        thing = required(statement, "object", dict, "")
        identifier = (optional(statement, "id", str, "") or "").strip().lower()
        if kind == VOIDING:
            target = required(thing, "id", str, "object.").strip().lower()
            return Said(VOIDING, target, 0, None, None, None, "", "", "", 0, False, False, "", "", False)
        name, student = self.child(statement)
        moment, day = self.moment(statement)
        definition = optional(thing, "definition", dict, "object.") or {}
        context = optional(statement, "context", dict, "") or {}
        result = optional(statement, "result", dict, "") or {}
        activities = optional(context, "contextActivities", dict, "context.") or {}
        school = self.school(student, day, statement)
        object_id = required(thing, "id", str, "object.")
        share, scores = scaled(result)
        success = optional(result, "success", bool, "result.")
        length = optional(result, "duration", str, "result.")
        seconds = seconds_of(length) if length else 0.0
        type_of_object = definition.get("type") if kind == ANSWER else None
        parent, has_question = question_of(activities) if type_of_object == INTERACTION else ("", False)
        registration = optional(context, "registration", str, "context.")
        content = hash((kind, name, moment, object_id, scores, success, seconds, registration))
        return Said(
            kind, identifier or f"{content}", content, student, school, day,
            self.subject(definition, context), (optional(context, "platform", str, "context.") or "").strip(),
            registration or first_id(activities, "grouping"), seconds, success is not None or share is not None,
            success if success is not None else share is not None and share >= 1,
            object_id if type_of_object == QUESTION else "", parent, has_question,
        )

    def child(self, statement: dict[str, Any]) -> tuple[str, int]:
        """What the portal calls the child (with the portal), and who that is."""
        actor = required(statement, "actor", dict, "")
        account = optional(actor, "account", dict, "actor.")
        if account is None or actor.get("objectType") == "Group":
            raise UnsoundError("no_account", "actor", next((key for key in actor if key != "objectType"), ""))
        name = required(account, "name", str, "actor.account.").strip()
        portal = (optional(account, "homePage", str, "actor.account.") or "").strip()
        if self.portals and portal not in self.portals:
            raise UnsoundError("unknown_portal", "actor.account.homePage", portal)
        if name not in self.numbers:
            self.numbers[name] = looked_up(self.learners, name)
        student = self.numbers[name]
        if student is None:
            raise UnsoundError("unknown_child", "actor.account.name", name, year=self.year)
        return f"{portal} {name}", student

    def moment(self, statement: dict[str, Any]) -> tuple[float, int]:
        """When it happened (seconds since 1970) and which day that was in Japan."""
        place = "timestamp" if statement.get("timestamp") else "stored"
        text = optional(statement, place, str, "")
        if not text:
            raise UnsoundError("missing_value", "timestamp")
        try:
            found = datetime.fromisoformat(text.strip().upper())
            if found.tzinfo is None:
                raise UnsoundError("no_offset", place, text)
            moment = found.timestamp()
        except (ValueError, OverflowError):
            raise UnsoundError("bad_moment", place, text) from None
        day = int((moment + JAPAN) // DAY_SECONDS)
        if not self.first <= day <= self.last:
            raise UnsoundError("date_outside_year", place, text, year=self.year)
        return moment, day

    def school(self, student: int, day: int, statement: dict[str, Any]) -> int:
        """The school the child was enrolled at that day, the latest where there are two."""
        for begins, ends, school in self.periods.get(student, ()):
            if begins <= day <= ends:
                return school
        raise UnsoundError("not_enrolled", "timestamp", statement.get("timestamp") or statement.get("stored"))

    def subject(self, definition: dict[str, Any], context: dict[str, Any]) -> str:
        """What the question is for; else what the lesson was."""
        for place, holder in (("object.definition.extensions", definition), ("context.extensions", context)):
            extensions = optional(holder, "extensions", dict, place.removesuffix("extensions")) or {}
            named = extensions.get(SUBJECT)
            word = named[0] if isinstance(named, list) and named else named
            if not word:
                continue
            known = self.subjects.get(plain(word)) if isinstance(word, str) else None
            if known is None:
                raise UnsoundError("unknown_code", f"{place} subject", word, expected=self.expected)
            return known
        return NO_SUBJECT


def required(holder: dict[str, Any], key: str, kind: type, place: str) -> Any:
    """A part that must be there."""
    found = optional(holder, key, kind, place)
    if not found and (found is None or kind is str):
        raise UnsoundError("missing_value", f"{place}{key}")
    return found


def optional(holder: dict[str, Any], key: str, kind: type, place: str) -> Any:
    """A part that may be missing; of another type it may not be."""
    found = holder.get(key)
    if found is not None and not isinstance(found, kind):
        raise UnsoundError("wrong_type", f"{place}{key}", found)
    return found


def number(score: dict[str, Any], key: str) -> float | None:
    """A score's number."""
    found = score.get(key)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float) or not abs(found) < LARGEST:
        raise UnsoundError("bad_number", f"result.score.{key}", found)
    return found


def scaled(result: dict[str, Any]) -> tuple[float | None, tuple[float | None, ...]]:
    """The share of the full score (null where none was given), and the score as it was written."""
    score = optional(result, "score", dict, "result.")
    if not score:
        return None, ()
    written = tuple(number(score, key) for key in ("scaled", "raw", "min", "max"))
    share, raw, low, high = written
    if share is not None and not -1 <= share <= 1:
        raise UnsoundError("out_of_range", "result.score.scaled", share, low=-1, high=1)
    low = low or 0
    if raw is not None and high is not None:
        if not low <= raw <= high:
            raise UnsoundError("out_of_range", "result.score.raw", raw, low=low, high=high)
        if share is None and low < high:
            share = (raw - low) / (high - low)
    return share, written


def seconds_of(text: str) -> float:
    """How long an ISO 8601 duration is; a longer one than a day was a window left open."""
    found = DURATION.fullmatch(text.strip().upper())
    if not found:
        raise UnsoundError("bad_duration", "result.duration", text)
    seconds = sum(float(part.replace(",", ".")) * unit for part, unit in zip(found.groups(), UNITS, strict=True) if part)
    if seconds > DAY_SECONDS:
        raise UnsoundError("out_of_range", "result.duration", text, low="PT0S", high="PT24H")
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
