"""Every input the search has kept is taken without breaking a promise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.readers import Reader, answer, readers

CORPUS = Path(__file__).parent / "corpus"
NAMES = sorted(folder.name for folder in CORPUS.iterdir())


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reader]:
    return readers(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.parametrize("name", NAMES)
def test_what_the_search_found_is_taken(known: dict[str, Reader], name: str) -> None:
    for file in sorted((CORPUS / name).iterdir()):
        assert answer(known[name], file.read_bytes()), file.name
