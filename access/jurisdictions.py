"""Which board of education this is about: each has a home of its own, and whoever asks is in one of them or in none.

One instance may serve several boards (共同調達). `jurisdictions.toml` in the data directory names them; each has a folder there that is
a whole data directory: its exports, its lake, its district file, its records, its matrix of sharing. Without that file there is one
board, and the data directory is its home. Everything below asks here where it is, so that nothing can be in two homes at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from access.viewer import Refused, Viewer

FILE = "jurisdictions.toml"
KEY = re.compile(r"[a-z][a-z0-9_-]{0,31}")
# what one board alone keeps in the data directory; a board of this name would be mistaken for it
TAKEN = frozenset({"district", "inbox", "lake", "mappings", "rejected", "release"})


class JurisdictionError(ValueError):
    """The file of jurisdictions cannot be understood; the app must not start on a guess."""


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """One board of education: its key, what it is called, its home, and the folder of its published district files."""

    key: str
    label: dict[str, str]
    home: Path | None
    district: Path

    @property
    def is_published(self) -> bool:
        """Whether there is a district file to show."""
        return (self.district / "CURRENT").is_file()


_known: dict[str, Jurisdiction] = {}
# unset: ask the provider; None: nobody has said which
_within: ContextVar[str | None] = ContextVar("jurisdiction")
_provider: Callable[[], str | None] = lambda: None  # noqa: E731


def use_district(folder: Path, home: Path | None = None) -> None:
    """Say once, at start-up, in which folder the published district files of the one board lie; `home` may hold its sharing.toml."""
    _known.clear()
    _known[""] = Jurisdiction("", {}, home, folder)


def use_jurisdictions(jurisdictions: tuple[Jurisdiction, ...]) -> None:
    """Say once, at start-up, which boards this instance serves."""
    _known.clear()
    _known.update({each.key: each for each in jurisdictions})


def ask_whose(provider: Callable[[], str | None]) -> None:
    """Say who knows where the page is drawn that runs now, when no request has said it."""
    global _provider  # noqa: PLW0603 - one process, one frame around its pages
    _provider = provider


def declared(data_dir: Path) -> tuple[Jurisdiction, ...]:
    """The boards `jurisdictions.toml` names, in its order; none where there is no such file.

    Raises JurisdictionError, saying which line, for a key or words that cannot be used.
    """
    path = data_dir / FILE
    if not path.is_file():
        return ()
    try:
        written: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise JurisdictionError(f"{FILE}: {error}") from error
    for key, entry in written.items():
        if not KEY.fullmatch(key) or key in TAKEN:
            raise JurisdictionError(f"{FILE}: [{key}] cannot be used; write small letters and digits, and none of {sorted(TAKEN)}")
        label = entry.get("label") if isinstance(entry, dict) else None
        if not isinstance(label, dict) or set(label) != {"ja", "en"} or not all(isinstance(said, str) and said for said in label.values()):
            raise JurisdictionError(f"{FILE}: [{key}] needs label = {{ ja = \"…\", en = \"…\" }}")
    if not written:
        raise JurisdictionError(f"{FILE}: names no board")
    return tuple(Jurisdiction(key, entry["label"], data_dir / key, data_dir / key / "district") for key, entry in written.items())


def known() -> tuple[Jurisdiction, ...]:
    """Every board of this instance, in the order of the file."""
    return tuple(_known.values())


def are_several() -> bool:
    """Whether one has to say which board one means."""
    return bool(_known) and "" not in _known


@contextmanager
def within(key: str | None) -> Iterator[None]:
    """Whatever happens in here happens in this board's home; an unknown key is nowhere."""
    before = _within.set(key if key in _known else None)
    try:
        yield
    finally:
        _within.reset(before)


def current() -> Jurisdiction:
    """The board this is about.

    Raises Refused('no_district') before any is in use, Refused('no_jurisdiction') where there are several and nobody has said which.
    """
    if not _known:
        raise Refused("no_district")
    if not are_several():
        return _known[""]
    key = _within.get(_UNSAID)
    found = _known.get((_provider() if key is _UNSAID else key) or "")
    if found is None:
        raise Refused("no_jurisdiction")
    return found


def is_chosen() -> bool:
    """Whether it is known which board this is about, or there is but one."""
    try:
        current()
    except Refused as refusal:
        return refusal.code == "no_district"
    return True


def own_home() -> Path | None:
    """The home of the board this is about, where there are several; None where the data directory is the one home."""
    return current().home if are_several() else None


def refuse_elsewhere(viewer: Viewer) -> None:
    """Raises Refused('elsewhere') for a viewer of another board than the one this is about: nothing crosses."""
    if viewer.jurisdiction != (current().key if _known else ""):
        raise Refused("elsewhere")


_UNSAID = "\0"  # no key can be written so
