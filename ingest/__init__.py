"""How data arrives: a school's own exports are read, checked, kept in the lake, counted and published.

`ingest.load(data_dir)` does all of it; `python -m ingest` is the same for people.
"""

from ingest.intake.report import FileReport, LoadReport
from ingest.loading import load

__all__ = ["FileReport", "LoadReport", "load"]
