"""Several files of the lake change as one, wherever a load is cut off."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ingest.lake import lake as room
from ingest.lake.lake import Lake
from ingest.roster.keys import Keys


class CutOff(BaseException):
    """The process ends here."""


def begun(root: Path, load_id: int = 1) -> Lake:
    Lake(root).begin()
    return Lake(root, load_id)


def with_years(lake: Lake, number: int) -> None:
    for year in (2025, 2026):
        lake.write("own_table", year, pl.DataFrame({"number": [number]}))


def numbers(root: Path) -> list[int]:
    return [Lake(root).read("own_table", year)["number"].to_list()[0] for year in Lake(root).parts("own_table")]


def test_what_is_written_is_seen_by_its_own_load_only(tmp_path: Path) -> None:
    lake = begun(tmp_path)
    with_years(lake, 1)
    assert lake.read("own_table", 2025)["number"].to_list() == [1]
    assert numbers(tmp_path) == []
    lake.commit()
    assert numbers(tmp_path) == [1, 1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own_table"]


def test_cut_off_before_the_commit_nothing_has_happened(tmp_path: Path) -> None:
    first = begun(tmp_path)
    with_years(first, 1)
    first.commit()
    with_years(Lake(tmp_path, 2), 2)
    begun(tmp_path, 3)
    assert numbers(tmp_path) == [1, 1]
    assert not list(tmp_path.glob(".load-*"))


@pytest.mark.parametrize("moves", [0, 1, 2])
def test_cut_off_while_moving_the_next_load_finishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int) -> None:
    first = begun(tmp_path)
    with_years(first, 1)
    first.commit()
    second = begun(tmp_path, 2)
    with_years(second, 2)
    done, real = [], Path.replace

    def replace(path: Path, target: Path) -> Path:
        if path.suffix == ".parquet":
            if len(done) == moves:
                raise CutOff
            done.append(path)
        return real(path, target)

    def rmtree(*_: object, **__: object) -> None:
        raise CutOff

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        patch.setattr(room.shutil, "rmtree", rmtree)
        with pytest.raises(CutOff):
            second.commit()
    begun(tmp_path, 3)
    assert numbers(tmp_path) == [2, 2]
    assert not list(tmp_path.glob(".load-*"))


def test_a_declared_table_gets_its_declared_types_and_order(tmp_path: Path) -> None:
    lake = begun(tmp_path)
    rows = {"school_id": [2, 1], "student_id": [1, 1], "fiscal_year": 2026, "day": [None, None], "level": [1, 2], "answered_at": "",
            "file_id": 1, "file_row": [1, 2]}
    lake.write("mood", 2026, pl.DataFrame(rows), order=("school_id",))
    stored = lake.read("mood", 2026)
    assert stored["school_id"].to_list() == [1, 2]
    assert dict(stored.schema)["level"] == pl.Int16
    assert dict(stored.schema)["day"] == pl.Date


def test_keys_are_given_once_and_kept(tmp_path: Path) -> None:
    lake = begun(tmp_path)
    keys = Keys(lake, "student")
    keys.give(["b", "a", "b"])
    assert keys.ids == {"b": 1, "a": 2}
    keys.keep()
    lake.commit()
    again = Keys(begun(tmp_path, 2), "student")
    again.give(["a", "c"])
    assert again.ids == {"b": 1, "a": 2, "c": 3}
    assert again.addresses[2] == keys.addresses[2]
    assert len(set(again.addresses.values())) == 3
