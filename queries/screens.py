"""The screens a figure may stand on, and as what: a tile, a chart, a slide, a funnel, a line of the monthly report, a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

Screen = Literal["class", "school", "district", "compare", "equity", "meeting", "report", "surveys", "municipalities", "workload"]
# title: the figure the finding above everything tells of. tile_unless_mood: a tile that makes room where the mood is asked for.
# grade_finding: judged grade by grade as well. interval: of groups of schools. length: a column of the table of long absence.
Form = Literal[
    "title", "tile", "tile_unless_mood", "chart", "finding", "grade_finding", "funnel", "interval", "slide", "line", "length",
]  # fmt: skip
FORMS: Mapping[str, tuple[Form, ...]] = {
    "class": ("title", "tile", "chart"),
    "school": ("title", "tile", "tile_unless_mood", "chart", "finding", "grade_finding"),
    "district": ("title", "tile", "chart", "finding"),
    "compare": ("funnel",),
    "equity": ("interval",),
    "meeting": ("tile", "slide"),
    "report": ("line", "chart"),
    "surveys": ("length",),
    "municipalities": ("tile",),
    "workload": ("tile",),
}
# What a figure must be counted for to stand there: no screen can show what no cell holds.
LEVELS_OF: Mapping[str, tuple[str, ...]] = {
    "class": ("class",),
    "school": ("school",),
    "district": ("district",),
    "compare": ("school",),
    "equity": ("school",),
    "meeting": ("school",),
    "report": ("school", "district"),
    "surveys": ("district",),
    "municipalities": ("district",),
    "workload": ("school",),
}
BY_MONTH = ("title", "chart", "finding", "grade_finding", "slide")
# Five tiles stand above the fold; those a page makes by itself (the mood, one's own hours) are taken off.
MOST_TILES: Mapping[str, int] = {"class": 4, "school": 4, "district": 4, "meeting": 6, "municipalities": 5, "workload": 2}

Places = Mapping[str, Mapping[str, int]]  # screen → form → its place in the order there


def faults_of(name: str, entry: Mapping[str, Any]) -> list[str]:
    """What is wrong with where an entry of the glossary wants to stand."""
    shown = entry.get("shown", {})
    if not isinstance(shown, dict) or not all(isinstance(forms, dict) for forms in shown.values()):
        return [f"{name}: shown names screens, and on each as what it stands there and in which order"]
    faults = [f"{name}: shown.{screen} is no screen, of {', '.join(get_args(Screen))}" for screen in shown if screen not in FORMS]
    for screen, forms in shown.items():
        known = FORMS.get(screen, ())
        faults += [f"{name}: shown.{screen}.{form} is none of {', '.join(known)}" for form in forms if known and form not in known]
        faults += [
            f"{name}: shown.{screen}.{form} is a place in an order, 1 or more"
            for form, place in forms.items()
            if isinstance(place, bool) or not isinstance(place, int) or place < 1
        ]
        faults += [
            f"{name}: stands on {screen}, but is not counted for a {level}"
            for level in LEVELS_OF.get(screen, ())
            if level not in entry["levels"]
        ]
        faults += _faults_of_forms(name, screen, forms, entry)
    return faults


def _faults_of_forms(name: str, screen: str, forms: Iterable[str], entry: Mapping[str, Any]) -> list[str]:
    needed = {"month" if form in BY_MONTH else "to_date" for form in forms}
    faults = [f"{name}: stands on {screen}, but is not counted by {period}" for period in sorted(needed - set(entry["periods"]))]
    if "grade_finding" in forms and "grade" not in entry["levels"]:
        faults.append(f"{name}: is judged grade by grade, but is not counted for a grade")
    return faults


def faults_of_screens(glossary: Mapping[str, Places]) -> list[str]:
    """What is wrong with the screens that all entries together make: too many tiles, or two titles."""
    counted = Counter((screen, form) for shown in glossary.values() for screen, forms in shown.items() for form in forms)
    faults = []
    for screen, most in MOST_TILES.items():
        tiles = counted[screen, "tile"]
        if tiles > most:
            faults.append(f"{screen}: {tiles} tiles, and there is room for {most}; another has to become a chart")
        if counted[screen, "tile_unless_mood"] > 1:
            faults.append(f"{screen}: the mood takes the place of one tile, not of {counted[screen, 'tile_unless_mood']}")
    faults += [f"{screen}: {count} titles" for (screen, form), count in counted.items() if form == "title" and count > 1]
    return faults
