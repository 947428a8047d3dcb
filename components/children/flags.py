"""What the signals say of children, made ready to be read: one child, one or more lines, each with its rule, its days and its usual."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from components.dates import short_day_text
from components.wording import _, language
from records.acknowledgements import Acknowledgement, Seen

MOST_DAYS = 5
NEARLY_WHOLE = 0.05


@dataclass(frozen=True, slots=True)
class Line:
    """One flag in words: what is said, by which rule, on which days, what does not count, and who has looked."""

    label: str
    said: str
    rule: str
    days: str
    missing: str
    seen: Seen
    acknowledgements: tuple[Acknowledgement, ...] = ()


@dataclass(frozen=True, slots=True)
class FlaggedChild:
    """A child some signal speaks of."""

    student_id: int
    student_key: str
    class_key: str
    class_name: str
    number: int | None
    name: str
    lines: tuple[Line, ...]


def lines_of(
    flags: pl.DataFrame, days: pl.DataFrame, acknowledgements: Iterable[Acknowledgement], held: Collection[date]
) -> tuple[list[FlaggedChild], list[FlaggedChild]]:
    """The children nobody has looked at yet, and those somebody has, each with the lines that are so.

    Args:
        flags: rows of `flags_of_place`.
        days: rows of `days_of_flags`.
        acknowledgements: the acknowledgements that stand.
        held: the latest 授業日 of the school, to count how long a flag has gone on since it was looked at.
    """
    evidence: dict[tuple[Any, ...], list[date]] = {}
    for *flag, day in days.select("student_id", "signal", "begins_on", "day").iter_rows():
        evidence.setdefault(tuple(flag), []).append(day)
    seen_by: dict[tuple[Any, ...], list[Acknowledgement]] = {}
    for look in acknowledgements:
        seen_by.setdefault((look.seen.student_id, look.seen.signal, look.seen.begins_on), []).append(look)
    waiting: dict[int, list[Line]] = {}
    looked_at: dict[int, list[Line]] = {}
    for row in flags.rows(named=True):
        flag = (row["student_id"], row["signal"], row["begins_on"])
        line = line_of(row, evidence.get(flag, []), seen_by.get(flag, []))
        is_seen = any(not goes_on(look, row["last_on"], row["again_days"], held) for look in line.acknowledgements)
        (looked_at if is_seen else waiting).setdefault(row["student_id"], []).append(line)
    rows = {row["student_id"]: row for row in flags.rows(named=True)}
    return [child_of(rows[each], lines) for each, lines in waiting.items()], [
        child_of(rows[each], lines) for each, lines in looked_at.items()
    ]


def goes_on(look: Acknowledgement, last_on: date, again_days: int, held: Collection[date]) -> bool:
    """Whether a flag has gone on for so many 授業日 since it was looked at that it is to be looked at again."""
    return sum(look.seen.last_on < day <= last_on for day in held) >= again_days


def child_of(row: Mapping[str, Any], lines: Iterable[Line]) -> FlaggedChild:
    """The child of a row, with these lines."""
    return FlaggedChild(
        row["student_id"],
        row["student_key"],
        row["class_key"],
        row["class_name"],
        row["number"],
        f"{row['family_name']} {row['given_name']}",
        tuple(lines),
    )


def line_of(row: Mapping[str, Any], days: list[date], acknowledgements: Iterable[Acknowledgement]) -> Line:
    """One flag in the person's language."""
    figures = {name: figure_text(row[name], row["decimals"]) for name in ("found", "usual", "out_of", "elsewhere")}
    return Line(
        row[f"label_{language()}"],
        row[f"said_{language()}"].format(**figures),
        row[f"rule_{language()}"],
        days_text(days),
        _("today.missing", days=row["missing"]) if row["missing"] else "",
        Seen(row["student_id"], row["signal"], row["begins_on"], row["last_on"]),
        tuple(acknowledgements),
    )


def figure_text(value: float | None, decimals: int) -> str:
    """A figure of a flag; a usual that lies between two whole numbers shows one decimal: half a visit is not none."""
    if value is None:
        return ""
    if decimals == 0 and abs(value - round(value)) >= NEARLY_WHOLE:
        return f"{value:.1f}"
    return f"{value:.{decimals}f}"


def days_text(days: list[date]) -> str:
    """The last days a flag rests on, and how many more there are."""
    shown = _("state.comma").join(short_day_text(day, language()) for day in days[-MOST_DAYS:])
    more = len(days) - MOST_DAYS
    return _("today.days_and_more", days=shown, more=more) if more > 0 else shown
