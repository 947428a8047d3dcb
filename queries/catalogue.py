"""What each figure means: the published glossary, read once and checked when the app starts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from queries.screens import Form, Places, Screen, faults_of, faults_of_screens

INDICATORS_FOLDER = Path(__file__).with_name("indicators")  # the glossary lies beside it, under the same name
LANGUAGES = ("ja", "en")
WORDS = ("label", "meaning", "unit", "numerator_label", "denominator_label")
KINDS = ("attendance", "mood", "health_room", "study_log", "assessment", "evaluation", "staff_hours", "school_fact")
BETTER = ("lower", "higher", "neither")
LEVELS = ("student", "class", "grade", "school", "kind_grade", "district")
PERIODS = ("week", "month", "year", "to_date")
# A level is counted at these places; a child's own figure is not a cell, it is read from the child's days.
PLACES = {
    "student": (),
    "class": ("class",),
    "grade": ("grade", "kind_grade"),
    "school": ("school",),
    "kind_grade": ("kind_grade",),
    "district": ("district", "kind"),
}

Words = Mapping[str, str]


class CatalogueError(ValueError):
    """An entry of the glossary is incomplete or says something the house does not know."""


@dataclass(frozen=True)
class Indicator:
    """One figure: what it is called, what it means, how it is counted and when it is too small to show.

    The value shown is per × numerator ÷ denominator, in unit, with so many decimals.
    """

    name: str
    kind: str
    label: Words
    meaning: Words
    unit: Words
    per: float
    better: str
    source: str
    suppress_below: int
    levels: tuple[str, ...]
    periods: tuple[str, ...]
    decimals: int
    expected: tuple[float, float]
    numerator_label: Words
    denominator_label: Words
    is_numerator_people: bool = False
    axis_top: float | None = None
    is_compared_across_years: bool = True
    counted_as: str = ""  # the figure whose SQL counts it, and whose parameters hold where it has none of its own
    within: str = ""  # the figure every one of whose people counted here is counted in as well
    parameters: Mapping[str, int | float | str] = field(default_factory=lambda: MappingProxyType({}))
    shown: Places = field(default_factory=lambda: MappingProxyType({}))  # where it stands, as what and in which order

    @property
    def places(self) -> tuple[str, ...]:
        """Where this figure is counted: class, grade, school, kind_grade (of all schools of a kind), district, kind."""
        return tuple(place for level in self.levels for place in PLACES[level])

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole, so that an interval for a share fits it."""
        return self.unit["ja"] == "%"

    @property
    def is_judged(self) -> bool:
        """Whether more of it is better or worse, and its years may be compared: 正答率 rests on the questions a school happens to set."""
        return self.better != "neither" and self.is_compared_across_years

    @property
    def top(self) -> float:
        """Where the value axis ends, the same for every school and class."""
        return self.expected[1] if self.axis_top is None else float(self.axis_top)

    @property
    def sql_file(self) -> Path:
        """The file that counts it, one row per person and day."""
        return INDICATORS_FOLDER / f"{self.counted_as or self.name}.sql"

    def value(self, numerator: float | None, denominator: float | None) -> float | None:
        """The figure as shown, or None where there is nothing to divide by: a gap, never a zero."""
        if numerator is None or not denominator:
            return None
        return self.per * numerator / denominator


def indicators() -> Mapping[str, Indicator]:
    """Every figure of the house by name, in the order of the glossary."""
    return _glossary_beside(INDICATORS_FOLDER)


@lru_cache(maxsize=2)
def _glossary_beside(folder: Path) -> Mapping[str, Indicator]:
    return MappingProxyType(read_catalogue(folder.with_suffix(".toml"), folder))


def shown_on(screen: Screen, *forms: Form) -> tuple[Indicator, ...]:
    """The figures that stand on a screen in one of these forms, in the order their entries say."""
    placed = []
    for indicator in indicators().values():
        here = indicator.shown.get(screen, {})
        placed += [(here[form], indicator) for form in forms if form in here]
    return tuple(indicator for _place, indicator in sorted(placed, key=lambda pair: pair[0]))


def title_of(screen: Screen) -> Indicator:
    """The figure whose finding is the title of a screen."""
    [indicator] = shown_on(screen, "title")
    return indicator


def sources() -> tuple[str, ...]:
    """The sources figures are counted from, in the order of the glossary."""
    return tuple(dict.fromkeys(indicator.source for indicator in indicators().values()))


def read_catalogue(path: Path, folder: Path = INDICATORS_FOLDER) -> dict[str, Indicator]:
    """The figures a glossary file declares.

    Raises CatalogueError with all that is wrong, an entry and a field at a time.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    faults = [fault for name, entry in entries.items() for fault in _faults(name, entry, folder)]
    files = sorted(folder.glob("*.sql"))
    faults += [f"{file.stem}: has {file.name} but no entry" for file in files if file.stem not in entries]
    faults = faults or faults_of_screens({name: entry.get("shown", {}) for name, entry in entries.items()})
    if faults:
        raise CatalogueError(f"{path.name}: " + "; ".join(faults))
    return {name: _indicator(name, entry, entries.get(entry.get("counted_as", name), {})) for name, entry in entries.items()}


def _indicator(name: str, entry: Mapping[str, Any], counted_as: Mapping[str, Any]) -> Indicator:
    low, high = entry["expected"]
    parameters = counted_as.get("parameters", {}) | entry.get("parameters", {})
    frozen: dict[str, Any] = {key: MappingProxyType(value) if isinstance(value, dict) else value for key, value in entry.items()}
    for key in WORDS:  # what is said names the very numbers that are counted with
        frozen[key] = MappingProxyType({language: words.format(**parameters) for language, words in entry[key].items()})
    frozen["parameters"] = MappingProxyType(parameters)
    frozen |= {"levels": tuple(entry["levels"]), "periods": tuple(entry["periods"])}
    frozen |= {"expected": (float(low), float(high))}
    frozen |= {"shown": MappingProxyType({screen: MappingProxyType(forms) for screen, forms in entry.get("shown", {}).items()})}
    return Indicator(name=name, **frozen)


def _faults(name: str, entry: Mapping[str, Any], folder: Path) -> list[str]:
    known = {item.name: item for item in fields(Indicator) if item.name != "name"}
    needed = {key for key, item in known.items() if item.default is MISSING and item.default_factory is MISSING}
    missing = sorted(needed - entry.keys())
    if missing:
        return [f"{name}: lacks {', '.join(missing)}"]
    faults = [f"{name}: {key} is not a field of an indicator" for key in sorted(entry.keys() - known.keys())]
    for key in WORDS:
        words = entry[key]
        if not isinstance(words, dict) or set(words) != set(LANGUAGES) or not all(words.values()):
            faults.append(f"{name}: {key} needs words in {' and '.join(LANGUAGES)}")
    choices: tuple[tuple[str, tuple[str, ...]], ...] = (("kind", KINDS), ("better", BETTER))
    for key, allowed in choices:
        if entry[key] not in allowed:
            faults.append(f"{name}: {key} is {entry[key]!r}, not one of {', '.join(allowed)}")
    choices = (("levels", LEVELS), ("periods", PERIODS))
    for key, allowed in choices:
        strange = [item for item in entry[key] if item not in allowed]
        if strange or not entry[key]:
            faults.append(f"{name}: {key} has {strange or 'nothing'}, of {', '.join(allowed)}")
    if not isinstance(entry["suppress_below"], int) or entry["suppress_below"] < 1:
        faults.append(f"{name}: suppress_below is a number of people, 1 or more")
    if len(entry["expected"]) != 2 or entry["expected"][0] >= entry["expected"][1]:
        faults.append(f"{name}: expected is a low and a high value")
    faults += faults_of(name, entry)
    if entry["per"] <= 0:
        faults.append(f"{name}: per is a number above 0")
    counted_as = entry.get("counted_as") or name
    if not (folder / f"{counted_as}.sql").is_file():
        faults.append(f"{name}: has no indicators/{counted_as}.sql")
    return faults


indicators()  # a mistake in the glossary stops the app before it can show a wrong figure
