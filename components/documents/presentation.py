"""An agenda as a presentation: native charts that keep their numbers, tables and words, wide as a wall, without a name."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Mm, Pt

from components.documents.slide import Chart, Content

WIDE, HIGH = Mm(338.7), Mm(190.5)
LEFT, TOP, ACROSS = Mm(14), Mm(10), Mm(310)
BELOW, ROOM = Mm(38), Mm(126)
INK, ACCENT = RGBColor(0x1B, 0x1F, 0x24), RGBColor(0x0B, 0x6E, 0x74)
STEPS = (RGBColor(0xF5, 0xF6, 0xF4), RGBColor(0xE1, 0xEF, 0xEF), RGBColor(0xB9, 0xD9, 0xDA), RGBColor(0x8C, 0xC1, 0xC4))
BLANK = 6  # the layout without placeholders
FONT = "BIZ UDPGothic"
TILES_ACROSS = 3
SHORT = 9  # signs of a figure that fit across a tile in large type


def presentation(contents: list[Content], footer: str) -> bytes:
    """The bytes of the file, a slide for each content."""
    made = Presentation()
    made.slide_width, made.slide_height = WIDE, HIGH
    for content in contents:
        slide = made.slides.add_slide(made.slide_layouts[BLANK])
        if content.code:
            _words(slide, content.code, LEFT, Mm(40), Mm(50), 96, ACCENT)
        _words(slide, content.title, LEFT, Mm(95) if content.is_alone else TOP, Mm(24), 44 if content.is_alone else 28)
        if content.lines:
            _words(slide, "\n".join(f"– {line}" for line in content.lines), LEFT, BELOW, ROOM, 22)
        if content.tiles:
            _tiles(slide, content)
        if content.grid:
            _grid(slide, content)
        if content.chart:
            _chart(slide, content.chart, ROOM - Mm(9 * len(content.events)))
        if content.events:
            _words(slide, "\n".join(content.events), LEFT, Mm(166 - 9 * len(content.events)), Mm(9 * len(content.events)), 16)
        _words(slide, f"{content.until}　{footer}".strip(), LEFT, Mm(176), Mm(9), 12)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _words(slide: Any, words: str, left: Emu, top: Emu, height: Emu, size: int, colour: RGBColor = INK) -> None:
    frame = slide.shapes.add_textbox(left, top, ACROSS, height).text_frame
    frame.word_wrap = True
    for position, line in enumerate(words.split("\n")):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.name, run.font.color.rgb = Pt(size), FONT, colour
        run.font.bold = size >= 28


def _tiles(slide: Any, content: Content) -> None:
    width = Emu(int(ACROSS / TILES_ACROSS))
    for position, (label, value, beside) in enumerate(content.tiles):
        frame = slide.shapes.add_textbox(
            Emu(LEFT + width * (position % TILES_ACROSS)), Emu(BELOW + Mm(58) * (position // TILES_ACROSS)), width, Mm(52)
        ).text_frame
        frame.word_wrap = True
        for place, (line, size) in enumerate(((label, 20), (value, 40 if len(value) <= SHORT else 28), (beside, 16))):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = line
            run.font.size, run.font.name, run.font.bold = Pt(size), FONT, size >= 28


def _grid(slide: Any, content: Content) -> None:
    across = max(len(cells) for _grade, cells in content.grid) + 1
    room = ROOM - Mm(9 * len(content.events))
    shape = slide.shapes.add_table(len(content.grid), across, LEFT, BELOW, ACROSS, room)
    table = shape.table
    table.first_row = table.horz_banding = False
    for row, (grade, cells) in enumerate(content.grid):
        for column, (name, figure, step) in enumerate((("", grade, 0), *cells)):
            cell = table.cell(row, column)
            cell.text = f"{name} {figure}".strip()
            cell.fill.solid()
            cell.fill.fore_color.rgb = STEPS[step]
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            font = cell.text_frame.paragraphs[0].runs[0].font
            font.size, font.name, font.color.rgb = Pt(16), FONT, INK
        for column in range(len(cells) + 1, across):
            table.cell(row, column).fill.background()


def _chart(slide: Any, chart: Chart, height: Emu) -> None:
    told = CategoryChartData()
    told.categories = chart.labels
    for line in chart.lines:
        told.add_series(line.name, line.values)
    drawn = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, LEFT, BELOW, ACROSS, height, told).chart
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    drawn.font.size, drawn.font.name = Pt(14), FONT
    drawn.value_axis.minimum_scale = 0
    drawn.value_axis.major_gridlines.format.line.color.rgb = STEPS[0]
    for position, series in enumerate(drawn.plots[0].series):
        series.smooth = False
        if position > 0:  # months are marked on the line itself, not on what it is held against
            series.marker.style = XL_MARKER_STYLE.NONE
        series.format.line.width = Pt(3 if position == 0 else 1.5)
        series.format.line.color.rgb = ACCENT if position == 0 else RGBColor(0x6B, 0x72, 0x80)
