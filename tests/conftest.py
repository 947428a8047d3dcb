"""What every room's tests may lean on: two sample districts, made once per test run and shared by its processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from shutil import disk_usage, rmtree

import pytest
from filelock import FileLock
from streamlit.components.v2 import manifest_scanner

from access import clock
from tests import districts

# Dozens of processes are started below; each would compile all it imports anew where the machine keeps nothing compiled.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Begun first, the longest before the shorter: a long one begun last would keep one process busy after the others have gone home.
# The very first makes the whole district, while the next do without it.
BEGUN_FIRST = (
    "test_sample_district.py", "test_attack.py", "test_complementary_suppression.py", "test_incremental.py", "test_year_of_mondays.py",
    "test_killed_load.py",
    "test_prefecture.py", "test_house.py", "test_command.py", "test_figures_attacked.py",
)  # fmt: skip
# Shared out between processes. Not by two where every second test is a short one.
PARTED = {"test_attack.py": 3, "test_complementary_suppression.py": 3, "test_every_page.py": 2}


MEMORY = Path("/dev/shm")
ROOM = 8 * 1024**3  # a whole run writes about three


def pytest_configure(config: pytest.Config) -> None:
    """A run writes into memory where there is room: stores and loads sync to the disk again and again, and a third of a run waits."""
    if config.option.basetemp is None and "PYTEST_DEBUG_TEMPROOT" not in os.environ and is_room_in_memory():
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """What lies in memory goes again after a run in which nothing failed."""
    written = session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    if exitstatus == 0 and not hasattr(session.config, "workerinput") and written.is_relative_to(MEMORY):
        rmtree(written, ignore_errors=True)


def is_room_in_memory() -> bool:
    """Whether there is a folder in memory, and memory for it."""
    try:
        available = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemAvailable:"))
        return min(disk_usage(MEMORY).free, int(available.split()[1]) * 1024) >= ROOM
    except (OSError, StopIteration):
        return False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files come first, then the many quick ones, then what needs a browser: one that lives holds its process's event loop.

    Tests of one file stay in one process, for they share what it has made; a very long file is parted.
    """
    for number, item in enumerate(items):
        if "browser" in item.path.parent.parts:
            item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group(f"{item.path}-{number % PARTED.get(item.path.name, 1)}"))
    items.sort(key=when)


def when(item: pytest.Item) -> int:
    """The place of a test's file among all files; those of one place stay in the order they were found in."""
    if item.path.name in BEGUN_FIRST:
        return BEGUN_FIRST.index(item.path.name)
    if not item.get_closest_marker("browser"):
        return len(BEGUN_FIRST)
    return len(BEGUN_FIRST) + (1 if item.path.name in PARTED else 2)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What people's walks through the pages took, in clicks and seconds: printed, never asserted."""
    for report in terminalreporter.getreports("passed"):
        for name, said in report.user_properties:
            if name == "walk":
                terminalreporter.write_line(f"walk: {said}")


@pytest.fixture(autouse=True)
def same_main() -> Iterator[None]:
    """Streamlit's AppTest leaves its script as `__main__`; a process started later would run that."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session", autouse=True)
def one_day() -> Iterator[None]:
    """Where no test says another day, it is the last but one of the 年度 the tests' districts live in: no run hangs on a date."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "calendar_day", lambda: date(2027, 3, 30))
        yield


@pytest.fixture(scope="session", autouse=True)
def packages_looked_through_once() -> Iterator[None]:
    """Each AppTest would read the description of every installed package anew, for components we have none of: half a second a page."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of this test run know."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def kept_folder(pytestconfig: pytest.Config) -> Path:
    """Where a run leaves to the next one what took long to make; `pytest --cache-clear` empties it."""
    return pytestconfig.cache.mkdir("districts")


@pytest.fixture(scope="session")
def sample_district(shared_folder: Path, kept_folder: Path) -> Path:
    """The data directory of the whole invented district, written and loaded as on a first start."""
    return made_once(shared_folder / "district", kept_folder, "full")


@pytest.fixture(scope="session")
def small_district(shared_folder: Path, kept_folder: Path) -> Path:
    """The same with a few schools: quick to make, the cast still in it."""
    return made_once(shared_folder / "small", kept_folder, "small")


def made_once(folder: Path, kept: Path, scale: str) -> Path:
    """The district in a folder; the first process that asks has it made, or copies it, while the others wait."""
    with FileLock(f"{folder}.lock"):
        if not (folder / "district" / "CURRENT").exists():
            districts.had_from(kept, folder, scale)
    return folder
