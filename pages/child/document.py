"""One child's record on a page or two for a talk with the parents: what was chosen, of the days that were chosen.

It is made away from the screen, when somebody presses for it: everything is asked anew, as this viewer, and written down.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

import queries
from access import Refused, Viewer, sight_of
from access.clock import here
from components.dates import long_day_text, plain_day_text, short_day_text, short_fiscal_year_text
from components.documents.pdf import Blank, Part, Section, Strip, Texts, child_pdf
from components.tables.document_tables import drill_table, month_strip, mood_table, newest_note, tests_table
from components.wording import as_written, worded
from records import accounts, exports, notes, plans

# In the order they are printed, each with the kind of data it is made of; the room to write needs none.
SECTIONS = {
    "attendance": "attendance",
    "mood": "mood",
    "health_room": "health_room",
    "health_room_text": "health_room_text",
    "study_log": "study_log",
    "assessment": "assessment",
    "evaluation": "evaluation",
    "narrative": "narrative",
    "support_plan": "support_plan",
    "note": "note",
    "restricted_note": "restricted_note",
    "memo": None,
}
# What is not on the paper until somebody says so: for parents what colleagues and the health room wrote, for the next teacher what
# only a few may read. `child_talk` is for a talk with the parents, `year_end` is the 引継ぎ to the teacher of the next 年度.
NOT_AT_FIRST = {
    "child_talk": ("health_room_text", "note", "restricted_note"),
    "year_end": ("health_room_text", "restricted_note", "memo"),
}
MOST_VISITS, MOST_TEXTS, MOST_NOTES = 10, 2, 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes on the paper: what it is for, which sections, from which day to which, in which language."""

    purpose: str
    sections: tuple[str, ...]
    starts_on: date
    ends_on: date
    language: str


def at_first(viewer: Viewer, purpose: str) -> list[str]:
    """The sections on the paper unless somebody chooses otherwise."""
    return [name for name in offered(viewer) if name not in NOT_AT_FIRST[purpose]]


def offered(viewer: Viewer) -> list[str]:
    """The sections this viewer may put on paper: what they see by name, and room to write."""
    named = sight_of(viewer).named
    return [name for name, kind in SECTIONS.items() if kind is None or kind in named]


def document(viewer: Viewer, student_key: str, wanted: Wanted, made_at: datetime) -> bytes:
    """The PDF. Raises Refused where the child is not to be seen by name, or a section not by this viewer; nothing is made then."""
    found = queries.ask(viewer, "child", student_key=student_key)
    if found.is_empty() or not set(wanted.sections) <= set(offered(viewer)):
        raise Refused("not_shared")
    child = found.row(0, named=True)
    tongue = wanted.language
    parts, empty = [], []
    for name in SECTIONS:
        if name in wanted.sections:
            part = _MAKERS[name](viewer, child, wanted)
            (parts.append(part) if part is not None else empty.append(word(tongue, name)))
    account = accounts.find(viewer.username)
    maker = account.name if account else viewer.username
    moment = f"{long_day_text(here(made_at).date(), tongue)} {here(made_at):%H:%M}"
    about = word(
        tongue,
        "about",
        school=child["school_name"],
        class_name=child["class_name"],
        starts=long_day_text(wanted.starts_on, tongue),
        ends=long_day_text(wanted.ends_on, tongue),
    )
    if empty:
        about += "\n" + word(tongue, "empty", kinds=worded("state.comma", tongue).join(empty))
    title = word(tongue, f"{wanted.purpose}_title", name=f"{child['family_name']} {child['given_name']}")
    mark = word(tongue, "mark", maker=maker, moment=moment)
    made = child_pdf(title, about, parts, word(tongue, "footer", maker=maker, moment=moment), mark, tongue)
    exports.record(viewer, exports.Export(wanted.purpose, child["student_id"], wanted.sections, wanted.starts_on, wanted.ends_on), made)
    return made


def word(tongue: str, key: str, **values: object) -> str:
    """A word of the document."""
    return worded(f"document.{key}", tongue, **values)


def _asked(viewer: Viewer, question: str, child: dict[str, Any], **days: date) -> pl.DataFrame:
    return queries.ask(viewer, question, school_id=child["school_id"], student_id=child["student_id"], **days)


def _rows(viewer: Viewer, question: str, child: dict[str, Any], wanted: Wanted) -> pl.DataFrame:
    return _asked(viewer, question, child).filter(pl.col("day").is_between(wanted.starts_on, wanted.ends_on))


def _attendance(viewer: Viewer, child: dict[str, Any], wanted: Wanted) -> Part | None:
    days = _rows(viewer, "days_of_child", child, wanted)
    if days.is_empty():
        return None
    absent, excused, late, early = (
        int(days.get_column(name).sum()) for name in ("is_absent", "is_excused", "is_late", "is_early_leave")
    )
    known = days.get_column("is_absent").count()  # days of which a register has come
    note = word(wanted.language, "attendance_note", days=known, absent=absent, excused=excused, late=late, early=early)
    return Strip(word(wanted.language, "attendance"), month_strip(days, wanted.language), note)


def _mood(viewer: Viewer, child: dict[str, Any], wanted: Wanted) -> Part | None:
    months = _asked(viewer, "moods_of_child", child, from_day=wanted.starts_on, to_day=wanted.ends_on)
    return mood_table(months, wanted.language)


def _study(viewer: Viewer, child: dict[str, Any], wanted: Wanted) -> Part | None:
    """Drill is told by whole months, those the first and the last day lie in."""
    first, last = wanted.starts_on.replace(day=1), wanted.ends_on
    until = last.replace(day=monthrange(last.year, last.month)[1])
    return drill_table(_asked(viewer, "study_of_child", child, from_day=first, to_day=until), wanted.language)


def _assessment(viewer: Viewer, child: dict[str, Any], wanted: Wanted) -> Part | None:
    return tests_table(_rows(viewer, "tests_of_child", child, wanted), wanted.language)


def _visits(viewer: Viewer, child: dict[str, Any], wanted: Wanted) -> Part | None:
    visits = _rows(viewer, "visits_of_child", child, wanted)
    if visits.is_empty():
        return None
    rows = tuple(
        (plain_day_text(row["day"], wanted.language), str(row["entered_at"] or ""), as_written(row["reason"] or "", wanted.language))
        for row in visits.head(MOST_VISITS).rows(named=True)
    )
    return _table(wanted, "health_room", rows, newest_note(len(rows), visits.height, wanted.language), is_narrow=True)


def _visit_texts(viewer: Viewer, child: dict[str, Any], wanted: Wanted) -> Part | None:
    visits = _rows(viewer, "visits_of_child", child, wanted).filter(
        pl.any_horizontal(pl.col("symptom", "action", "temperature").is_not_null())
    )
    rows = tuple(
        (
            plain_day_text(row["day"], wanted.language),
            row["symptom"] or "",
            "" if row["temperature"] is None else f"{row['temperature']:.1f}",
            row["action"] or "",
        )
        for row in visits.head(MOST_VISITS).rows(named=True)
    )
    return _table(wanted, "health_room_text", rows) if rows else None


def _evaluation(viewer: Viewer, child: dict[str, Any], wanted: Wanted) -> Part | None:
    marks = _of_years(_asked(viewer, "evaluations_of_child", child), wanted)
    if marks.is_empty():
        return None
    newest = marks.sort("fiscal_year", "term").row(-1, named=True)
    rows = tuple(
        (
            as_written(row["subject"], wanted.language),
            *(str(row[name] or "") for name in ("knowledge", "thinking", "attitude", "overall_mark")),
        )
        for row in marks.filter(fiscal_year=newest["fiscal_year"], term=newest["term"]).rows(named=True)
    )
    return _table(wanted, "evaluation", rows, word(wanted.language, "evaluation_note", term=_term(newest, wanted.language)))


def _narrative(viewer: Viewer, child: dict[str, Any], wanted: Wanted) -> Part | None:
    texts = _of_years(_asked(viewer, "narratives_of_child", child), wanted)
    newest = texts.sort("fiscal_year", "term", "day", descending=True, nulls_last=True, maintain_order=True).head(MOST_TEXTS)
    paragraphs = tuple((_term(row, wanted.language), row["text"]) for row in newest.rows(named=True))
    return Texts(word(wanted.language, "narrative"), paragraphs) if paragraphs else None


def _of_years(rows: pl.DataFrame, wanted: Wanted) -> pl.DataFrame:
    """What is told by term, of the 年度 in which the days chosen lie."""
    first, last = (day.year - (day.month < 4) for day in (wanted.starts_on, wanted.ends_on))
    return rows.filter(pl.col("fiscal_year").is_between(first, last))


def _term(row: dict[str, Any], tongue: str) -> str:
    year = short_fiscal_year_text(row["fiscal_year"], tongue)
    return worded("student.term", tongue, year=year, term=row["term"]) if row["term"] else year


def _plans(viewer: Viewer, child: dict[str, Any], wanted: Wanted) -> Part | None:
    paragraphs = tuple(
        (
            word(
                wanted.language,
                "plan_head",
                starts=long_day_text(plan.said.starts_on, wanted.language),
                review=long_day_text(plan.said.review_on, wanted.language),
            ),
            "\n".join(line for line in (plan.said.aim, plan.said.measures, plan.said.people, plan.said.outcome) if line),
        )
        for plan in plans.of_children(viewer, child["school_id"], [child["student_id"]])
        if plan.said.starts_on <= wanted.ends_on and (plan.said.ends_on or wanted.ends_on) >= wanted.starts_on
    )
    return Texts(word(wanted.language, "support_plan"), paragraphs) if paragraphs else None


def _notes(viewer: Viewer, child: dict[str, Any], wanted: Wanted) -> Part | None:
    return _written_notes(viewer, child, wanted, is_restricted=False)


def _restricted_notes(viewer: Viewer, child: dict[str, Any], wanted: Wanted) -> Part | None:
    return _written_notes(viewer, child, wanted, is_restricted=True)


def _written_notes(viewer: Viewer, child: dict[str, Any], wanted: Wanted, *, is_restricted: bool) -> Part | None:
    rows = []
    for note in notes.of_children(viewer, child["school_id"], [child["student_id"]]):
        day = here(note.written_at).date()
        if note.is_restricted == is_restricted and wanted.starts_on <= day <= wanted.ends_on:
            tag = notes.tags()[note.tag][wanted.language] if note.tag in notes.tags() else note.tag
            rows.append((short_day_text(day, wanted.language), tag, note.body, note.name))
    name = "restricted_note" if is_restricted else "note"
    return _table(wanted, name, tuple(rows[:MOST_NOTES])) if rows else None


def _memo(viewer: Viewer, child: dict[str, Any], wanted: Wanted) -> Part | None:
    del viewer, child
    return Blank(word(wanted.language, "memo"))


def _table(wanted: Wanted, name: str, rows: tuple[tuple[str, ...], ...], note: str = "", *, is_narrow: bool = False) -> Section:
    head = tuple(word(wanted.language, f"{name}_head").split("|"))
    return Section(word(wanted.language, name), head, rows, note=note, is_narrow=is_narrow)


_MAKERS = {
    "attendance": _attendance,
    "mood": _mood,
    "health_room": _visits,
    "health_room_text": _visit_texts,
    "study_log": _study,
    "assessment": _assessment,
    "evaluation": _evaluation,
    "narrative": _narrative,
    "support_plan": _plans,
    "note": _notes,
    "restricted_note": _restricted_notes,
    "memo": _memo,
}
