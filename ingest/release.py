"""What leaves for the prefecture: figures of the municipality and its kinds of schools, as far as its own sharing.toml lets them.

`release.toml` in the data directory says who the municipality is and where the files go; without it nothing leaves. The files are
ordinary tables anybody can open and read before they travel, and hold nothing but what a viewer without names could see after
disclosure control: no week, no class, no figure that is suppressed, and none of a single school, not even where a municipality has
one school of a kind.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import Any

import duckdb
import polars as pl

from access.sharing import SharingError, sharing_in
from access.viewer import Role
from ingest.files.mapping import mapping_of, place_in_toml
from ingest.files.reasons import IngestError, Sentence, of_system, sentence
from ingest.sources.municipality_figures import CODE, FLOW
from marts.disk import brought_to_disk
from marts.publish import current
from marts.quoting import literal
from marts.suppression import APART
from queries.catalogue import indicators

FILE = "release.toml"
NAME = "figures-{code}-{year}.csv"
LONGEST_NAME = 40
# grades are told apart within a kind of school only; weeks are for those who see names
RELEASED = """
select
    cell.indicator, indicator.label_ja as indicator_label, cell.school_kind, cell.grade, cell.period, cell.period_on, cell.fiscal_year,
    cell.numerator, cell.denominator, cell.people, (select as_of.day from as_of) as counted_until
from cell
inner join indicator on cell.indicator = indicator.name
where cell.place in ('district', 'kind', 'kind_grade') and cell.period in ('month', 'year', 'to_date')
    and not cell.is_withheld and not cell.is_incomplete and indicator.kind in ({kinds})
order by cell.fiscal_year, cell.indicator, cell.school_kind nulls first, cell.grade nulls first, cell.period, cell.period_on
"""


# of each figure, kind of school and grade the fewest schools that were counted in any period of a 年度
SCHOOLS = """
select indicator, fiscal_year, kind, grade, cast(min(schools) as integer) as schools from (
    select cell.indicator, cell.fiscal_year, school.kind, cell.grade, cell.period, cell.period_on,
        count(distinct cell.school_id) as schools
    from cell inner join school on cell.school_id = school.school_id
    where cell.place in ('school', 'grade') and cell.period in ('month', 'year', 'to_date') and cell.denominator > 0
    group by cell.indicator, cell.fiscal_year, school.kind, cell.grade, cell.period, cell.period_on
) group by indicator, fiscal_year, kind, grade
"""
FEWEST_SCHOOLS = 2


@dataclass(frozen=True)
class Sender:
    """A municipality that releases figures: its 教育委員会コード, what it is called, and the folder its files go to."""

    code: str
    name: str
    to: Path


def sender_of(data_dir: Path) -> Sender | None:
    """Who releases, as `release.toml` says it; None where there is no such file.

    Raises IngestError('release_unclear') where it cannot be understood.
    """
    path = data_dir / FILE
    if not path.is_file():
        return None
    try:
        entries: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line, at = place_in_toml(error)
        raise IngestError("release_unclear", file=FILE, detail={"ja": f"{line}行 {at}文字目", "en": f"line {line}, column {at}"}) from None
    code, name, to = entries.get("code", ""), entries.get("name", ""), entries.get("to", "release")
    if not isinstance(code, str) or not CODE.fullmatch(code):
        raise IngestError("release_unclear", file=FILE, detail="code")
    if not isinstance(name, str) or not re.fullmatch(rf"[^\x00-\x1f]{{1,{LONGEST_NAME}}}", name.strip()):
        raise IngestError("release_unclear", file=FILE, detail="name")
    if not isinstance(to, str) or not to:
        raise IngestError("release_unclear", file=FILE, detail="to")
    return Sender(code, name.strip(), data_dir / to)


def released_rows(data_dir: Path) -> pl.DataFrame:
    """Every figure that may leave this district, as its sharing.toml and its disclosure control have it.

    Shapes: indicator, indicator_label, school_kind, period (str), grade (i16), period_on, counted_until (date), fiscal_year (i16),
    numerator, denominator (f64), people (i32); one row per indicator, kind of school, grade and period.
    Raises IngestError('nothing_published') before the first load.
    """
    served = current(data_dir / "district")
    if served is None:
        raise IngestError("nothing_published")
    matrix = sharing_in(data_dir)
    kinds = [kind for kind in matrix.kinds if matrix.levels[Role.PREFECTURE_OFFICER, kind] == "counts"]
    with duckdb.connect(str(served), read_only=True) as connection:
        rows = connection.sql(RELEASED.format(kinds=", ".join(map(literal, kinds)) or "null")).pl()
        schools = connection.sql(SCHOOLS).pl()
        kept = connection.sql(
            "select distinct indicator, fiscal_year, school_kind from cell where place = 'kind' and is_withheld and period <> 'week'"
        ).pl()
    return without_single_schools(rows, schools, kept)


def without_single_schools(rows: pl.DataFrame, schools: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """The rows of which none, and no difference between them, is the figure of one school.

    Shapes: `schools` has indicator, fiscal_year, kind, grade (none: the whole school) and schools, how many there are at least; `kept`
    indicator, fiscal_year and school_kind of what disclosure control suppresses.
    """
    counts: dict[tuple[str, int], dict[str, int]] = {}
    single_grades: set[tuple[str, int, str]] = set()
    for name, year, kind, grade, number in schools.select("indicator", "fiscal_year", "kind", "grade", "schools").iter_rows():
        if grade is None:
            counts.setdefault((name, year), {})[kind] = number
        elif number < FEWEST_SCHOOLS:
            single_grades.add((name, year, kind))
    hidden: dict[tuple[str, int], set[str]] = {}
    for name, year, kind in kept.select("indicator", "fiscal_year", "school_kind").iter_rows():
        hidden.setdefault((name, year), set()).add(kind)
    released = set()
    for (name, year), kinds in counts.items():
        apart = APART if indicators()[name].is_numerator_people else ()  # kinds that are not in the municipality's sum
        summed = {kind: number for kind, number in kinds.items() if kind not in apart}
        if sum(summed.values()) >= FEWEST_SCHOOLS:
            released.add((name, year, "", False))
        for group in (summed, {kind: number for kind, number in kinds.items() if kind in apart}):
            for kind in kinds_released(group, hidden.get((name, year), set()), is_summed=group is summed):
                released |= {(name, year, kind, False)} | ({(name, year, kind, True)} if (name, year, kind) not in single_grades else set())
    keys = ["indicator", "fiscal_year", "kind", "has_grade"]
    wanted = pl.DataFrame(sorted(released), schema=dict(zip(keys, (pl.String, pl.Int64, pl.String, pl.Boolean), strict=True)), orient="row")
    marked = rows.with_columns(kind=pl.col("school_kind").fill_null(""), has_grade=pl.col("grade").is_not_null())
    known = wanted.with_columns(pl.col("fiscal_year").cast(rows.schema["fiscal_year"]))
    return marked.join(known, on=keys, how="semi", maintain_order="left").drop("kind", "has_grade")


def kinds_released(schools: Mapping[str, int], kept: set[str], *, is_summed: bool) -> set[str]:
    """The kinds of schools whose figures may leave: of two schools or more, and so that the rest of their sum is nothing or of two."""
    hidden = {kind for kind, number in schools.items() if number < FEWEST_SCHOOLS or kind in kept}
    while is_summed and hidden and sum(schools[kind] for kind in hidden) < FEWEST_SCHOOLS and len(hidden) < len(schools):
        hidden.add(min(schools.keys() - hidden, key=lambda kind: (schools[kind], kind)))
    return set(schools) - hidden


def release(data_dir: Path) -> Sentence | None:
    """Write what may leave this district, one file for each 年度; a 年度 of which nothing may leave gets a file without rows.

    Returns what was written, as a sentence; None where nothing is to leave.
    Raises IngestError('release_unclear'), IngestError('nothing_published') or IngestError('not_released').
    """
    sender = sender_of(data_dir)
    if sender is None:
        return None
    try:
        rows = released_rows(data_dir)
    except SharingError as error:
        said = {"ja": "書き方が決まりと違います", "en": str(error)}
        raise IngestError("release_unclear", file="sharing.toml", detail=said) from None
    years = sorted({*rows["fiscal_year"], *_years_of(data_dir)})
    try:
        sender.to.mkdir(parents=True, exist_ok=True)
        for year in years:
            _written(sender, year, _table(sender, rows.filter(pl.col("fiscal_year") == year)))
    except OSError as error:
        raise IngestError("not_released", detail=of_system(error.strerror)) from None
    except ValueError:  # no name a folder can have
        raise IngestError("release_unclear", file=FILE, detail="to") from None
    return sentence("released", rows=rows.height, place=sender.to.name)


def _years_of(data_dir: Path) -> list[int]:
    served = current(data_dir / "district")
    if served is None:
        return []
    with duckdb.connect(str(served), read_only=True) as connection:
        return [row[0] for row in connection.sql("select distinct fiscal_year from cell order by fiscal_year").fetchall()]


def _table(sender: Sender, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows under the titles and in the words by which the prefecture reads them: the mapping's first of each."""
    mapping = mapping_of(FLOW.source)
    words = {table: {means: word for word, means in reversed(codes.items())} for table, codes in mapping.codes.items()}
    renamed = rows.with_columns(
        municipality_code=pl.lit(sender.code),
        municipality_name=pl.lit(sender.name),
        school_kind=pl.col("school_kind").replace_strict(words["school_kind"], default=None, return_dtype=pl.String),
        period=pl.col("period").replace_strict(words["period"], return_dtype=pl.String),
    )
    return renamed.select(pl.col(name).alias(titles[0]) for name, titles in mapping.columns.items())


def _written(sender: Sender, year: int, table: pl.DataFrame) -> None:
    """Write a file under a name nobody reads, then give it its own: no half of it is ever taken in."""
    path = sender.to / NAME.format(code=sender.code, year=year)
    # a name of its own, which nobody can have put there before: others may write into this folder, too
    handle, name = mkstemp(prefix=f".{path.name}-", suffix=".part", dir=sender.to)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            table.write_csv(opened, include_bom=True)
        unfinished.chmod(0o644)
        brought_to_disk(unfinished)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
