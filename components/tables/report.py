"""Tables that go out of the house as paper and as a workbook: the same rows, with numbers that stay numbers."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import polars as pl
import xlsxwriter

from components.documents.downloads import LONGEST_SHEET_NAME
from components.documents.pdf import REPORT, compiled
from components.figures.figures import Figure
from components.figures.funnel import is_reliable_figure
from components.wording import _, worded

Value = str | int | float | None
NOTHING = "–"
WIDEST = 60
WIDE = 1.8  # a Japanese sign beside a Latin one


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and how many decimals its numbers have; None for words."""

    label: str
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table under a sentence. A number that is not told is its reason (c, x, z, u, ※) as a word; `chart` is SVG."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""
    chart: str = ""

    @property
    def frame(self) -> pl.DataFrame:
        """The table as it is read: every number with its decimals, an en dash where there is none."""
        texts = [[text_of(value, column) for value, column in zip(row, self.columns, strict=True)] for row in self.rows]
        return pl.DataFrame({column.label: [row[at] for row in texts] for at, column in enumerate(self.columns)}, schema_overrides={
            column.label: pl.String for column in self.columns})  # fmt: skip


def text_of(value: Value, column: Column) -> str:
    """A value as it is read."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value
    return f"{value:,.{column.decimals or 0}f}"


def value_of(made: Figure) -> Value:
    """A figure for a table: its number, c where it is of too few people, x where nothing has come in, ※ where records are missing."""
    if made.is_hidden:
        return _("figure.hidden")
    if made.mark:
        return made.mark
    return _("report.not_available") if made.value is None else made.value


def words_of(made: Figure) -> str:
    """The same as words, with its unit."""
    return made.mark or (_("report.not_available") if made.is_unknown else made.text)


def value_alone(made: Figure, phi: float = 1.0) -> Value:
    """The same where no interval stands beside it: u where it is not known well enough for that.

    `phi` says how many times as much as by chance alone such figures vary.
    """
    return value_of(made) if is_reliable_figure(made, phi) else _("report.unreliable")


def count_of(made: Figure) -> Value:
    """How many a figure counts: the number itself, with the same reasons where it is not told."""
    if made.is_hidden:
        return _("figure.hidden")
    if made.mark:
        return made.mark
    return _("report.not_available") if made.numerator is None else round(made.numerator)


def xlsx_report(tables: list[ReportTable], about: str, language: str) -> bytes:
    """A workbook with a sheet for each table: numbers as numbers, headings frozen, and a first sheet that says what it is."""
    about_sheet = worded("report.about_sheet", language)
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    first = book.add_worksheet(about_sheet)
    first.set_column(0, 0, 100)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for line, words in enumerate([*about.split("\n"), worded("report.legend", language)]):
        first.write_string(line, 0, words, wrapped)
    formats: dict[int, Any] = {}
    names: set[str] = {about_sheet}
    for table in tables:
        sheet = book.add_worksheet(_sheet_name(table.title, names))
        for at, column in enumerate(table.columns):
            sheet.write_string(0, at, column.label, bold)
            widest = max([_width(column.label), *(_width(text_of(row[at], column)) for row in table.rows)])
            sheet.set_column(at, at, min(widest + 2, WIDEST))
        for line, row in enumerate(table.rows, start=1):
            for at, (value, column) in enumerate(zip(row, table.columns, strict=True)):
                if isinstance(value, str):
                    sheet.write_string(line, at, value)
                elif value is not None:
                    decimals = column.decimals or 0
                    if decimals not in formats:
                        formats[decimals] = book.add_format(
                            {"num_format": "#,##0" + ("." + "0" * decimals if decimals else "")}
                        )
                    sheet.write_number(line, at, value, formats[decimals])
        sheet.freeze_panes(1, 1)
        if table.note:
            sheet.write_string(len(table.rows) + 2, 0, table.note)
    book.close()
    return kept.getvalue()


def pdf_report(
    title: str, about: str, tables: list[ReportTable], footer: str, language: str, breaks: frozenset[str] = frozenset()
) -> bytes:
    """A paper with every table; those whose key is in `breaks` begin a page."""
    told = {
        "title": title,
        "about": about,
        "footer": footer,
        "language": language,
        "legend": worded("report.legend", language),
        "tables": [
            {
                "title": table.title,
                "head": [column.label for column in table.columns],
                "is_number": [column.decimals is not None for column in table.columns],
                "rows": [
                    [text_of(value, column) for value, column in zip(row, table.columns, strict=True)]
                    for row in table.rows
                ],
                "note": table.note,
                "chart": table.chart,
                "breaks": table.key in breaks,
            }
            for table in tables
        ],
    }
    return compiled(REPORT, told)


def _width(words: str) -> int:
    return round(sum(WIDE if ord(sign) > 0x2E80 else 1 for sign in words))


def _sheet_name(title: str, names: set[str]) -> str:
    plain = "".join(sign for sign in title if sign not in r"[]:*?/\\'")[: LONGEST_SHEET_NAME - 3] or "1"
    name, number = plain, 2
    while name in names:
        name, number = f"{plain} {number}", number + 1
    names.add(name)
    return name
