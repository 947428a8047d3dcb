"""Streamlit's page on its way out: in the viewer's language, under our name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.streamlit_internals import SELECTORS, page_with
from web import html_pages

if TYPE_CHECKING:
    from starlette.types import Message, Send


class DocumentRewriter:
    """Holds a page back until it is whole, then sends it rewritten. Anything but a page passes untouched."""

    def __init__(self, send: Send, language: str, remembered: str | None) -> None:
        self._send = send
        self._language = language
        self._remembered = remembered
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Take a part of the answer."""
        if message["type"] == "http.response.start":
            headers = dict(message.get("headers", []))
            is_page = headers.get(b"content-type", b"").startswith(b"text/html")
            if is_page and b"content-encoding" not in headers:
                self._start = message
                return
            await self._send(message)
        elif self._start is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        page = rewritten(self._body, self._language) if self._body else b""
        unfit = {b"content-length", b"etag", b"last-modified", b"accept-ranges"}
        headers = [(name, value) for name, value in start["headers"] if name.lower() not in unfit]
        # an answer to HEAD has no body but the length of the one it would have
        if self._body:
            headers.append((b"content-length", str(len(page)).encode()))
        if self._remembered:
            headers.append((b"set-cookie", html_pages.language_cookie(self._remembered).encode()))
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": page})


def rewritten(page: bytes, language: str) -> bytes:
    """The page with its language, our name, our picture and our script."""
    parts = {
        "html": f'<html lang="{language}">',
        "title": f"<title>{html_pages.said('house', 'name', language)}</title>",
        "icon": '<link rel="icon" type="image/svg+xml" href="/signin/mark.svg">',
        "service-desc": f'<script src="/signin/streamlit_patch.js" data-form="{SELECTORS["form"]}"></script>',
        "noscript": f"<noscript>{html_pages.said('house', 'without_script', language)}</noscript>",
    }
    return page_with(page, {name: text.encode() for name, text in parts.items()})
