"""What a load did, file by file: for the clerk at the screen, for a machine (JSON), and for the load log."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from ingest.files.reasons import Sentence

MOST_ROWS = 5  # named of one sentence
MOST_SENTENCES = 50  # of one file


@dataclass
class Issue:
    """One thing said of some rows of a file, rejected or remarked; what their cells say is left open."""

    sentence: Sentence
    rows: int
    first: list[int]
    is_rejected: bool


def issues_in(reasons: pl.DataFrame, *, is_rejected: bool) -> list[Issue]:
    """What is said of rows, each sentence once; reasons are rows of the load log.

    Where the sentence differs row by row (line and character of a broken statement) that of the first row stands for all.
    """
    by = ["code", "column"] if reasons["said_ja"].n_unique() > MOST_SENTENCES else ["code", "column", "said_ja", "said_remedy_ja"]
    texts = ("said_ja", "said_en", "said_remedy_ja", "said_remedy_en")
    found = reasons.sort("file_row").group_by(by, maintain_order=True).agg(
        *(pl.col(text).first() for text in texts if text not in by), rows=pl.len(),
        first=pl.col("file_row").unique(maintain_order=True).head(MOST_ROWS),
    )
    return [
        Issue(Sentence(row["code"], *(row[text] for text in texts)), row["rows"], row["first"], is_rejected)
        for row in found.sort("rows", descending=True, maintain_order=True).iter_rows(named=True)
    ]


@dataclass
class FileReport:
    """One file (or one table inside a zip): rows read = loaded + unchanged + rejected, always."""

    source: str
    file: str
    sha256: str = ""
    fiscal_year: int | None = None
    file_id: int | None = None
    outcome: str = "loaded"  # loaded, unchanged, refused, left_alone, held_back
    rows_read: int = 0
    rows_loaded: int = 0
    rows_unchanged: int = 0
    rows_rejected: int = 0
    rows_removed: int = 0  # records of the last load that are no longer there
    rejected: dict[str, int] = field(default_factory=dict)  # code → rows
    remarked: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)  # the same, sentence by sentence, with the first rows
    first_on: date | None = None
    last_on: date | None = None
    sentences: list[Sentence] = field(default_factory=list)
    kept_in: str | None = None  # where its rejected rows are, below the data directory

    def note(self, issues: list[Issue]) -> None:
        """Add what is said of rows of a file, or of a further chunk of it."""
        known = {(issue.sentence, issue.is_rejected): issue for issue in self.issues}
        for issue in issues:
            if same := known.get((issue.sentence, issue.is_rejected)):
                same.rows += issue.rows
                same.first = [*same.first, *issue.first][:MOST_ROWS]
            else:
                self.issues.append(issue)

    @property
    def is_clean(self) -> bool:
        """Whether all of it is in, or will be by itself; what was set aside before, and said then, is not said again."""
        is_waiting = self.outcome == "left_alone" and any(message.code == "still_copied" for message in self.sentences)
        return is_waiting or self.outcome == "unchanged" or (self.outcome == "loaded" and not self.rows_rejected)

    def say(self, message: Sentence) -> None:
        """Add a sentence about the whole file."""
        self.sentences.append(message)


@dataclass
class LoadReport:
    """One load."""

    load_id: int | None = None
    outcome: str = "unchanged"  # loaded, checked, unchanged, stopped, nothing, locked
    files: list[FileReport] = field(default_factory=list)
    alarms: list[Sentence] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    district: Path | None = None

    @property
    def exit_status(self) -> int:
        """0 everything is in · 1 loaded, with something rejected · 2 nothing was loaded."""
        if self.outcome in ("stopped", "nothing", "locked") or not self.is_anything_in:
            return 2
        return 0 if all(file.is_clean for file in self.files) else 1

    @property
    def is_anything_in(self) -> bool:
        """Whether one row at least of what lies in the inbox is in, from this load or from one before."""
        return any(file.outcome in ("loaded", "unchanged") and file.rows_loaded + file.rows_unchanged for file in self.files)

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        values = asdict(self)
        values["district"] = self.district.name if self.district else None
        for file in values["files"]:
            for edge in ("first_on", "last_on"):
                file[edge] = file[edge].isoformat() if file[edge] else None
        return values | {"exit_status": self.exit_status}
