"""What every room's tests may lean on: two sample districts, made once per test run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import districts


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: the quick ones speak first, and a running browser holds the event loop."""
    for item in items:
        if "browser" in Path(item.fspath).parent.parts:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(autouse=True)
def same_main() -> Iterator[None]:
    """Streamlit's AppTest leaves its script as `__main__`; a process started later would run that."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def sample_district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of the whole invented district, written and loaded as on a first start."""
    return districts.written_and_loaded(tmp_path_factory.mktemp("district") / "data", "full")


@pytest.fixture(scope="session")
def small_district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a few schools: quick to make, the cast still in it."""
    return districts.written_and_loaded(tmp_path_factory.mktemp("small") / "data", "small")
