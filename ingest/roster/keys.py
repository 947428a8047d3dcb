"""Surrogate keys: a small number and an opaque address for every school, class, child and member of staff, given once for good.

They live in `lake/key/<kind>.parquet`: id (int32), source_id (the roster's sourcedId), key (ten letters for addresses on screens).
Identity is the roster's sourcedId and nothing else. Two people are never taken for one because a name or a number looks alike.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable

import polars as pl

from ingest.lake.lake import Lake

KINDS = ("school", "class", "student", "staff")
SCHEMA = {"id": pl.Int32, "source_id": pl.String, "key": pl.String}


class Keys:
    """The keys of one kind; new ones are kept by `keep`."""

    def __init__(self, lake: Lake, kind: str) -> None:
        self.lake = lake
        self.kind = kind
        known = lake.read("key", kind) if lake.has("key", kind) else pl.DataFrame(schema=SCHEMA)
        self.ids: dict[str, int] = dict(zip(known["source_id"], known["id"], strict=True))
        self.addresses: dict[int, str] = dict(zip(known["id"], known["key"], strict=True))
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
            frame = pl.DataFrame(
                {"id": ids, "source_id": list(self.ids), "key": [self.addresses[id_] for id_ in ids]}, schema=SCHEMA
            )
            self.lake.write("key", self.kind, frame, order=("id",))

    def expr(self, column: str) -> pl.Expr:
        """The number of whoever a column names; null for one without."""
        return pl.col(column).replace_strict(self.ids, default=None, return_dtype=pl.Int32)

    def address(self, column: str) -> pl.Expr:
        """The address of whoever a column of numbers names."""
        return pl.col(column).replace_strict(self.addresses, default=None, return_dtype=pl.String)


def random_address() -> str:
    """Ten letters (a–z, 2–7) nobody can guess."""
    return base64.b32encode(secrets.token_bytes(7))[:10].decode().lower()
