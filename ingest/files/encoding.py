"""Bytes into text: UTF-8 with or without its mark, CP932 (Japanese Windows), UTF-16 from Excel, EUC-JP, ISO-2022-JP, or a mixture.

Also the first glance that tells a spreadsheet, a PDF or a web page from a CSV.
"""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from ingest.files.reasons import IngestError

STARTS = {
    b"PK\x03\x04": "Excel/ZIP", b"PK\x05\x06": "Excel/ZIP", b"\xd0\xcf\x11\xe0": "Excel (.xls)", b"%PDF": "PDF",
    b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"\x1f\x8b": "gzip", b"GIF8": "GIF", b"SQLite format": "SQLite",
    b"PAR1": "Parquet", b"7z\xbc\xaf": "7z", b"Rar!": "RAR", b"MZ": "EXE",
}
GLANCE = 1 << 16
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SHIFTED = b"\x1b$"  # how Japanese text begins in ISO-2022-JP, which is ASCII otherwise
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and what Excel wraps a file with a password in


def is_excel(raw: bytes) -> bool:
    """Whether a file begins as a workbook does, whatever it is called."""
    return raw.startswith((b"PK\x03\x04", OLD_EXCEL))


def as_utf8(raw: bytes, *, is_thorough: bool = False) -> tuple[bytes, bool]:
    """The same text in UTF-8 without its mark, and whether some characters had to be given up.

    Args:
        raw: the file.
        is_thorough: look at every byte. Otherwise the beginning decides, and the CSV reader finds the rest out: looking at a
            hundred megabytes twice costs more than reading them.

    Raises:
        IngestError: empty_file, not_csv.
    """
    if not raw[:4096].strip(b"\xef\xbb\xbf \t\r\n") and not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        raise IngestError("empty_file")
    reject_other_kinds(raw)
    if raw[:2] in UTF16:
        text = raw.decode("utf-16", errors="replace")
        return text.encode(), "\ufffd" in text
    if SHIFTED in raw:
        text = raw.decode("iso2022_jp_ext", errors="replace")
        return text.encode(), "\ufffd" in text
    raw = raw.removeprefix(codecs.BOM_UTF8)
    seen = raw if is_thorough or len(raw) <= GLANCE else raw[: raw.rfind(b"\n", 0, GLANCE) + 1]
    if seen.isascii():
        return raw, False
    try:
        seen.decode("utf-8")
    except UnicodeDecodeError:
        return from_euc(raw) or from_cp932(raw)
    return raw, False


def reject_other_kinds(raw: bytes) -> None:
    """Refuse what is plainly no CSV by its first bytes."""
    for start, kind in STARTS.items():
        if raw.startswith(start):
            raise IngestError("not_csv", kind=kind)
    head = raw[:4096].removeprefix(codecs.BOM_UTF8).lstrip()
    if head[:1] == b"<":
        raise IngestError("not_csv", kind="HTML/XML")
    if head[:1] in (b"{", b"["):
        raise IngestError("not_csv", kind="JSON")
    # a NUL within the header line: no text begins like that, unless Excel wrote UTF-16
    if b"\x00" in raw[:4096].split(b"\n", 1)[0] and raw[:2] not in UTF16:
        raise IngestError("not_csv", kind={"ja": "文字でないデータ", "en": "not text"})


def from_euc(raw: bytes) -> tuple[bytes, bool] | None:
    """Text of an older Unix system in UTF-8; None where it is none.

    Nearly all text in CP932 breaks the rules of EUC-JP. Where it could be either (half-width kana, a few short words), the likelier counts.
    """
    try:
        text = raw.decode("euc_jp")
    except UnicodeDecodeError:
        return None
    likelier = from_bytes(raw, cp_isolation=["cp932", "euc_jp"]).best()
    return (text.encode(), False) if likelier is not None and likelier.encoding == "euc_jp" else None


def from_cp932(raw: bytes) -> tuple[bytes, bool]:
    """Text of a Japanese Windows system in UTF-8; where encodings are mixed, each line by its own."""
    try:
        return raw.decode("cp932").encode(), False
    except UnicodeDecodeError:
        lines = [line_of(line) for line in raw.split(b"\n")]
        return "\n".join(lines).encode(), any("\ufffd" in line for line in lines)


def line_of(line: bytes) -> str:
    """One line in whichever encoding it was written."""
    for encoding in ("utf-8", "cp932"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("utf-8", errors="replace")
