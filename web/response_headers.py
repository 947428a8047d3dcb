"""What every answer carries: the headers that keep a browser from being turned against its user."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from components.streamlit_internals import BUNDLE, script_hashes

if TYPE_CHECKING:
    from starlette.types import Message, Send

    from web.request import RequestInfo

HOST = re.compile(r"[A-Za-z0-9.\-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:]+\](:[0-9]{1,5})?")

# The plain pages in front of Streamlit: our own stylesheet, script and picture, and nothing else.
PLAIN_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # not no-referrer: with that a browser sends `Origin: null`, and our own forms could not be told from others'
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    (b"x-robots-tag", b"noindex, nofollow"),
)
YEAR = 31_536_000
OURS = {name for name, _ in EVERYWHERE} | {
    b"content-security-policy",
    b"cache-control",
    b"strict-transport-security",
    b"server",
}

def page_policy(host: str) -> str:
    """The content policy of Streamlit's pages: this host only, no eval, no inline script but its own line.

    `blob:` and inline styles are what Streamlit's components and its style engine cannot do without.
    """
    # 'self' covers the websocket in today's browsers; older Safari wants it spelled out
    sockets = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    hashes = "".join(f" '{it}'" for it in script_hashes())
    return (
        f"default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'{hashes}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self'{sockets}; worker-src 'self' blob:; frame-src 'self'; frame-ancestors 'none'; "
        "base-uri 'self'; form-action 'self'; object-src 'none'"
    )


def guarded(send: Send, request: RequestInfo, policy: str) -> Send:
    """Sends an answer with our headers instead of what was there.

    Nothing with a child in it may stay in a browser's cache. Only Streamlit's own bundle, whose file names change
    with its content, is kept, and only by the browser itself.
    """
    cache = f"private, max-age={YEAR}, immutable".encode() if request.path.startswith(BUNDLE) else b"no-store"
    ours = [*EVERYWHERE, (b"content-security-policy", policy.encode()), (b"cache-control", cache)]
    if request.is_tls:
        ours.append((b"strict-transport-security", f"max-age={YEAR}".encode()))

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in OURS]
            message = {**message, "headers": kept + ours}
        await send(message)

    return sent
