"""The rejected rows, with their reasons: as CSV a clerk can mend and drop in again, and as rows of the load log.

`rejected/<load>/<source>__<file>.csv` holds the original columns first, so that a mended file can go straight back into the inbox;
the columns after them (row, column, value, reason, remedy in both languages) are ignored then.
"""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from ingest.files.reasons import LONGEST_VALUE, Sentence, known_reasons, spoken
from ingest.files.rows import Flaw, Rows

LOGGED = {
    "file_row": pl.Int32, "column": pl.String, "value": pl.String, "code": pl.String, "message_ja": pl.String,
    "message_en": pl.String, "remedy_ja": pl.String, "remedy_en": pl.String, "said_ja": pl.String, "said_en": pl.String,
    "said_remedy_ja": pl.String, "said_remedy_en": pl.String,
}
# the mark keeps them apart from the file's own titles, which may well include 理由
REASON_TITLES = {
    "file_row": "※行", "code": "※理由コード", "column": "※列", "value": "※値", "message_ja": "※理由", "remedy_ja": "※直し方",
    "message_en": "※reason", "remedy_en": "※remedy",
}


def rejected_rows(rows: Rows) -> pl.DataFrame:
    """Every rejected row, one line each, with its reason in both languages (columns of LOGGED)."""
    faulty = rows.faulty
    found = [pl.DataFrame(schema=LOGGED)]
    for (place,), group in faulty.group_by("flaw"):
        flaw = rows.flaws[place]
        found.append(explained(rows, flaw, rows.noted(flaw, group)))
    return pl.concat(found).sort("file_row")


def remarked_rows(rows: Rows) -> pl.DataFrame:
    """Every remark on a row that was loaded (columns of LOGGED)."""
    return pl.concat([pl.DataFrame(schema=LOGGED), *(explained(rows, flaw, noted) for flaw, noted in rows.remarks)])


def explained(rows: Rows, flaw: Flaw, noted: pl.DataFrame) -> pl.DataFrame:
    """`file_row`, `title` and `value` of some rows with the sentence of one flaw."""
    reason = known_reasons()[flaw.code]
    by_row = {name: pl.col(f"word_{name}") for name in flaw.words if f"word_{name}" in noted.columns}
    words = {"column": rows.title(flaw.column), "mapping": rows.mapping.file, **flaw.words, **by_row}
    value = pl.col("value").str.slice(0, LONGEST_VALUE)
    return noted.select(
        "file_row", column="title", value=value, code=pl.lit(flaw.code), **told(reason, value, words),
    )


def told(reason: Sentence, value: pl.Expr, words: dict[str, object]) -> dict[str, pl.Expr]:
    """The sentences of a reason for the rows of a frame: as they are, and with what the cell says left open (`said_…`)."""
    parts = {"ja": reason.ja, "en": reason.en, "remedy_ja": reason.remedy_ja, "remedy_en": reason.remedy_en}
    whole = {name if "remedy" in name else f"message_{name}": spoken(text, value, words, name[-2:]) for name, text in parts.items()}
    return whole | {f"said_{name}": spoken(text, pl.lit("…"), words, name[-2:]) for name, text in parts.items()}


def write_rejected(
    rows: Rows, reasons: pl.DataFrame, folder: Path, source: str, file: str, hidden: frozenset[str], *, is_further: bool = False
) -> Path:
    """Write the rejected rows as CSV for Excel (UTF-8 with mark).

    Args:
        rows: the file's rows.
        reasons: what `rejected_rows` says about them.
        folder: `rejected/<load>`.
        source: the file's source.
        file: the file's name.
        hidden: titles never written out again (passwords).
        is_further: these rows come behind those of earlier chunks.
    """
    titles = rows.sheet.titles
    ours = set(REASON_TITLES.values())  # what this very function wrote beside the rows last time is not theirs
    shown = [place for place, title in enumerate(titles) if title.casefold() not in hidden and title not in ours]
    cells = [pl.col(f"c{place}") for place in shown]
    # a row with a column per day may be wrong in several of them; it is written once, whole, with all its reasons
    reasons_of_row = reasons.select(list(REASON_TITLES)).group_by("file_row", maintain_order=True).agg(pl.all().str.join(" / "))
    faulty = rows.faulty.select("file_row", *cells).unique("file_row", keep="first").sort("file_row")
    whole = faulty.join(reasons_of_row, on="file_row", how="left", maintain_order="left")
    out = whole.select(*cells, *REASON_TITLES).cast(pl.String)
    out = out.select(harmless(column) for column in out.columns)
    out.columns = [*distinct([titles[place] for place in shown]), *REASON_TITLES.values()]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{source}__{plain_name(file)}.csv"
    with path.open("ab" if is_further else "wb") as opened:
        is_first = not is_further
        out.write_csv(opened, include_bom=is_first, include_header=is_first, line_terminator="\r\n", quote_style="necessary")
    return path


def harmless(column: str) -> pl.Expr:
    """A column no spreadsheet takes for formulas: an apostrophe goes before such a cell, unless it is a plain number."""
    cell = pl.col(column)
    is_formula = cell.str.contains(r"^[=+\-@\t\r]") & ~cell.str.contains(r"^[+-]?[0-9.,]+$")
    return pl.when(is_formula).then(pl.concat_str(pl.lit("'"), cell)).otherwise(cell).alias(column)


def distinct(titles: list[str]) -> list[str]:
    """Titles as a frame can carry them: one that is empty, doubled or ours gets its place as a name."""
    taken = {*REASON_TITLES.values(), ""}
    found = []
    for place, title in enumerate(titles, start=1):
        name = title
        while name in taken or (name == title and titles.count(title) > 1):
            name = f"{name}#{place}"
        taken.add(name)
        found.append(name)
    return found


def plain_name(file: str) -> str:
    """A file name from whatever the file was called, without folders and without a doubled ending."""
    return re.sub(r"[^\w.\-]+", "_", re.sub(r"\.csv$", "", file, flags=re.IGNORECASE)).strip(".") or "file"
