"""The rejected statements, with their reasons.

`rejected/<load>/<source>__<file>.jsonl` holds the statements as they stood in the file, one a line, so that they can be mended and
dropped in again; the CSV beside it says of each line which row of the file it was, what is wrong with it and what to do.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO

import polars as pl

from ingest.files.reasons import LONGEST_VALUE, known_reasons
from ingest.intake.rejected_rows import LOGGED, REASON_TITLES, harmless, plain_name, told
from ingest.study_log.pieces import Piece
from ingest.study_log.statement import UnsoundError

FOLDER = "study_log"
SCHEMA = {"file_row": pl.Int32, "value": pl.String, "line": pl.Int64, "at": pl.Int64}


class RejectedStatements:
    """The rejected statements of one file; nothing is written where everything is sound."""

    def __init__(self, folder: Path, source: str, file: str) -> None:
        name = plain_name(file)
        self.path = folder / f"{source}__{name}{'' if name.endswith('.jsonl') else '.jsonl'}"
        self.rows = 0
        self.found: dict[tuple[str, str, str], list[tuple[int, str, int | None, int | None]]] = {}
        self.opened: IO[bytes] | None = None

    def keep(self, piece: Piece, unsound: UnsoundError) -> None:
        """Write one statement and remember why."""
        if self.opened is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.opened = self.path.open("wb")
        self.opened.write(piece.raw.replace(b"\n", b" ").replace(b"\r", b" ") + b"\n")
        self.rows += 1
        line, at = (unsound.words.get(name) for name in ("line", "at"))
        words = json.dumps({name: word for name, word in unsound.words.items() if name not in ("line", "at")}, ensure_ascii=False)
        value = unsound.value if isinstance(unsound.value, str) else shown(unsound.value)
        self.found.setdefault((unsound.code, unsound.place, words), []).append((piece.row, value[: LONGEST_VALUE * 2], line, at))

    def abandon(self) -> None:
        """Forget it all: the file is not read after all."""
        if self.opened is not None:
            self.opened.close()
            self.path.unlink(missing_ok=True)

    def reasons(self) -> pl.DataFrame:
        """Every rejected statement with its reason in both languages (columns of LOGGED); written beside the statements, too."""
        frames = [pl.DataFrame(schema=LOGGED)]
        for (code, place, words), rows in self.found.items():
            reason = known_reasons()[code]
            where = {"column": place, "mapping": f"mappings/{FOLDER}.toml", "line": pl.col("line"), "at": pl.col("at")}
            blanks = where | json.loads(words)
            value = pl.col("value").str.slice(0, LONGEST_VALUE)
            frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
            frames.append(frame.select(
                "file_row", column=pl.lit(place), value=value, code=pl.lit(code),
                **told(reason, value, blanks),
            ))
        whole = pl.concat(frames).sort("file_row")
        if self.opened is not None:
            self.opened.close()
            out = whole.select(*REASON_TITLES).cast(pl.String).select(harmless(column) for column in REASON_TITLES)
            with self.path.with_name(f"{self.path.name}.csv").open("wb") as opened:
                out.rename(REASON_TITLES).write_csv(opened, include_bom=True, line_terminator="\r\n", quote_style="necessary")
        return whole


def shown(value: object) -> str:
    """A value that is no text, as JSON writes it."""
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "…"
