"""The rules a flag is raised by: what each signal is called, what it says, and from where on, read once and checked at start.

A rule and the sentence about it are filled from one file of thresholds, so neither can say what the other does not do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from queries.catalogue import KINDS, LANGUAGES, CatalogueError

SIGNALS = Path(__file__).with_name("signals.toml")
THRESHOLDS = Path(__file__).with_name("thresholds.toml")
SIGNALS_FOLDER = Path(__file__).with_name("signals")
SAID_INSTEAD = ("said_usual", "said_elsewhere", "said_here")
WORDS = ("label", "rule", "said", *SAID_INSTEAD)
# what a sentence about one child may name
FIGURES = {"found", "usual", "out_of", "elsewhere"}
BEFORE = "_before"  # $days_before is one less than $days: the rows before the one at hand
NAME = re.compile(r"\$(\w+)")
BRACED = re.compile(r"\{(\w+)\}")

Words = Mapping[str, str]


@dataclass(frozen=True)
class Signal:
    """One rule: what it is called, what it rests on, what it says of a child, and its thresholds.

    said_usual is said where the child's own usual is known, said_elsewhere where days at another school are among those found, said_here
    where days at another school may not be counted; where it says nothing of its own, it is said.
    """

    name: str
    kinds: tuple[str, ...]
    label: Words
    rule: Words
    said: Words
    said_usual: Words
    said_elsewhere: Words
    said_here: Words
    decimals: int
    quiet_days: int
    parameters: Mapping[str, int | float]

    @property
    def placeholders(self) -> Mapping[str, int | float]:
        """What stands for the $names of its SQL."""
        return {**self.parameters, **{f"{key}{BEFORE}": value - 1 for key, value in self.parameters.items()}}

    @property
    def sql_file(self) -> Path:
        """The file that finds it, one row per child and day."""
        return SIGNALS_FOLDER / f"{self.name}.sql"


@dataclass(frozen=True)
class Listing:
    """How long a flag stays on the list, and when one that was looked at comes back; in 授業日."""

    version: int
    decided_on: date
    shown_days: int
    again_days: int


@lru_cache(maxsize=1)
def signals() -> Mapping[str, Signal]:
    """Every signal of the house by name, in the order of the glossary."""
    return MappingProxyType(read_signals(SIGNALS, THRESHOLDS))


@lru_cache(maxsize=1)
def listing() -> Listing:
    """What the board has set for every signal at once."""
    written = tomllib.loads(THRESHOLDS.read_text(encoding="utf-8"))
    return Listing(written["version"], written["decided_on"], **written["every"])


def read_signals(glossary: Path, thresholds: Path, folder: Path = SIGNALS_FOLDER) -> dict[str, Signal]:
    """The signals a glossary declares, with the thresholds set for them.

    Raises CatalogueError with all that is wrong, an entry and a field at a time.
    """
    entries = tomllib.loads(glossary.read_text(encoding="utf-8"))
    numbers = {name: each for name, each in tomllib.loads(thresholds.read_text(encoding="utf-8")).items() if isinstance(each, dict)}
    numbers.pop("every", None)
    faults = [f"{name}: has thresholds but no entry" for name in numbers if name not in entries]
    faults += [f"{file.stem}: has {file.name} but no entry" for file in sorted(folder.glob("*.sql")) if file.stem not in entries]
    faults += [fault for name, entry in entries.items() for fault in _faults(name, entry, numbers.get(name, {}), folder)]
    if faults:
        raise CatalogueError(f"{glossary.name}: " + "; ".join(faults))
    return {name: _signal(name, entry, numbers[name]) for name, entry in entries.items()}


def _signal(name: str, entry: Mapping[str, Any], numbers: Mapping[str, int | float]) -> Signal:
    filled = {language: words.format(**numbers) for language, words in entry["rule"].items()}
    said, usual, elsewhere, here = (MappingProxyType(entry.get(word, entry["said"])) for word in ("said", *SAID_INSTEAD))
    parameters = MappingProxyType({key: value for key, value in numbers.items() if key != "quiet_days"})
    return Signal(
        name,
        tuple(entry["kinds"]),
        MappingProxyType(entry["label"]),
        MappingProxyType(filled),
        said,
        usual,
        elsewhere,
        here,
        entry["decimals"],
        int(numbers["quiet_days"]),
        parameters,
    )


def _faults(name: str, entry: Mapping[str, Any], numbers: Mapping[str, Any], folder: Path) -> list[str]:
    allowed = {"kinds", "decimals", *WORDS}
    faults = [f"{name}: {key} is not a field of a signal" for key in sorted(entry.keys() - allowed)]
    faults += [f"{name}: lacks {key}" for key in sorted(allowed - {*SAID_INSTEAD} - entry.keys())]
    if faults:
        return faults
    for key in WORDS:
        words = entry.get(key)
        if words is not None and (not isinstance(words, dict) or set(words) != set(LANGUAGES) or not all(words.values())):
            faults.append(f"{name}: {key} needs words in {' and '.join(LANGUAGES)}")
    faults += [f"{name}: {kind} is no kind of record" for kind in entry["kinds"] if kind not in KINDS]
    faults += [f"{name}: {key} is a number of 0 or more" for key, value in numbers.items() if not _is_number(value)]
    if "quiet_days" not in numbers:
        faults.append(f"{name}: its thresholds lack quiet_days")
    sql = folder / f"{name}.sql"
    if not sql.is_file():
        return [*faults, f"{name}: has no signals/{name}.sql"]
    # a threshold that nothing reads, and a rule that tells none of its thresholds, would both say what is not done
    asked = {key.removesuffix(BEFORE) for key in NAME.findall(re.sub(r"--[^\n]*", "", sql.read_text(encoding="utf-8")))}
    known = numbers.keys() - {"quiet_days"}
    faults += [f"{name}: ${key} has no threshold" for key in sorted(asked - known)]
    faults += [f"{name}: the threshold {key} is read by nothing" for key in sorted(known - asked)]
    faults += _faults_in_words(name, entry, known)
    return faults


def _faults_in_words(name: str, entry: Mapping[str, Any], known: set[str]) -> list[str]:
    faults = []
    for language in LANGUAGES:
        told = set(BRACED.findall(entry["rule"].get(language, "")))
        faults += [f"{name}: the rule in {language} names {{{key}}}, which is no threshold" for key in sorted(told - known)]
        # how many months must tell is the same everywhere and is told once, beside the list
        faults += [f"{name}: the rule in {language} does not tell {{{key}}}" for key in sorted(known - told - {"months"})]
        for key in ("said", *SAID_INSTEAD):
            strange = set(BRACED.findall(entry.get(key, {}).get(language, ""))) - FIGURES
            faults += [f"{name}: {key} in {language} names {{{each}}}" for each in sorted(strange)]
    return faults


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


signals()  # a mistake in the rules stops the app before it can say what it does not do
listing()
