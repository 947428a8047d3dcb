"""What a load did, file by file: for the clerk at the screen, for a machine (JSON), and for the load log."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ingest.files.reasons import Sentence


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
    first_on: date | None = None
    last_on: date | None = None
    sentences: list[Sentence] = field(default_factory=list)
    kept_in: str | None = None  # where its rejected rows are, below the data directory

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
        if self.outcome in ("stopped", "nothing", "locked"):
            return 2
        is_clean = all(
            file.outcome in ("loaded", "unchanged", "left_alone") and not (file.outcome == "loaded" and file.rows_rejected)
            for file in self.files
        )
        return 0 if is_clean else 1

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        values = asdict(self)
        values["district"] = self.district.name if self.district else None
        for file in values["files"]:
            for edge in ("first_on", "last_on"):
                file[edge] = file[edge].isoformat() if file[edge] else None
        return values | {"exit_status": self.exit_status}
