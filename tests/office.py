"""A LibreOffice to open with what others will open: one already here, or Debian's, had without asking anybody."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from pypdf import PdfReader

from tests.browser.chromium import is_root, ran

PROGRAM = "soffice"
PACKAGES = ["libreoffice-impress", "libreoffice-calc", "fonts-noto-cjk"]


def converted(file: Path, kind: str, lock: Path) -> Path:
    """The file as LibreOffice keeps it in another kind ("pdf", "pptx"), beside it in a folder of that name.

    Without a LibreOffice the test is skipped with the reason, or fails where CI is true.
    """
    with FileLock(lock):  # one process fetches it for all; two of one home would not start
        into = file.parent / kind
        made = into / f"{file.stem}.{kind}"
        words = [PROGRAM, "--headless", "--convert-to", kind, "--outdir", str(into), str(file)]
        told = ran(words)
        if not made.exists():  # none there, or one without the part that reads such files
            tried = _fetched()
            told = ran(words)
        if not shutil.which(PROGRAM):
            if os.environ.get("CI", "").lower() == "true":
                pytest.fail(f"no LibreOffice: {tried}", pytrace=False)
            pytest.skip(f"no LibreOffice: {tried}")
    assert made.exists(), told
    return made


def _fetched() -> str:
    if not (shutil.which("apt-get") and is_root()):
        return "apt-get install libreoffice (needs root on Debian or Ubuntu)"
    ran(["apt-get", "update"])
    return ran(["apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "--no-install-recommends", *PACKAGES])


def pages_of(paper: Path) -> list[str]:
    """The words of each page of a PDF, without any white space: a line may have been broken anywhere."""
    return ["".join(page.extract_text().split()) for page in PdfReader(paper).pages]
