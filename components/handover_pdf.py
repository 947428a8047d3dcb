"""The summary of a hand-over package as a PDF in Japanese, made without a browser and without the network."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pylopdf_fonts_jp
import typst

TEMPLATE = Path(__file__).with_name("handover.typ")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a small table under it, or the sentence that there is nothing."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    none: str
    note: str = ""


def summary_pdf(title: str, about: str, sections: list[Section], footer: str) -> bytes:
    """The bytes of the PDF; every word reaches the page as text, never as markup."""
    told = {"title": title, "about": about, "sections": [asdict(section) for section in sections], "footer": footer}
    made: bytes = typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=[pylopdf_fonts_jp.sans_path().parent],
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
    )
    return made
