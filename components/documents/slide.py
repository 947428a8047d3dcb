"""A slide as what it says, whatever it is shown on: a wall, a page of a PDF, a slide of a presentation."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line of numbers for a chart that is drawn by the presentation itself; None is a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a picture for a dark and a lit room, and as its numbers."""

    dark: str
    light: str
    labels: tuple[str, ...]
    lines: tuple[ChartLine, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A slide: a title, and what stands below it. Nothing in it names a child."""

    title: str
    code: str = ""
    lines: tuple[str, ...] = ()
    tiles: tuple[tuple[str, str, str], ...] = ()  # label, value, what stands beside it
    grid: tuple[tuple[str, tuple[tuple[str, str, int], ...]], ...] = ()  # grade, classes: name, figure, step 0 to 3
    chart: Chart | None = None
    events: tuple[str, ...] = ()
    until: str = ""

    @property
    def is_alone(self) -> bool:
        """Whether the title is all there is, and may be large."""
        return not (self.lines or self.tiles or self.grid or self.chart)


def markup(content: Content) -> str:
    """The slide for the stage; every word is escaped."""
    parts = [f'<p class="code">{escape(content.code)}</p>'] if content.code else []
    parts.append(f"{'<h1 class=alone>' if content.is_alone else '<h1>'}{escape(content.title)}</h1>")
    if content.lines:
        parts.append("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in content.lines) + "</ul>")
    if content.tiles:
        tiles = "".join(f"<li>{escape(label)}<b>{escape(value)}</b>{escape(beside)}</li>" for label, value, beside in content.tiles)
        parts.append(f'<ul class="tiles">{tiles}</ul>')
    if content.grid:
        parts.append("<table>" + "".join(_line(grade, cells) for grade, cells in content.grid) + "</table>")
    if content.chart:
        parts.append('<div class="picture"></div>')
    if content.events:
        parts.append('<ul class="events">' + "".join(f"<li>{escape(event)}</li>" for event in content.events) + "</ul>")
    if content.until:
        parts.append(f'<p class="until">{escape(content.until)}</p>')
    return "".join(parts)


def _line(grade: str, cells: tuple[tuple[str, str, int], ...]) -> str:
    drawn = "".join(f'<td class="step-{step}">{escape(name)}<b>{escape(figure)}</b></td>' for name, figure, step in cells)
    return f"<tr><th>{escape(grade)}</th>{drawn}</tr>"
