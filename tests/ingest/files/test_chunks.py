"""A file of many gigabytes is read in chunks: what comes of it is what would have come of the whole."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from ingest.files import chunks
from ingest.files.inbox import Dropped
from ingest.files.reasons import IngestError
from ingest.lake import spool
from ingest.registry import SOURCES
from tests.fuzz.readers import Ground
from tests.fuzz.seeds import changed, sound_sheet
from tests.ingest.tiny import HANA, REN, drop, rows_in

MOOD = "学習者ID,日付,心の天気,回答時刻\n"


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files come in chunks of a few rows."""
    monkeypatch.setattr(chunks, "CHUNK", 150)
    monkeypatch.setattr(chunks, "CHUNKED", 200)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("ground"))


# How a source rounds is learnt from the rows that are read together: of many thousands the same, of the three rows of a chunk here not.
LEARNT = "rate_differs"


def outcome(ground: Ground, source: str, raw: bytes) -> dict[str, Any]:
    """Everything that comes of a file: the lake's rows, the report, the rows set aside and the remarks, as values."""
    reading = ground.reading(source, raw)
    asked = next(each for each in SOURCES if each.flow.source == source)
    lake = ground.roster.lake
    for table, rows in asked.tables_of(reading).items():
        lake.write(table, 2026, rows, order=asked.flow.order)
    (report,) = reading.reports
    loaded = lake.read(asked.flow.tables[0], 2026).sort("file_row") if report.outcome == "loaded" else pl.DataFrame()
    kept = ground.home / "rejected" / f"{source}__{source}-2026.csv"
    set_aside = sorted(kept.read_text("utf-8-sig").splitlines()) if report.kept_in else []
    if report.kept_in:
        kept.unlink()
    noted = [each.filter(pl.col("code") != LEARNT) for each in (*reading.rejected, *reading.remarked)]
    reasons = pl.concat(noted).sort(pl.all()).rows() if noted else []
    remarked = {code: rows for code, rows in report.remarked.items() if code != LEARNT}
    told = (report.outcome, report.rows_read, report.rows_loaded, report.rows_rejected, report.rejected, remarked)
    return {"loaded": loaded.rows(), "told": told, "span": (report.first_on, report.last_on), "set_aside": set_aside, "reasons": reasons}


@pytest.mark.parametrize("source", ["attendance", "mood", "study_log", "health_room", "evaluation"])
@given(dice=st.randoms(use_true_random=False), encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp932"]))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_chunks_give_what_the_whole_gives(ground: Ground, source: str, dice: Any, encoding: str) -> None:
    raw = (sound_sheet(source, rows=30).decode() + "\r\n").encode(encoding, errors="replace")
    if dice.random() < 0.5:  # one row mangled, the others as they were; never the header
        at = dice.randint(raw.index(b"\n") + 1, len(raw))
        end = raw.find(b"\n", at)
        raw = raw[:at] + changed(raw[at:end], [], dice).replace(b"\n", b"").replace(b"\r", b"").replace(b'"', b"") + raw[end:]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(chunks, "CHUNKED", 1 << 30)
        whole = outcome(ground, source, raw)
        patched.setattr(chunks, "CHUNK", dice.choice([100, 250, 700]))
        patched.setattr(chunks, "CHUNKED", 0)
        assert outcome(ground, source, raw) == whole


@pytest.mark.usefixtures("small_chunks")
def test_a_row_said_again_far_below_is_set_aside_with_its_cells(home: Path) -> None:
    days = [datetime.date(2026, 4, 13) + datetime.timedelta(days=number) for number in range(5)]
    rows = [f"{child},{day},晴れ,08:00\n" for child in (HANA, REN) for day in days]
    drop(home, "mood/mood-2026.csv", MOOD + "".join(rows) + f"{HANA},2026-04-13,雨,09:59\n")
    report = next(file for file in ingest.load(home).files if file.source == "mood")
    assert (report.rows_read, report.rows_loaded, report.rejected) == (11, 10, {"twice_a_day": 1})
    assert rows_in(home, "rejected_row", "all").select("file_row", "code").rows() == [(12, "twice_a_day")]
    assert "09:59" in next((home / "rejected").rglob("mood__*.csv")).read_text("utf-8-sig")
    assert list(home.rglob("*.spool*")) == []


@pytest.mark.usefixtures("small_chunks")
def test_a_later_file_is_right_in_chunks_too(home: Path) -> None:
    days = [datetime.date(2026, 4, 13) + datetime.timedelta(days=number) for number in range(5)]
    for name, mood, at in (("a", "晴れ", 1), ("b", "雨", 2)):
        drop(home, f"mood/mood-2026-{name}.csv", MOOD + "".join(f"{HANA},{day},{mood},\n" for day in days[: 6 - at]), at=at)
    reports = {file.file: file for file in ingest.load(home).files if file.source == "mood"}
    first, second = reports["mood-2026-a.csv"], reports["mood-2026-b.csv"]
    assert (first.rows_loaded, first.rows_unchanged, second.rows_loaded) == (1, 4, 4)
    assert rows_in(home, "mood")["level"].to_list() == [3, 3, 3, 3, 1]
    assert rows_in(home, "mood")["day"].is_sorted()


def test_many_small_files_go_to_disk_together(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "HELD", 3)
    for day in range(13, 18):
        drop(home, f"mood/mood-2026-04{day}.csv", MOOD + f"{HANA},2026-04-{day},晴れ,\n{REN},2026-04-{day},晴れ,\n", at=day)
    report = ingest.load(home)
    assert [file.rows_loaded for file in report.files if file.source == "mood"] == [2] * 5
    assert rows_in(home, "mood").height == 10


@pytest.mark.usefixtures("small_chunks")
def test_a_file_that_changes_while_it_is_read_counts_for_nothing(ground: Ground) -> None:
    reading = ground.reading("mood", sound_sheet("mood", rows=30))
    file = reading.files[0]
    changing = Dropped(file.source, file.name, file.path, "0" * 64, 2026)
    asked = next(each for each in SOURCES if each.flow.source == "mood")
    made = replace(reading, files=[changing], reports=[], rejected=[], remarked=[])
    assert asked.tables_of(made) == {}
    assert [(report.outcome, report.sentences[0].code, report.rows_read) for report in made.reports] == [("refused", "still_changing", 0)]
    assert sum(frame.height for frame in made.rejected) == 0


@pytest.mark.usefixtures("small_chunks")
def test_a_line_without_end_is_a_sentence(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "LONGEST", 1000)
    reading = ground.reading("mood", MOOD.encode() + f"{HANA},2026-04-13,".encode() + b"x" * 5000)
    with pytest.raises(IngestError, match="line_too_long"):
        list(chunks.chunks_of(reading.files[0], reading.mapping))


def test_a_quoted_break_at_the_end_of_a_chunk_stays_in_its_cell() -> None:
    block = b'1,"a\nb"\n2,"c\nd'
    assert chunks.end_of_records(block) == block.index(b"2,")
    stray = b'1,"a\n2,b\n3,c\n4'
    assert chunks.end_of_records(stray) == stray.index(b"4")


@pytest.mark.usefixtures("small_chunks")
def test_a_title_broken_over_lines_is_the_title_of_every_chunk(ground: Ground) -> None:
    reading = ground.reading("mood", b'a,"b\nc"\n' + b"".join(b"%d,x\n" % number for number in range(2000)))
    sheets = list(chunks.chunks_of(reading.files[0], reading.mapping))
    assert len(sheets) > 2
    assert {sheet.titles for sheet in sheets} == {("a", "bc")}
    assert [row for sheet in sheets for row in sheet.frame["file_row"]] == list(range(2, 2002))
