"""A city's lake of any size: the sample district's life written again and again under new ids, each time a little different.

A *ward* is one more sample district; the first is the sample district itself, unchanged, so that the same people can be asked about
in both. A school of a later ward usually holds two *strands*, that is twice the classes: schools of a designated city are larger
(532 children on average against 314). Children who move between two schools of a ward do so in every ward.
Nobody in it exists; names are dealt anew from those of the sample district. Same columns, types and order as a load writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from ingest.lake.lake import Lake, declared, schema_of
from ingest.registry import flows
from sample_data.schools import school_code

SEED = 20_260_401
STRANDED = 4  # of the schools of later wards every fourth stays as small as it is
SCHOOLS_AT_A_TIME = 20
ROW_GROUP = 262_144  # as polars writes it
PEOPLE = ("student_id", "class_id", "staff_id")
KINDS = {"elementary": 1_000, "junior_high": 3_000, "special_needs": 5_000}  # where the numbers of school codes begin


@dataclass(frozen=True)
class Plan:
    """Which school of the city is written after which of the sample district, and how far apart their ids lie.

    Frames, all with the column `copy` (0 for the sample's own people): `schools` one row per school and strand, `classes`, `children`
    and `staff` one row per person or class and strand.
    """

    schools: pl.DataFrame
    classes: pl.DataFrame
    children: pl.DataFrame
    staff: pl.DataFrame
    strides: dict[str, int]


def write_city(sample: Path, lake: Path, schools: int) -> dict[str, int]:
    """Write the lake of a city of so many schools; returns the number of rows of each table.

    Args:
        sample: the lake of the loaded sample district.
        lake: where to write; must not exist.
        schools: how many schools.
    """
    lake.mkdir(parents=True)
    seed = Lake(sample)
    plan = planned(seed, schools)
    orders = {table: flow.order for flow in flows() if flow.source != "roster" for table in flow.tables}
    written = dict.fromkeys(declared(), 0)
    for table in declared():
        for file in sorted((sample / table).glob("*.parquet")):
            rows = seed.read(table, file.stem)
            target = lake / table / file.name
            target.parent.mkdir(exist_ok=True)
            written[table] += write_parts(target, (
                renamed(table, altered(table, part), seed) for part in copied(rows, plan, orders.get(table, ()))
            ))
    return written


def planned(seed: Lake, count: int) -> Plan:
    """The schools of the city, ward after ward, and who belongs to them."""
    origins = sorted(seed.read("school", "all")["school_id"])
    rows = []
    for position in range(count):
        ward, place = divmod(position, len(origins))
        strands = 2 if ward and position % STRANDED else 1
        rows += [(origins[place], ward * origins[-1] + origins[place], ward, 2 * ward + strand) for strand in range(strands)]
    schools = pl.DataFrame(rows, {"school_id": pl.Int32, "new_school_id": pl.Int32, "ward": pl.Int32, "copy": pl.Int32}, orient="row")

    def everybody(table: str) -> pl.DataFrame:
        return pl.concat([seed.read(table, year) for year in seed.parts(table)])

    classes = everybody("class").select("class_id", "school_id").join(schools, on="school_id").select("class_id", "copy")
    children = everybody("enrollment").select("student_id", "school_id").join(schools, on="school_id")
    roles = everybody("staff_role").select("staff_id", "school_id")
    staff = pl.concat([
        roles.join(schools, on="school_id").select("staff_id", "copy"),
        everybody("teaching").select("staff_id", "class_id").join(classes, on="class_id").select("staff_id", "copy"),
        roles.filter(pl.col("school_id").is_null()).select("staff_id", copy=pl.lit(0, pl.Int32)),
    ])
    strides = {name: everybody(table)[name].max() + 1 for name, table in (("class_id", "class"), ("student_id", "enrollment"))}
    strides |= {"staff_id": seed.read("staff", "all")["staff_id"].max() + 1}
    strides |= {"file_row": seed.read("load_source", "all")["rows_read"].max() + 2}
    return Plan(schools, classes, children.select("student_id", "copy").unique().sort("copy", "student_id"),
                staff.unique().sort("copy", "staff_id"), strides)


def copied(rows: pl.DataFrame, plan: Plan, order: tuple[str, ...]) -> Iterator[pl.DataFrame]:
    """A table's rows once for every copy they belong to, under new ids, some schools at a time."""
    if "school_id" in rows.columns:
        district = rows.filter(pl.col("school_id").is_null())
        if district.height:
            yield district.with_columns(ward=pl.lit(0, pl.Int32), copy=pl.lit(0, pl.Int32))
        # what belongs to no person (the calendar) is there once, however many strands the school has
        strands = plan.schools if any(name in rows.columns for name in PEOPLE) else plan.schools.filter(pl.col("copy") % 2 == 0)
        ids = strands["new_school_id"].unique(maintain_order=True).to_list()
        for start in range(0, len(ids), SCHOOLS_AT_A_TIME):
            some = strands.filter(pl.col("new_school_id").is_in(ids[start : start + SCHOOLS_AT_A_TIME]))
            part = some.join(rows, on="school_id").with_columns(school_id="new_school_id")
            yield moved(part, plan).sort(order, nulls_last=True, maintain_order=True) if order else moved(part, plan)
        return
    for name, belonging in (("class_id", plan.classes), ("student_id", plan.children), ("staff_id", plan.staff)):
        if name in rows.columns:
            yield moved(belonging.join(rows, on=name, maintain_order="left").with_columns(ward=pl.col("copy") // 2), plan)
            return
    yield rows


def moved(rows: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Rows with the numbers of their copy's people, classes and lines in the file."""
    return rows.with_columns(
        (pl.col(name) + pl.col("copy") * stride).cast(pl.Int32) for name, stride in plan.strides.items() if name in rows.columns
    )


def altered(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Facts of the later wards, no two schools and no two children quite alike, the same at every writing."""
    if "copy" not in rows.columns:
        return rows
    is_new = pl.col("copy") > 0
    leaning = (pl.col("school_id").hash(SEED) % 31).cast(pl.Float64) / 100  # 0 to 0.30, the school's own
    if table in ("attendance", "health_room"):
        return rows.filter(~is_new | (chance() >= leaning))
    if table == "mood":
        worse = is_new & (chance() < leaning / 3)
        return rows.with_columns(level=pl.when(worse).then(pl.min_horizontal(pl.col("level") + 1, 4)).otherwise("level"))
    if table == "study_log":
        is_slip = is_new & (chance() < leaning / 2) & (pl.col("correct") > 0)
        return rows.with_columns(
            seconds=pl.when(is_new).then((pl.col("seconds") * (0.85 + leaning)).round()).otherwise("seconds"),
            correct=pl.col("correct") - is_slip.cast(pl.Int32),
        )
    if table == "assessment_result":
        return rows.with_columns(score=pl.when(is_new).then((pl.col("score") * (1 - leaning / 3)).round()).otherwise("score"))
    return rows


def chance() -> pl.Expr:
    """A number from 0 to 1 for each child and day, the same at every writing."""
    dice = pl.col("student_id").hash(SEED) ^ pl.col("day").hash(SEED + 1)
    return (dice % 10_000).cast(pl.Float64) / 10_000


def renamed(table: str, rows: pl.DataFrame, seed: Lake) -> pl.DataFrame:
    """Rows with the names, keys and codes of their copy."""
    if "copy" not in rows.columns:
        return rows
    is_new = pl.col("copy") > 0
    for name in ("key", "staff_number"):
        if name in rows.columns:
            rows = rows.with_columns(pl.when(is_new).then(pl.format("{}x{}", name, "copy")).otherwise(name).alias(name))
    if table == "school":
        codes = [school_code(kind, KINDS[kind] + number) for kind, number in zip(rows["kind"], rows["school_id"], strict=True)]
        rows = rows.with_columns(
            school_code=pl.when(is_new).then(pl.Series(codes, dtype=pl.String)).otherwise("school_code"),
            name=pl.when(is_new).then(pl.format("{}{}", "name", pl.col("ward") + 1)).otherwise("name"),
            list_order=pl.col("list_order") + pl.col("ward") * 100,
        )
    elif table == "class":  # 5年1組 of the second strand is 5年11組
        is_second = pl.col("copy") % 2 == 1
        rows = rows.with_columns(name=pl.when(is_second).then(pl.col("name").str.replace(r"(\d)(\D)$", "1${1}${2}")).otherwise("name"))
    person = "student_id" if table == "student_name" else "staff_id"
    for part in ("family_name", "given_name"):
        columns = [column for column in (part, f"{part}_kana") if column in rows.columns]
        if columns:
            rows = dealt(rows, seed.read(table, "all").select(columns), person, part)
    return rows


def dealt(rows: pl.DataFrame, names: pl.DataFrame, person: str, part: str) -> pl.DataFrame:
    """Rows with the names of somebody else, drawn anew for each person of the later wards."""
    drawn = names[(rows[person].hash(SEED + len(part)) % names.height).to_list()]
    is_new = pl.col("copy") > 0
    return rows.with_columns(pl.when(is_new).then(drawn[name]).otherwise(pl.col(name)).alias(name) for name in names.columns)


def write_parts(target: Path, parts: Iterator[pl.DataFrame]) -> int:
    """One Parquet file from parts that come one after the other; returns its number of rows."""
    table = target.parent.name
    writer = None
    count = 0
    try:
        for part in parts:
            schema = schema_of(table)
            further = [name for name in part.columns if name not in schema and name not in {"ward", "copy", "new_school_id"}]
            arrow = part.select(*(pl.col(name).cast(kind) for name, kind in schema.items() if name in part.columns), *further).to_arrow()
            writer = writer or pq.ParquetWriter(target, arrow.schema, compression="zstd", compression_level=1)
            writer.write_table(arrow, row_group_size=ROW_GROUP)
            count += arrow.num_rows
    finally:
        if writer:
            writer.close()
    return count
