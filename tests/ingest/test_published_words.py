"""The dictionary and the privacy note in docs/ say what the program declares today."""

from __future__ import annotations

from pathlib import Path

from ingest.published_words import COMMAND, DOCS, write_pages, written
from ingest.registry import flows


def test_the_pages_in_docs_are_up_to_date() -> None:
    stale = [name for name, text in written().items() if (DOCS / name).read_text(encoding="utf-8") != text]
    assert stale == [], f"run {COMMAND}"


def test_only_what_has_changed_is_written(tmp_path: Path) -> None:
    assert [path.name for path in write_pages(tmp_path)] == ["data-dictionary.md", "privacy.md"]
    (tmp_path / "privacy.md").write_text("old", encoding="utf-8")
    assert [path.name for path in write_pages(tmp_path)] == ["privacy.md"]


def test_the_note_names_every_source_with_its_purpose_readers_and_term(tmp_path: Path) -> None:
    write_pages(tmp_path)
    note = (tmp_path / "privacy.md").read_text(encoding="utf-8")
    for flow in flows():
        for language in ("ja", "en"):
            assert all(f": {getattr(flow, name)[language]}\n" in note for name in ("purpose", "seen_by", "retention"))
