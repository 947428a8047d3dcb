"""Files as the exporting systems write them: same rows, same bytes."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import polars as pl

_END = b"\r\n"
ZIP_TIME = (2026, 11, 20, 18, 0, 0)


def csv_bytes(frame: pl.DataFrame, quoted: bool = False) -> bytes:
    """The frame as UTF-8 CSV with CRLF; an empty value is an empty cell, a fraction has one decimal."""
    if not quoted:
        texts = pl.col(pl.String)
        frame = frame.with_columns(pl.when(texts != "").then(texts))
    buffer = io.BytesIO()
    frame.write_csv(buffer, float_precision=1, line_terminator="\r\n", quote_style="always" if quoted else "necessary")
    return buffer.getvalue()


def write_csv(
    path: Path, frame: pl.DataFrame, encoding: str = "utf-8", planted: Iterable[tuple[str, ...]] = ()
) -> None:
    """Write the frame in the encoding of the exporting system: utf-8, utf-8-sig (with BOM) or cp932.

    Planted rows are written as they are, spread evenly between the others.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    content = csv_bytes(frame)
    if encoding == "cp932":
        content = content.decode().encode("cp932")
    plain = "utf-8" if encoding == "utf-8-sig" else encoding
    lines = [",".join(cells).encode(plain) + _END for cells in planted]
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf" if encoding == "utf-8-sig" else b"")
        done = 0
        for i, line in enumerate(lines):
            place = content.find(_END, len(content) * (i + 1) // (len(lines) + 1)) + len(_END)
            file.write(content[done:place])
            file.write(line)
            done = place
        file.write(content[done:])


def write_zip(path: Path, members: dict[str, bytes]) -> None:
    """Write a zip whose bytes depend on its contents alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, content)
