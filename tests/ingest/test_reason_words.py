"""No English and no internal name stands in a Japanese sentence: neither in what may be said nor in what is said of real files."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

import ingest
from ingest.files.mapping import mapping_of
from ingest.files.reasons import BLANK, SYSTEM_WORDS, known_reasons
from ingest.printing import NAMES, OUTCOMES
from ingest.registry import flows
from tests.house import words
from tests.ingest.remedies import CASES, Case
from tests.ingest.test_remedies import sentences
from tests.ingest.tiny import drop

WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.\-/]*[A-Za-z0-9]|[A-Za-z]")
FORMATS = {
    "CSV", "Excel", "ZIP", "JSON", "NUL", "MiB", "GiB", "UTF-8", "ISO", "OneRoster", "xAPI", "PDF", "PNG", "HTML/XML", "xlsx", "DX", "SC",
    "GeoJSON", "Caliper", "Microsoft", "School", "Data", "Sync",
}  # fmt: skip
# as a person meets them in a file, in a folder or on a command line, and has to type them
FOLDERS = {"inbox", *(flow.source for flow in flows())}
FILES = {"manifest.csv", "classes.csv", "users.csv", "roles.csv", "categories.csv", "lineItems.csv", "release.toml", "sharing.toml",
         "attendance-2026.csv"}
COLUMNS = {  # of OneRoster and xAPI
    "sourcedId", "userMasterIdentifier", "dateLastModified", "status", "grades", "subjectCodes", "title", "score", "lineItem", "delta",
    "bulk", "subjects", "actor.account", "id",
}  # fmt: skip
COMMANDS = {"python", "m", "ingest", "hand-over", "student-number", "source", "confirm", "wait", "json"}
SETTINGS = {
    "sheet", "rate_scale", "home_pages", "columns", "codes", "codes.status", "codes.school", "day", "absent_sick", "code", "name", "to",
}  # fmt: skip
FORMS = {"R8.4.7", "R8.4", "T08", "T09", "Z", "P1", "P6", "J1", "J3", "PT15M30S", "JP", "P010", "e"}
TERMS = FORMATS | FOLDERS | FILES | COLUMNS | COMMANDS | SETTINGS | FORMS


def strangers(text: str, terms: set[str]) -> list[str]:
    return [word for word in WORD.findall(text) if word not in terms and word.strip(".") not in terms]


def test_what_may_be_said_in_japanese_is_japanese() -> None:
    texts = {code: BLANK.sub("…", f"{said.ja} {said.remedy_ja}") for code, said in known_reasons().items()}
    texts |= SYSTEM_WORDS
    texts |= {
        flow.source: " ".join(each["ja"] for each in (flow.label, flow.purpose, flow.seen_by, flow.retention, flow.frequency))
        for flow in flows()
    }
    assert {name: found for name, text in texts.items() if (found := strangers(text, TERMS))} == {}


def test_the_page_of_loads_says_it_in_japanese() -> None:
    own = {key: BLANK.sub("…", line["ja"]) for key, line in words().items() if key.partition(".")[0] in ("loads", "source", "column")}
    assert {key: found for key, text in own.items() if (found := strangers(text, TERMS | {"rejected"}))} == {}


def test_every_term_is_used_somewhere() -> None:
    """A term nobody says any more is a hole in the list."""
    text = " ".join(f"{said.ja} {said.remedy_ja}" for said in known_reasons().values()) + " ".join(flow.seen_by["ja"] for flow in flows())
    asked = COLUMNS | COMMANDS | SETTINGS | FORMS | FILES
    assert sorted(term for term in asked if term not in text) == []


def test_the_words_of_a_report_have_their_japanese_first() -> None:
    for both in (*OUTCOMES.values(), *NAMES.values()):
        japanese = re.split(r" · | (?=[a-z])", both, maxsplit=1)[0]
        assert japanese != both
        assert strangers(japanese, TERMS) == []


def text_of(content: bytes | str) -> str:
    """The text of a file, of a zip that of its files."""
    if isinstance(content, str):
        return content
    if content.startswith(b"PK") and b"xl/workbook.xml" not in content:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode() for name in archive.namelist())
    return content.decode("utf-8", errors="ignore")


def of_the_case(case: Case) -> set[str]:
    """What stands in the files of a case, what its mapping may mean, and where that is written."""
    source = next((part for name in case.before for part in name.split("/") if part in FOLDERS - {"inbox"}), "attendance")
    mapping = mapping_of(source)
    codes = [str(each) for table in mapping.codes.values() for pair in table.items() for each in pair]
    tables = list(mapping.settings.get("members", {}))
    places = [f"mappings/{source}.toml", "wide", *(f"codes.{table}" for table in mapping.codes)]
    places += [f"members.{table}.also" for table in tables]
    files = ["calendar/calendar-2026.csv", *(f"roster-2026.zip!{table}.csv" for table in tables)]
    content = [text_of(each) for each in case.before.values()]
    names = [*mapping.columns, "month", *case.before, *(part for name in case.before for part in name.split("/"))]
    return set(WORD.findall(" ".join([*content, *codes, *places, *files, *names, "object.definition.extensions subject"])))


@pytest.mark.parametrize("case", CASES, ids=[f"{place} {case.name}" for place, case in enumerate(CASES)])
def test_what_is_said_of_a_file_is_japanese(home: Path, case: Case) -> None:
    """All but what stands in the file itself and what the remedy asks to be typed."""
    for name, content in case.before.items():
        drop(home, name, content)
    terms = TERMS | of_the_case(case)
    for code, said in sentences(ingest.load(home)).items():
        text = f"{said.ja} {said.remedy_ja}"
        assert strangers(text, terms) == [], code
        assert not re.search(r"[{}]|None|nan", text), code
