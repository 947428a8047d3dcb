"""What the search begins with: one sound file per reader, and pieces that have broken readers of tables before."""

from __future__ import annotations

import io
import random
import zipfile

import xlsxwriter

from ingest.files.mapping import mapping_of
from tests.ingest.tiny import HANA, MIHARASHI, NUMBERS, REN, roster_zip, zip_of

PIECES = [
    b'"', b'""', b",", b"\n", b"\r", b"\r\n", b"\t", b";", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff",
    b"\x83\x5c", b"\x81", b"\xe3\x81",
    b"=1+1", b"@x", b"-", b"+", b"'", b"\\", b"NULL", b"TRUE", b"nan", b"inf", b"1e309", b"-0", b"0x1", b"1_0", b"1,200", b"12.0", b"46119",
    "令和8年4月13日".encode(), "Ｒ８．４．１３".encode(), "元".encode(), "昭和99年1月1日".encode(), b"2026-02-30",
    b"9999-12-31", b"0000-00-00",
    b"24:00", "８時５分".encode(), "晴れ".encode("cp932"), "髙﨑𠮷".encode(), "ｱﾊﾟｰﾄ".encode(), "\u202e\u200b\u3000".encode(), b"x" * 300,
    b"PK\x03\x04", b"<r", b"</row>", b'r="XFD1048576"', b't="s"', b"[]", b"{}", b'{"id":', b"\xed\xa0\x80", b"99999999999999999999",
]


def sound_cells(name: str, codes: dict[str, object]) -> list[str]:
    """Cells a column may well have."""
    known = {
        "school": [MIHARASHI], "student": [NUMBERS[HANA], NUMBERS[REN]], "learner": [HANA, REN], "staff": ["T000102"],
        "day": ["2026-04-13", "2026/4/14", "令和8年4月15日", "R8.4.16", "20260417", "46129"], "month": ["2026-04", "2026年5月", "R8.6"],
        "answered_at": ["08:05", "8時5分"], "entered_at": ["10:20"], "left_at": ["10:45"], "fiscal_year": ["2026", "令和8年度"],
        "item": ["1"], "question": ["業務量"], "title": ["まとめ"], "temperature": ["36.8"], "text": ["よく話す。"], "tool": ["", "ドリル"],
        "municipality_code": ["131999"], "municipality_name": ["見晴市"], "indicator": ["absence_rate"], "grade": ["", "5"],
        "period_on": ["2026-04-01"], "counted_until": ["2026-11-20"], "people": ["120"],
    }
    return [str(word) for word in codes] or known.get(name, ["1", "12", "75.0", ""])


def sound_sheet(source: str, rows: int = 4) -> bytes:
    """A small file of a source, most of which can be loaded."""
    mapping, dice = mapping_of(source), random.Random(source)
    titles = [titles[0] for titles in mapping.columns.values()]
    lines = [[dice.choice(sound_cells(name, mapping.codes.get(name, {}))) for name in mapping.columns] for _ in range(rows)]
    return "\r\n".join(",".join(line) for line in [titles, *lines]).encode()


def sound_workbook() -> bytes:
    """A small register in Excel."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, cells in enumerate((["出席簿"], ["学校コード", "児童生徒番号", "日付", "出欠区分"], [MIHARASHI, 20230001, 46125, "病欠"])):
        sheet.write_row(row, 0, cells)
    sheet.write_formula(3, 0, "=1+1", None, 2)
    book.close()
    return out.getvalue()


def seeds(reader: str) -> list[bytes]:
    """Sound inputs of a reader."""
    if reader == "roster":
        return [roster_zip()]
    if reader == "zip":
        return [zip_of({"a.csv": b"x,y\n1,2\n", "folder/b.csv": b"\n"})]
    if reader == "excel":
        return [sound_workbook()]
    if reader == "cell":
        return [b"2026-04-13", "令和8年4月".encode(), b"8:05", b"1,200.5"]
    if reader == "csv":
        return [sound_sheet("mood"), sound_sheet("attendance").decode().encode("cp932"), sound_sheet("mood").decode().encode("utf-16")]
    statement = b'{"id":"6f0b5f0e-0000-4000-8000-000000000001","actor":{"account":{"homePage":"x","name":"child-hana"}},"verb":{"id":"x"}}'
    return [sound_sheet(source=reader), *([statement, b"[" + statement + b"]"] if reader == "study_log" else [])]


def changed(raw: bytes, others: list[bytes], dice: random.Random) -> bytes:
    """The bytes with some pieces cut out, put in, repeated, moved or flipped; of a zip its members, as often as not."""
    if raw.startswith(b"PK") and dice.random() < 0.7:
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                members = {name: archive.read(name) for name in archive.namelist()}
            name = dice.choice(sorted(members))
            return zip_of(members | {name: changed(members[name], [], dice)})
        except (zipfile.BadZipFile, OSError, IndexError, ValueError, EOFError, NotImplementedError, RuntimeError):
            pass
    for _ in range(dice.randint(1, 4)):
        begin = dice.randint(0, len(raw))
        end = min(len(raw), begin + dice.choice([0, 1, 2, 8, 40]))
        match dice.randint(0, 5):
            case 0:
                raw = raw[:begin] + dice.choice(PIECES) + raw[begin:]
            case 1:
                raw = raw[:begin] + dice.choice(PIECES) + raw[end:]
            case 2:
                raw = raw[:begin] + raw[end:]
            case 3:
                raw = raw[:end] + raw[begin:]
            case 4 if raw:
                place = min(begin, len(raw) - 1)
                raw = raw[:place] + bytes([raw[place] ^ 1 << dice.randint(0, 7)]) + raw[place + 1:]
            case _ if others:
                other = dice.choice(others)
                cut = dice.randint(0, len(other))
                raw = raw[:begin] + other[cut:cut + 200]
    return raw[:20_000]
