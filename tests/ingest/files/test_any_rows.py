"""Whatever rows a file holds: each is loaded or set aside with its reason, and what is set aside can be dropped in again."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.files.mapping import Mapping, mapping_of
from tests.fuzz.readers import SHEETS, Ground, answer
from tests.fuzz.seeds import sound_cells, sound_sheet

NAMES = [source.flow.source for source in SHEETS]
MESS = st.one_of(
    st.sampled_from(["", " ", "　", "0", "-1", "1e9", "１２", "12.0", "=1+1", "@x", "2026-02-30", "令和8年4月13日",
                     "R8.13.1", "46125", "NULL", "𠮷", "ｱ"]),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=12),
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("ground"))


def files_of(mapping: Mapping) -> st.SearchStrategy[tuple[list[list[str]], str]]:
    """Rows of a source, sound cells and others side by side, some shorter or longer than the header; and an encoding."""
    cells = [st.one_of(st.sampled_from(sound_cells(name, mapping.codes.get(name, {}))), MESS) for name in mapping.columns]
    whole = st.tuples(*cells).map(list)
    ragged = st.tuples(whole, st.integers(-2, 2)).map(lambda row: row[0][:row[1]] if row[1] < 0 else row[0] + ["x"] * row[1])
    return st.tuples(st.lists(st.one_of(whole, whole, ragged), max_size=12), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp932"]))


def written(mapping: Mapping, rows: list[list[str]], encoding: str) -> bytes:
    """The rows as a CSV writer writes them; what an encoding does not know becomes a question mark."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[titles[0] for titles in mapping.columns.values()], *rows])
    return out.getvalue().encode(encoding, errors="replace")


@pytest.mark.parametrize("source", NAMES)
@given(drawn=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_row_is_loaded_or_set_aside(ground: Ground, source: str, drawn: st.DataObject) -> None:
    mapping = mapping_of(source)
    rows, encoding = drawn.draw(files_of(mapping))
    raw = written(mapping, rows, encoding)
    answer(ground.source(source), raw)  # the promises are asserted there
    report = ground.taken(source, raw).reports[0]
    filled = [row for row in rows if any(row)]  # a line without any cell is no row
    assert report.outcome == "loaded"
    beside = [said for said in report.sentences if said.code == "side_rows"]  # totals and notes are named, and nobody's rows
    assert report.rows_read == len(filled) or (beside and report.rows_read < len(filled))


@pytest.mark.parametrize("source", NAMES)
@given(drawn=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_bytes_crash_a_loader(ground: Ground, source: str, drawn: st.DataObject) -> None:
    sound = sound_sheet(source)
    place = drawn.draw(st.integers(0, len(sound)))
    raw = sound[:place] + drawn.draw(st.binary(max_size=40)) + sound[place + drawn.draw(st.integers(0, 20)):]
    assert answer(ground.source(source), raw)
