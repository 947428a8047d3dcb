"""Files as the exporting systems write them: same rows, same bytes."""

import io
import zipfile
from pathlib import Path

import polars as pl

ZIP_TIME = (2026, 11, 20, 18, 0, 0)


def csv_bytes(frame: pl.DataFrame, quoted: bool = False) -> bytes:
    """The frame as UTF-8 CSV with CRLF; an empty value is an empty cell, a fraction has one decimal."""
    if not quoted:
        texts = pl.col(pl.String)
        frame = frame.with_columns(pl.when(texts != "").then(texts))
    buffer = io.BytesIO()
    frame.write_csv(buffer, float_precision=1, line_terminator="\r\n", quote_style="always" if quoted else "necessary")
    return buffer.getvalue()


def write_csv(path: Path, frame: pl.DataFrame, encoding: str = "utf-8") -> None:
    """Write the frame in the encoding of the exporting system: utf-8, utf-8-sig (with BOM) or cp932."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = csv_bytes(frame)
    if encoding == "utf-8-sig":
        content = b"\xef\xbb\xbf" + content
    elif encoding != "utf-8":
        content = content.decode().encode(encoding)
    path.write_bytes(content)


def write_zip(path: Path, members: dict[str, bytes]) -> None:
    """Write a zip whose bytes depend on its contents alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, content)
