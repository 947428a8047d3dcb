"""What documents say is true of the tree: settings, files, and how to add each kind of thing."""

from __future__ import annotations

import re

import pytest

from access.settings import NAMES
from tests.house import ROOMS, ROOT, files, imports_of, name_of


def test_every_setting_is_in_the_operating_guide() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    asked = re.compile(r"""(?:environ(?:\.get\(|\[|\.setdefault\()|getenv\()\s*["']([A-Z][A-Z0-9_]+)["']""")
    option = re.compile(r"""["'](--[a-z][a-z-]+)["']""")
    settings, options = set(NAMES), set()
    for path in files(".py", rooms=ROOMS):
        text = path.read_text(encoding="utf-8")
        assert "bench" in path.parts or not set(NAMES) & set(asked.findall(text)), f"{name_of(path)}: access/settings.py reads settings"
        settings |= set(asked.findall(text))
        if "typer" in imports_of(path) or "argparse" in imports_of(path):
            options |= set(option.findall(text))
    assert "MIHARASHI_DATA" in settings
    assert [name for name in sorted(settings | options) if f"`{name}" not in guide] == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md", "docs/glossary.md", "docs/promises.md"])
def test_a_document_names_only_files_there_are(page: str) -> None:
    """`<name>` stands for any name of the same pattern: one that follows it must be there to copy."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {word for word in re.findall(r"`([\w.<>…-]+(?:/[\w.<>…*-]+)+/?|[a-z_]+\.py)`", text) if not word.startswith("uv")}
    assert named
    patterns = {word: re.sub(r"<[^>]*>", "*", word.rstrip("/")) for word in named}
    assert [word for word, pattern in sorted(patterns.items()) if not any(ROOT.glob(pattern))] == []


def test_contributing_says_how_to_add_each_kind_of_thing() -> None:
    rows = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \*\*(?:an?) (\w+)\*\*", rows, re.MULTILINE) == [
        "indicator", "signal", "page", "source", "role", "word", "statistic",
    ]
