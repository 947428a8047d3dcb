"""Files that cannot be read: each a sentence with what to do, the rest is loaded, nothing is lost or guessed."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

import ingest
from ingest.files import archive
from ingest.files.reasons import IngestError, known_reasons, sentence
from tests.ingest.tiny import HANA, calendar_text, drop, roster_tables, roster_zip, rows_in, zip_of

GOOD = f"学習者ID,日付,心の天気,回答時刻\n{HANA},2026-04-13,晴れ,08:00\n"


def said_of(report: ingest.LoadReport, file: str) -> list[str]:
    return [said.code for each in report.files if each.file.startswith(file) for said in each.sentences]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"PK\x03\x04" + bytes(100), "broken_excel"),
        (b"\x00\x01\x02\x03\xff" * 100, "not_csv"),
        (b"<!doctype html><title>Login</title>", "not_csv"),
        ("学習者ID,日付\nx,y\n".encode(), "missing_column"),
        ("学習者ID,日付,心の天気,日付\n".encode(), "duplicate_header"),
    ],
)
def test_a_file_that_cannot_be_read_stays_out_and_the_others_come_in(home: Path, content: bytes, code: str) -> None:
    drop(home, "mood/mood-2026-a.csv", GOOD, at=1)
    drop(home, "mood/mood-2026-b.csv", content, at=2)
    report = ingest.load(home)
    assert said_of(report, "mood-2026-b.csv") == [code]
    assert report.outcome == "loaded"
    assert report.exit_status == 1
    assert rows_in(home, "mood").height == 1
    again = ingest.load(home)
    assert said_of(again, "mood-2026-b.csv") == [code], "it is still there, and still cannot be read"
    assert (again.outcome, again.exit_status) == ("unchanged", 1)


def test_a_year_already_loaded_is_kept_when_its_new_file_cannot_be_read(home: Path) -> None:
    drop(home, "mood/mood-2026.csv", GOOD)
    ingest.load(home)
    drop(home, "mood/mood-2026.csv", b"PK\x03\x04")
    assert ingest.load(home).outcome == "loaded"
    assert rows_in(home, "mood").height == 1


def test_a_missing_column_is_named(home: Path) -> None:
    drop(home, "mood/mood-2026.csv", "学習者ID,日付\n")
    said = next(said for file in ingest.load(home).files for said in file.sentences)
    assert "心の天気" in said.ja
    assert "心の天気" in said.en
    assert "mappings" in said.remedy_ja


def test_a_header_without_rows_is_no_fault(home: Path) -> None:
    drop(home, "mood/mood-2026.csv", "学習者ID,日付,心の天気,回答時刻\n")
    report = ingest.load(home)
    assert said_of(report, "mood-2026.csv") == ["no_rows"]
    assert report.exit_status == 0


def test_facts_without_a_roster_wait_for_it(fresh_home: Path) -> None:
    roster = fresh_home / "inbox" / "roster" / "roster-2026.zip"
    kept = roster.read_bytes()
    roster.unlink()
    drop(fresh_home, "mood/mood-2026.csv", GOOD)
    report = ingest.load(fresh_home)
    assert said_of(report, "mood-2026.csv") == ["no_roster"]
    assert report.exit_status == 2
    roster.write_bytes(kept)
    assert ingest.load(fresh_home).outcome == "loaded"
    assert rows_in(fresh_home, "mood").height == 1


def test_the_year_comes_from_the_rows_where_the_name_has_none(home: Path) -> None:
    drop(home, "mood/kokoro.csv", GOOD)
    drop(home, "mood/leer.csv", "学習者ID,日付,心の天気\nx,y,z\n")
    report = ingest.load(home)
    assert said_of(report, "kokoro.csv") == ["year_from_rows"]
    assert said_of(report, "leer.csv") == ["no_fiscal_year"]
    assert rows_in(home, "mood").height == 1


def test_what_nobody_reads_is_left_alone_politely(home: Path) -> None:
    kept = [drop(home, "study_log/xapi-B101210000018.jsonl.gz", b"anything")]
    drop(home, "mood/Thumbs.db", b"")
    drop(home, "mood/.DS_Store", b"")
    drop(home, "mood/~$mood.csv", b"")
    drop(home, "gradebook/x.csv", b"a,b\n")
    drop(home, "mood/mood-2026.docx", b"PK\x03\x04")
    report = ingest.load(home)
    left = {f"{file.source}/{file.file}": file.sentences[0].code for file in report.files if file.outcome == "left_alone"}
    assert left == {
        "study_log/xapi-B101210000018.jsonl.gz": "unknown_file",
        "gradebook/x.csv": "unknown_source", "mood/mood-2026.docx": "unknown_file",
    }
    assert all(file.read_bytes() == b"anything" for file in kept)
    assert report.exit_status == 1, "the roster is in, and these are not"


def members(raw: bytes) -> str:
    try:
        archive.members_of(raw)
    except IngestError as error:
        return error.code
    return "read"


def lying_zip() -> bytes:
    """A zip whose list of contents says ten bytes where eight million lie."""
    raw = bytearray(zip_of({"users.csv": b"0" * 8_000_000}))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        raw[raw.index(signature) + place:raw.index(signature) + place + 4] = struct.pack("<I", 10)
    return bytes(raw)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"no zip at all", "not_a_zip"),
        (zip_of({"users.csv": b"a,b\n1,2\n"})[:-30], "not_a_zip"),
        (zip_of({"users.csv": b"0" * 8_000_000}), "zip_bomb"),
        (zip_of({f"{number}.csv": b"" for number in range(501)}), "zip_bomb"),
        (zip_of({"../../etc/cron.d/x.csv": b"a"}), "unsafe_name"),
        (zip_of({"/etc/x.csv": b"a"}), "unsafe_name"),
        (zip_of({"C:\\x.csv": b"a"}), "unsafe_name"),
        (zip_of({"a\\..\\x.csv": b"a"}), "unsafe_name"),
        (zip_of({"readme.txt": b"", "__MACOSX/._users.csv": b"", "users.csv": b"a,b\n"}), "read"),
    ],
)
def test_hostile_and_broken_zips(raw: bytes, code: str) -> None:
    assert members(raw) == code


def test_a_zip_that_lies_about_its_size_is_counted_while_reading() -> None:
    assert members(lying_zip()) in ("zip_bomb", "not_a_zip")


def test_an_encrypted_zip() -> None:
    raw = bytearray(zip_of({"users.csv": b"a,b\n"}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + place] |= 1
    assert members(bytes(raw)) == "encrypted_zip"


def test_limits_hold_for_the_sum_of_all_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 100)
    assert members(zip_of({"a.csv": b"x" * 60, "b.csv": b"y" * 60})) == "zip_bomb"


def test_a_hostile_zip_in_the_inbox_leaves_nothing_behind(home: Path) -> None:
    drop(home, "roster/roster-2025.zip", zip_of({"../evil.csv": b"x"}))
    report = ingest.load(home)
    assert said_of(report, "roster-2025.zip") == ["unsafe_name"]
    assert list(home.rglob("*evil*")) == []
    assert rows_in(home, "enrollment").height == 7


def test_half_a_roster_stays_out_as_a_whole(fresh_home: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(roster_zip())) as whole:
        content = {name: whole.read(name) for name in whole.namelist()}
    drop(fresh_home, "roster/roster-2026.zip", zip_of({name: raw for name, raw in content.items() if name != "roles.csv"}))
    assert said_of(ingest.load(fresh_home), "roster-2026.zip") == ["missing_member"]
    tables = roster_tables()
    for row in tables["users"]:
        row.pop("identifier")
    drop(fresh_home, "roster/roster-2026.zip", roster_zip(tables))
    report = ingest.load(fresh_home)
    assert said_of(report, "roster-2026.zip!users.csv") == ["missing_column"]
    assert not (fresh_home / "lake" / "enrollment").exists()


def test_an_error_nobody_foresaw_stays_within_its_file(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("佐藤 はな")

    monkeypatch.setattr("ingest.sources.mood.add_child", broken)
    drop(home, "mood/mood-2026.csv", GOOD)
    report = ingest.load(home)
    assert said_of(report, "mood-2026.csv") == ["unexpected"]
    assert report.outcome == "loaded"
    assert "RuntimeError" in caplog.text
    assert "佐藤" not in caplog.text


def test_an_error_within_the_roster_keeps_the_roster_before(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest.load(home)
    drop(home, "roster/roster-2026.zip", roster_zip(version="1.2.1"))
    monkeypatch.setattr("ingest.roster.source.check_users", lambda *_: 1 / 0)
    report = ingest.load(home)
    assert said_of(report, "roster-2026.zip") == ["unexpected"]
    assert rows_in(home, "enrollment").height == 7


def test_a_full_disk_is_a_sentence(fresh_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.lake.lake.Lake.write", full)
    report = ingest.load(fresh_home)
    assert [said.code for said in report.sentences] == ["not_written"]
    assert report.exit_status == 2


def test_every_reason_is_whole_in_both_languages() -> None:
    for code, said in known_reasons().items():
        filled = sentence(code, **dict.fromkeys(
            ("value", "column", "year", "kind", "limit", "member", "version", "found", "source", "known", "expected", "detail", "table",
             "before", "now", "low", "high", "file", "count", "mapping", "section", "lines", "meanings", "reference", "line", "at", "row",
             "word", "means"), "x"))
        assert all((said.ja, said.en, said.remedy_ja, said.remedy_en)), code
        assert "{" not in filled.ja + filled.en + filled.remedy_ja + filled.remedy_en, code


def test_every_reason_is_one_the_loader_gives() -> None:
    program = "".join(file.read_text(encoding="utf-8") for file in Path(ingest.__file__).parent.rglob("*.py"))
    assert [code for code in known_reasons() if f'"{code}"' not in program] == []


def test_calendar_and_mood_survive_a_wrong_calendar(fresh_home: Path) -> None:
    drop(fresh_home, "calendar/calendar-2026.csv", calendar_text().replace("学校コード", "学校"))
    drop(fresh_home, "mood/mood-2026.csv", GOOD)
    report = ingest.load(fresh_home)
    assert said_of(report, "calendar-2026.csv") == ["missing_column"]
    assert said_of(report, "mood-2026.csv") == ["no_calendar"]
    assert rows_in(fresh_home, "mood").height == 1
