"""The plain pages that stand at the door, outside Streamlit: sign-in, sign-out, no role, getting ready, error.

They need no script to work, load nothing from elsewhere, and speak both languages.
"""

from __future__ import annotations

import tomllib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import FileResponse, HTMLResponse

if TYPE_CHECKING:
    from starlette.requests import Request

HERE = Path(__file__).parent
LANGUAGES = ("ja", "en")
ASSETS = {f"/signin/{path.name}": path for path in sorted((HERE / "assets").iterdir())}
YEAR = 31_536_000


@cache
def words() -> dict[str, dict[str, dict[str, str]]]:
    """Everything these pages say, by section and key."""
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))


def said(section: str, key: str, language: str, **told: object) -> str:
    """One sentence in one language."""
    return words()[section][key][language].format(**told)


def page(template: str, language: str, *, status: int = 200, **told: Any) -> HTMLResponse:
    """A finished page."""
    other = "en" if language == "ja" else "ja"
    text = (
        _templates()
        .get_template(f"{template}.html")
        .render(language=language, other=other, say=partial(_say, language), **told)
    )
    return HTMLResponse(text, status_code=status, headers={"content-language": language})


def duration(seconds: int, language: str) -> str:
    """How long to wait, in words."""
    if seconds < 50:
        return said("message", "seconds", language, n=max(2, seconds))
    minutes = round(seconds / 60)
    return said("message", "minute" if minutes <= 1 else "minutes", language, n=minutes)


def language_cookie(language: str) -> str:
    """The cookie that remembers the language of this browser."""
    return f"lang={language}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax"


async def asset(request: Request) -> FileResponse:
    """The looks of these pages: stylesheet, picture, script."""
    return FileResponse(ASSETS[request.url.path])


def _say(language: str, section: str, key: str, **told: object) -> str:
    return said(section, key, language, **told)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
