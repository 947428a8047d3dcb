"""What one source says against another: looked for after reading, over the whole lake of a 年度; remarked, never dropped.

A correction to the register may settle what a health-room file read months ago contradicted. So these remarks are found anew,
for rows of whichever load, whenever a source they rest on was read; no source waits for another on their account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from ingest.files.mapping import mapping_of
from ingest.files.reasons import IngestError, Sentence, sentence
from ingest.intake.rejected_rows import LOGGED
from ingest.intake.report import Issue, issues_in
from ingest.lake.lake import Lake
from queries import attendance as statuses

Found = Callable[[Lake, int], pl.LazyFrame]
PLACE = ("file_id", "file_row", "value")


@dataclass(frozen=True)
class Contradiction:
    """One thing two sources cannot both be right about."""

    code: str
    source: str  # whose rows are remarked
    column: str  # by the mapping's name
    sources: tuple[str, ...]
    found: Found  # `file_id`, `file_row` and `value` of the rows to be remarked

    def title(self, own_mappings: Path) -> str:
        """What the district calls the column."""
        try:
            mapping = mapping_of(self.source, own_mappings)
        except IngestError:  # the mapping cannot be understood, which is said elsewhere
            mapping = mapping_of(self.source)
        return next(iter(mapping.columns[self.column]), self.column)


@dataclass(frozen=True)
class Remarks:
    """Every contradiction of the years looked at."""

    years: frozenset[int] = frozenset()
    rows: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"file_id": pl.Int32} | LOGGED))

    def of(self, file_id: int | None) -> dict[str, int]:
        """Code → rows of one file."""
        if file_id is None:
            return {}
        codes = self.rows.filter(pl.col("file_id") == file_id)["code"]
        return dict(codes.value_counts(sort=True).iter_rows())

    def issues(self, file_id: int | None) -> list[Issue]:
        """The same as a report of the file tells it."""
        return issues_in(self.rows.filter(pl.col("file_id") == (file_id or 0)), is_rejected=False)


def contradictions(lake: Lake, read: Iterable[tuple[str, int]], own_mappings: Path) -> Remarks:
    """The contradictions of every 年度 of which something was read that they rest on.

    Args:
        lake: the lake as this load leaves it.
        read: source and 年度 of what this load has read.
        own_mappings: the folder of the district's own mapping files.
    """
    years = frozenset(year for source, year in read if any(source in each.sources for each in CONTRADICTIONS))
    rows = [Remarks().rows]
    for year in sorted(years):
        for each in CONTRADICTIONS:
            if all(lake.has(TABLES[source], year) for source in each.sources):
                found = each.found(lake, year).select(PLACE).collect(engine="streaming")
                rows.append(remarked(each.code, each.title(own_mappings), found))
    return Remarks(years, pl.concat(rows))


def remarked(code: str, title: str, found: pl.DataFrame) -> pl.DataFrame:
    """Rows of the log: where each stands, and the sentence."""
    sentences: dict[str, Sentence] = {value: sentence(code, value=value) for value in found["value"].unique()}
    left_open = sentence(code, value="…")

    def text_of(part: str) -> pl.Expr:
        words = {value: getattr(each, part) for value, each in sentences.items()}
        return pl.col("value").replace_strict(words, default=None, return_dtype=pl.String)

    return found.select(
        "file_id", "file_row", column=pl.lit(title), value="value", code=pl.lit(code),
        message_ja=text_of("ja"), message_en=text_of("en"), remedy_ja=text_of("remedy_ja"), remedy_en=text_of("remedy_en"),
    ).with_columns(said_ja=pl.lit(left_open.ja), said_en=pl.lit(left_open.en), said_remedy_ja=pl.lit(left_open.remedy_ja),
                   said_remedy_en=pl.lit(left_open.remedy_en))


TABLES = {"attendance": "attendance", "health_room": "health_room", "mood": "mood", "calendar": "calendar_day", "roster": "enrollment"}


def rows_of(lake: Lake, source: str, year: int) -> pl.LazyFrame:
    """What a source says of the 年度, with `value`, its day as text."""
    rows = pl.scan_parquet(lake.path(TABLES[source], year))
    return rows.with_columns(value=pl.col("day").cast(pl.String)) if "day" in rows.collect_schema() else rows


def absences(lake: Lake, year: int) -> pl.LazyFrame:
    """Child and day of every whole day of absence."""
    return rows_of(lake, "attendance", year).filter(pl.col("status").is_in(statuses.absences())).select("student_id", "day")


def visits_while_absent(lake: Lake, year: int) -> pl.LazyFrame:
    """Health-room visits on a day the register calls an absence."""
    return rows_of(lake, "health_room", year).join(absences(lake, year), on=["student_id", "day"], how="semi")


def moods_while_absent(lake: Lake, year: int) -> pl.LazyFrame:
    """Answers to 心の天気 on a day the register calls an absence."""
    answered = rows_of(lake, "mood", year).filter(pl.col("level").is_not_null())
    return answered.join(absences(lake, year), on=["student_id", "day"], how="semi")


def more_moods_than_school_days(lake: Lake, year: int) -> pl.LazyFrame:
    """The last answer of each child who has answered on more days than there was school for them up to then."""
    held = (
        rows_of(lake, "calendar", year).filter(pl.col("kind") == "school_day").select("school_id", "grade", "day").unique()
        .sort("day").with_columns(number=pl.int_range(1, pl.len() + 1).over("school_id", "grade"))
    )
    last = (
        rows_of(lake, "mood", year).filter(pl.col("level").is_not_null()).group_by("student_id")
        .agg(answered=pl.len(), last_on=pl.col("day").max(), row=pl.struct("file_id", "file_row").sort_by("day").last())
    )
    periods = rows_of(lake, "roster", year).select("student_id", "school_id", "grade", "begins_on", "ends_on")
    stays = periods.join(last.select("student_id", "last_on"), on="student_id").with_columns(
        until=pl.min_horizontal("ends_on", "last_on"), before=pl.col("begins_on").dt.offset_by("-1d")
    )
    for edge in ("until", "before"):  # school days up to an edge: the number of the latest one not after it
        days = held.select("school_id", "grade", pl.col("day").alias(edge), pl.col("number").alias(f"{edge}_number"))
        stays = stays.sort(edge).join_asof(days, on=edge, by=["school_id", "grade"], check_sortedness=False)
    passed = (pl.col("until_number").fill_null(0) - pl.col("before_number").fill_null(0)).clip(lower_bound=0)
    school_days = stays.group_by("student_id").agg(school_days=passed.sum())
    beyond = last.join(school_days, on="student_id").filter(pl.col("answered") > pl.col("school_days"))
    return beyond.unnest("row").with_columns(value=pl.col("answered").cast(pl.String))


CONTRADICTIONS = (
    Contradiction("absent_but_here", "health_room", "day", ("health_room", "attendance"), visits_while_absent),
    Contradiction("absent_but_answered", "mood", "day", ("mood", "attendance"), moods_while_absent),
    Contradiction(
        "more_moods_than_school_days", "mood", "day", ("mood", "calendar", "roster"), more_moods_than_school_days
    ),
)
CODES = tuple(each.code for each in CONTRADICTIONS)
