"""The rows of one file on their way into the lake: typed, keyed, checked; what fails a check is rejected with its reason.

A `Rows` carries one frame. Each check adds a typed column and marks the rows that fail with the first reason met (`flaw`).
Cells are looked up once per distinct value, never once per row, so a million rows cost little more than a thousand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from ingest.files.mapping import Mapping, plain
from ingest.files.moments import bounds_of, contradicts_weekday, day_of, month_of, narrow, time_of
from ingest.files.reshape import WIDE_TITLE, lengthened, reshaped_cells
from ingest.files.sheet import Sheet
from ingest.files.side_rows import without_side_rows

POWER = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")  # how a spreadsheet shows a long number
FLAWS_OF_FORM = ("row_too_long", "broken_quotes", "nul_character", "cell_too_long")


@dataclass(frozen=True)
class Flaw:
    """A reason rows were rejected for, or remarked: its code, the column it is about, and the words its sentence needs.

    A word that is an expression of the frame differs by row.
    """

    code: str
    column: str
    words: dict[str, object] = field(default_factory=dict)


class Rows:
    """One file's rows.

    `frame` holds `file_row`, the file's cells as text under the mapping's names with `raw_` before them (other cells as
    c0, c1, …), every typed column added so far, `flaw` (int16, place in `flaws`; null for a sound row), and `line`, which no two
    rows share: a row of a file may become several here (see reshape.py).
    """

    def __init__(self, sheet: Sheet, mapping: Mapping) -> None:
        self.mapping = mapping
        reshaped = reshaped_cells(mapping.settings, sheet.titles)
        self.places = mapping.places(sheet.titles, reshaped)
        self.of_sheet = f"{sheet.name}!" if sheet.name and sheet.is_chunk else ""  # as Excel writes it, where several sheets are read
        frame, said = without_side_rows(
            sheet.frame, sheet.titles, self.places, mapping.required, is_end=sheet.is_end, of_sheet=self.of_sheet
        )
        self.sheet = replace(sheet, frame=frame, sentences=(*sheet.sentences, said)) if said else sheet
        self.flaws: list[Flaw] = [Flaw(code, "") for code in FLAWS_OF_FORM]
        self.remarks: list[tuple[Flaw, pl.DataFrame]] = []
        self.earlier: Callable[[pl.DataFrame, list[str]], pl.DataFrame] | None = None  # rows of earlier chunks that have the same keys
        form = {code: place for place, code in enumerate(FLAWS_OF_FORM)}
        raw = [pl.col(f"c{place}").alias(f"raw_{name}") for name, place in self.places.items()]
        absent = [reshaped.get(name, pl.lit("")).alias(f"raw_{name}") for name in mapping.columns if name not in self.places]
        flaw = pl.col("flaw").replace_strict(form, default=None, return_dtype=pl.Int16)
        long = lengthened(frame, sheet.titles, mapping.settings)
        self.frame = long.with_columns(*raw, *absent, flaw=flaw).with_row_index("line")

    @property
    def sound(self) -> pl.DataFrame:
        """The rows no check has failed."""
        return self.frame.filter(pl.col("flaw").is_null())

    @property
    def faulty(self) -> pl.DataFrame:
        """The rejected rows."""
        return self.frame.filter(pl.col("flaw").is_not_null())

    def title(self, name: str) -> str:
        """How this very file calls a column; with its sheet, as Excel writes it, where several sheets are read."""
        title = next(iter(self.mapping.columns.get(name, ())), name)
        return self.of_sheet + (self.sheet.titles[self.places[name]] if name in self.places else title)

    def reject(self, code: str, column: str, when: pl.Expr, **words: object) -> None:
        """Reject the rows for which the condition holds, unless an earlier check has done so."""
        is_new = when.fill_null(value=False) & pl.col("flaw").is_null()
        place = pl.lit(len(self.flaws), pl.Int16)
        self.frame = self.frame.with_columns(flaw=pl.when(is_new).then(place).otherwise("flaw"))
        self.flaws.append(Flaw(code, column, words))

    def remark(self, code: str, column: str, when: pl.Expr, **words: object) -> None:
        """Note the sound rows for which the condition holds; they are loaded all the same."""
        flaw = Flaw(code, column, words)
        noted = self.noted(flaw, self.frame.filter(when.fill_null(value=False) & pl.col("flaw").is_null()))
        if noted.height:
            self.remarks.append((flaw, noted))

    def noted(self, flaw: Flaw, rows: pl.DataFrame) -> pl.DataFrame:
        """`file_row`, `title` and `value` of the cells a reason is about, as this file calls them, and the words that differ by row."""
        column = flaw.column
        wide = self.mapping.settings.get("wide", {})
        is_of_title = column in (wide.get("into"), wide.get("value"))
        title = pl.concat_str(pl.lit(self.of_sheet), WIDE_TITLE) if is_of_title else pl.lit(self.title(column))
        last = f"c{len(self.sheet.titles) - 1}"  # a row that is too long shows its end
        by_row = {f"word_{name}": word for name, word in flaw.words.items() if isinstance(word, pl.Expr)}
        return rows.select("file_row", title=title, value=f"raw_{column}" if f"raw_{column}" in rows.columns else last, **by_row)

    def read(
        self, name: str, into: str, meaning: Callable[[str], Any | None], kind: pl.DataType | type[pl.DataType],
        *, code: str, is_required: bool = True, **words: object,
    ) -> None:
        """Add a typed column: what each cell means. An empty cell is null, and refused where it is required.

        Args:
            name: the mapping's name of the column.
            into: the typed column's name.
            meaning: what a cell means, or None if it means nothing.
            kind: the polars type.
            code: the reason if a cell means nothing.
            is_required: refuse empty cells.
            words: further blanks of the reason.
        """
        raw = pl.col(f"raw_{name}")
        cells = self.frame[f"raw_{name}"].unique().to_list()
        meant = [None if cell == "" else meaning(cell) for cell in cells]
        typed = raw.replace_strict(cells, pl.Series(meant, dtype=kind, strict=False), default=None, return_dtype=kind)
        self.frame = self.frame.with_columns(typed.alias(into))
        if is_required:
            self.reject("missing_value", name, raw.str.strip_chars() == "")
        if any(means is None and cell.strip() for cell, means in zip(cells, meant, strict=True)):
            self.reject(code, name, (raw.str.strip_chars() != "") & pl.col(into).is_null(), **words)

    def read_day(self, name: str, into: str, year: int, *, is_required: bool = True) -> None:
        """Add a day within the 年度."""
        self.read(name, into, lambda cell: day_of(cell, year), pl.Date, code="bad_date", is_required=is_required)
        wrong = [cell for cell in self.frame[f"raw_{name}"].unique() if contradicts_weekday(cell, day_of(cell, year))]
        if wrong:
            self.reject("weekday_differs", name, pl.col(f"raw_{name}").is_in(wrong))
        self.reject("date_outside_year", name, ~pl.col(into).is_between(*bounds_of(year)), year=year)

    def read_month(self, name: str, into: str, year: int) -> None:
        """Add the first day of a month within the 年度."""
        self.read(name, into, lambda cell: month_of(cell, year), pl.Date, code="bad_month")
        self.reject("date_outside_year", name, ~pl.col(into).is_between(*bounds_of(year)), year=year)

    def reject_eaten(self, name: str, known: Collection[str]) -> None:
        """Name the likely cause where a number or code is unknown because a spreadsheet took it for a figure."""
        cells = [cell for cell in self.frame[f"raw_{name}"].unique() if cell not in known and narrow(cell) not in known]
        bare = {each.lstrip("0") for each in known if each.startswith("0")} if cells else set()
        eaten = [cell for cell in cells if narrow(cell).removesuffix(".0") in bare]
        powers = [cell for cell in cells if POWER.fullmatch(narrow(cell))]
        for code, those in (("zeros_eaten", eaten), ("number_as_power", powers)):
            if those:
                self.reject(code, name, pl.col(f"raw_{name}").is_in(those))

    def read_code(self, name: str, into: str, kind: type[pl.DataType], table: str = "", *, is_required: bool = True) -> None:
        """Add what a word of the mapping's code table means."""
        known = self.mapping.meanings(table or name)
        self.reject_eaten(name, known.keys())
        self.read(name, into, lambda cell: known.get(plain(cell)), kind, code="unknown_code",
                  is_required=is_required, **self.mapping.known_codes(table or name))

    def read_number(
        self, name: str, into: str, kind: type[pl.DataType], low: float, high: float, *, is_required: bool = True
    ) -> None:
        """Add a number within its range."""
        number = whole_of if kind.is_integer() else decimal_of
        if merged := self.sheet.merged.get(f"c{self.places.get(name)}"):
            self.reject("merged_number", name, pl.col("file_row").is_in(merged))
        self.read(name, into, number, kind, code="bad_number", is_required=is_required)
        self.reject("out_of_range", name, ~pl.col(into).is_between(low, high), low=low, high=high)

    def read_time(self, name: str, into: str) -> None:
        """Add a time of day as HH:MM; it may be empty."""
        self.read(name, into, time_of, pl.String, code="bad_time", is_required=False)

    def read_text(self, name: str, into: str) -> None:
        """Add a text without blanks around it; null where empty."""
        text = pl.col(f"raw_{name}").str.strip_chars()
        self.frame = self.frame.with_columns(pl.when(text != "").then(text).alias(into))

    def reject_repeated(
        self, keys: Sequence[str], column: str, code: str = "twice_a_day", *, differing: Sequence[str] = ()
    ) -> None:
        """Reject a row that says again what a sound row further up has said, be it in an earlier chunk of the file; `row` is that row.

        Args:
            keys: what makes two rows say the same.
            column: the column the reason is about.
            code: the reason.
            differing: if given, reject the row only if one of these is another than in the row further up: it contradicts that one.
        """
        asked = ["file_row", *keys, *differing]
        sound = self.sound.select(pl.col("line").cast(pl.Int64), *asked)
        if self.earlier is not None:
            known = self.earlier(sound.select(keys), asked).cast(dict(sound.select(asked).schema))
            sound = pl.concat([known.select(pl.lit(-1, pl.Int64).alias("line"), *asked), sound])
        # equal rows have equal hashes, so only those few need the careful look
        alike = sound.filter(sound.select(pl.struct(keys).hash()).to_series().is_duplicated()).sort("line", maintain_order=True)
        if not alike.height:
            return
        is_again = ~pl.struct(keys).is_first_distinct()
        if differing:
            is_again = pl.any_horizontal(pl.col(each).ne_missing(pl.col(each).first().over(keys)) for each in differing)
        first = f"first_row_{len(self.flaws)}"
        again = alike.with_columns(pl.col("file_row").first().over(keys).alias(first)).filter(is_again & (pl.col("line") >= 0))
        again = again.select(pl.col("line").cast(self.frame.schema["line"]), first)
        self.frame = self.frame.join(again, on="line", how="left", maintain_order="left")
        self.reject(code, column, pl.col(first).is_not_null(), row=pl.col(first))


def whole_of(cell: str) -> int | None:
    """The whole number a cell names, or None; 1,200 and 12.0 count."""
    number = decimal_of(cell)
    return int(number) if number is not None and number == int(number) and abs(number) < 1 << 31 else None


def decimal_of(cell: str) -> float | None:
    """The number a cell names, or None."""
    try:
        number = float(narrow(cell).replace(",", "").replace("_", "?"))
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < 1e15 else None
