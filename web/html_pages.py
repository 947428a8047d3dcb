"""The plain pages in front of Streamlit: sign-in, sign-out, no role, getting ready, error.

They need no script to work, load nothing from elsewhere, and speak both languages.
"""

from __future__ import annotations

import tomllib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import FileResponse, HTMLResponse

from access.jurisdictions import known

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


def said(section: str, key: str, language: str, **values: object) -> str:
    """One sentence in one language."""
    return words()[section][key][language].format(**values)


def page(template: str, language: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A finished page."""
    other = "en" if language == "ja" else "ja"
    text = (
        _templates()
        .get_template(f"{template}.html")
        .render(language=language, other=other, say=partial(_say, language), **values)
    )
    return HTMLResponse(text, status_code=status, headers={"content-language": language})


def boards_page(title: str, language: str, state: dict[str, str], status: int) -> HTMLResponse:
    """The choice of a board of education, where an instance serves several; `title` says for what: "signin" or "projector"."""
    other = "en" if language == "ja" else "ja"
    switch = f"/{title}?{query_of({'lang': other, 'board': ''} | state)}"
    keep = query_of({"lang": language} | state)
    return page("boards", language, status=status, boards=known(), keep=keep, switch=switch, title=title)


def query_of(state: dict[str, str]) -> str:
    """What an address of ours says after its question mark."""
    return "&".join(f"{name}={quote(value, safe='/')}" for name, value in state.items())


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


def _say(language: str, section: str, key: str, **values: object) -> str:
    return said(section, key, language, **values)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
