"""Papers and pictures, set by Typst in a font that comes along: without a browser and without the network."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import pylopdf_fonts_jp
import typst

from components.documents.slide import Content

HANDOVER = Path(__file__).with_name("handover.typ")
CHILD = Path(__file__).with_name("child.typ")
AGENDA = Path(__file__).with_name("agenda.typ")
CARD = Path(__file__).with_name("card.typ")
REPORT = Path(__file__).with_name("report.typ")
PIXELS_PER_INCH = 192


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a small table under it, or the sentence that there is nothing."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    none: str = ""
    note: str = ""
    is_narrow: bool = False  # two of them fit beside each other
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Strip:
    """Months of marks, a cell for each date: the register of one child. What a mark stands for is told by `note`.

    `rows` holds a month's name and 31 pairs of mark and tone: absent, excused, late, present, none.
    """

    title: str
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    note: str = ""
    kind: str = "strip"


@dataclass(frozen=True, slots=True)
class Texts:
    """A heading with paragraphs, each under a line of its own."""

    title: str
    paragraphs: tuple[tuple[str, str], ...]
    note: str = ""
    kind: str = "texts"


@dataclass(frozen=True, slots=True)
class Blank:
    """A heading with room to write by hand."""

    title: str
    kind: str = "blank"


Part = Section | Strip | Texts | Blank


def summary_pdf(title: str, about: str, sections: list[Section], footer: str) -> bytes:
    """The summary in a hand-over package."""
    told = {"title": title, "about": about, "sections": [asdict(section) for section in sections], "footer": footer}
    return compiled(HANDOVER, told)


def child_pdf(title: str, about: str, sections: list[Part], footer: str, mark: str, language: str) -> bytes:
    """One child's record for a talk; `mark` stands across every page: who made it and when."""
    told = {
        "title": title,
        "about": about,
        "sections": [asdict(section) for section in sections],
        "footer": footer,
        "mark": mark,
        "language": language,
    }
    return compiled(CHILD, told)


def agenda_pdf(contents: list[Content], footer: str) -> bytes:
    """An agenda, a page for each slide; charts as for a lit room, for it is printed."""
    slides = []
    for content in contents:
        told = asdict(content)
        told["chart"] = content.chart.light if content.chart else ""
        slides.append(told)
    return compiled(AGENDA, {"slides": slides, "footer": footer})


def card_png(finding: str, about: str, chart: str, table: tuple[tuple[str, ...], list[tuple[str, ...]]], language: str) -> bytes:
    """One card as a picture that says by itself what it shows: `chart` as SVG, or where there is none the table (head, rows)."""
    head, rows = table
    told = {"finding": finding, "about": about, "chart": chart, "head": head, "rows": rows, "language": language}
    return compiled(CARD, told, "png")


def compiled(template: Path, told: dict[str, Any], kind: Literal["pdf", "png"] = "pdf") -> bytes:
    """The bytes of the paper or picture; every word reaches the page as text, never as markup."""
    made: bytes = typst.compile(
        template,
        format=kind,
        ppi=PIXELS_PER_INCH,
        font_paths=[pylopdf_fonts_jp.sans_path().parent],
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
    )
    return made
