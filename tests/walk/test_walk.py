"""The walk as it is told in docs/new-export.md, step by step, with the commands themselves."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl
from typer.testing import CliRunner

import ingest
from ingest.__main__ import app
from tests.walk import municipality


def test_an_export_nobody_described_is_loaded_by_editing_only_its_mapping(tmp_path: Path) -> None:
    home, export = municipality.written(tmp_path)
    assert ingest.load(home).exit_status in (0, 1)
    mapping = home / "mappings" / "attendance.toml"
    assert run("propose", str(export), "--data", str(home), "--out", str(mapping)) == 1  # there is something to decide
    (home / "inbox" / "attendance").mkdir()
    shutil.copy(export, home / "inbox" / "attendance")

    before = told(home, tmp_path / "before.json", "check")
    assert before["rows_loaded"] == 0
    assert before["rejected"] == {"unknown_school": before["rows_read"]}

    mapping.write_text(municipality.confirmed(mapping.read_text(encoding="utf-8")), encoding="utf-8")
    after = told(home, tmp_path / "after.json", "load")
    same = usual(tmp_path)
    assert counted(after) == counted(told(same, tmp_path / "usual.json", "load", municipality.USUAL))
    assert after["rows_loaded"] > 1000
    assert register_of(home).equals(register_of(same))


def usual(place: Path) -> Path:
    """A data directory with the same rows in the usual form, to compare with."""
    home = place / "usual"
    shutil.copytree(place / "home" / "inbox", home / "inbox", ignore=shutil.ignore_patterns(municipality.FILE))
    shutil.copy(place / municipality.USUAL, home / "inbox" / "attendance")
    return home


def counted(file: dict[str, Any]) -> dict[str, Any]:
    """How many rows of a file went where; the sample's own wrong rows are set aside in either form."""
    return {name: file[name] for name in ("rows_read", "rows_loaded", "rejected", "remarked")}


def register_of(home: Path) -> pl.DataFrame:
    """The attendance in the lake, without the number of the load that brought it."""
    rows = pl.read_parquet(home / "lake" / "attendance" / "2026.parquet")
    return rows.drop("file_id", "file_row").sort("student_id", "day")


def told(home: Path, report: Path, command: str, name: str = municipality.FILE) -> dict[str, Any]:
    """What the command reports of one file of attendance."""
    run(command, "--data", str(home), "--json", str(report))
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    return next(file for file in files if file["file"].endswith(name))


def run(*words: str) -> int:
    """The exit status of a command."""
    return CliRunner().invoke(app, list(words)).exit_code
