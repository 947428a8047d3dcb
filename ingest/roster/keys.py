"""Surrogate keys: a small number and an opaque address for every school, class, child and member of staff, given once for good.

They live in `lake/key/<kind>.parquet`: id (int32), source_id (the roster's sourcedId), key (ten letters for addresses on screens),
fiscal_year (of a class; systems give the ids of this year's classes to those of the next).
Identity is the roster's sourcedId, of a class within its 年度, and nothing else. Two people are never taken for one because a name or a
number looks alike.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable

import polars as pl

from ingest.lake.lake import Lake

KINDS = ("school", "class", "student", "staff")
SCHEMA = {"id": pl.Int32, "source_id": pl.String, "key": pl.String, "fiscal_year": pl.Int16}


class Keys:
    """The keys of one kind, of classes those of one 年度; new ones are kept by `keep`."""

    def __init__(self, lake: Lake, kind: str, fiscal_year: int | None = None) -> None:
        self.lake = lake
        self.kind = kind
        self.fiscal_year = fiscal_year
        self.known = known_keys(lake, kind)
        own = self.known.filter(pl.col("fiscal_year").eq_missing(pl.lit(fiscal_year, pl.Int16)))
        self.ids: dict[str, int] = dict(zip(own["source_id"], own["id"], strict=True))
        self.addresses: dict[int, str] = dict(zip(self.known["id"], self.known["key"], strict=True))
        self.has_new = False

    def give(self, source_ids: Iterable[str]) -> None:
        """See to it that each of these has a key, in the order they come."""
        taken = set(self.addresses.values())
        following = max(self.addresses, default=0) + 1
        for source_id in source_ids:
            if source_id in self.ids:
                continue
            address = random_address()
            while address in taken:
                address = random_address()
            taken.add(address)
            self.ids[source_id] = following
            self.addresses[following] = address
            following += 1
            self.has_new = True

    def keep(self) -> None:
        """Write the keys with this load, if there are new ones."""
        if self.has_new:
            ids = list(self.ids.values())
            own = pl.DataFrame({
                "id": ids, "source_id": list(self.ids), "key": [self.addresses[id_] for id_ in ids],
                "fiscal_year": [self.fiscal_year] * len(ids),
            }, schema=SCHEMA)
            others = self.known.join(own, on="id", how="anti")
            self.lake.write("key", self.kind, pl.concat([others, own]), order=("id",))

    def expr(self, column: str) -> pl.Expr:
        """The number of whoever a column names; null for one without."""
        return pl.col(column).replace_strict(self.ids, default=None, return_dtype=pl.Int32)

    def address(self, column: str) -> pl.Expr:
        """The address of whoever a column of numbers names."""
        return pl.col(column).replace_strict(self.addresses, default=None, return_dtype=pl.String)


def known_keys(lake: Lake, kind: str) -> pl.DataFrame:
    """Every key of a kind. A lake of before may not say of which 年度 a class is: of the first whose classes have its number.

    A number two 年度 share stays with the earlier; one no class has any more is given to none.
    """
    if not lake.has("key", kind):
        return pl.DataFrame(schema=SCHEMA)
    known = lake.read("key", kind)
    if "fiscal_year" in known.columns:
        return known
    years = lake.parts("class") if kind == "class" else []
    held = pl.concat([
        pl.DataFrame(schema={"id": pl.Int32, "fiscal_year": pl.Int16}),
        *(lake.read("class", year).select(id="class_id", fiscal_year="fiscal_year") for year in years),
    ])
    return known.join(held.unique("id", keep="first", maintain_order=True), on="id", how="left").select(list(SCHEMA))


def random_address() -> str:
    """Ten letters (a–z, 2–7) nobody can guess."""
    return base64.b32encode(secrets.token_bytes(7))[:10].decode().lower()
